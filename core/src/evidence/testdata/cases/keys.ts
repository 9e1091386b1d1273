import { addAuthority, resign, setRows, trustOther } from "../forgeries.ts";
import { observe } from "../statements.ts";
import { type ForgedCase } from "./case.ts";

/** Files that somebody signed who may not. */
export const keysCases: readonly ForgedCase[] = [
  [
    "a verdict changed and signed by another key",
    ["GAP 0-2", "UNKNOWN_KEY 0-2"],
    {
      tamper: resign(
        "0-2",
        "stranger",
        setRows((rows) => rows.map((row) => ({ ...row, verdict: "fail" }))),
      ),
    },
  ],
  [
    "a bundle signed by another appliance",
    ["CHAIN_MISSING -", "GAP 0-2", "KEY_MISMATCH 0-2"],
    { forgery: { trust: trustOther }, tamper: resign("0-2", "other") },
  ],
  [
    "the old key in the next epoch",
    ["KEY_AFTER_ROTATE 1-1"],
    { forgery: { signer: { "1-1": "appliance" } } },
  ],
  [
    "the old key after its rotation",
    ["KEY_AFTER_ROTATE 0-10"],
    { forgery: { take: 10, append: [{ place: "0-10", make: observe("delta", 1, []) }] } },
  ],
  [
    "an authority's decision by an appliance",
    ["EVENT_WRONG_SIGNER A0-0"],
    { tamper: addAuthority("appliance") },
  ],
  [
    "an observation by the authority",
    ["EVENT_WRONG_SIGNER 0-2", "GAP 0-2"],
    { tamper: resign("0-2", "authority") },
  ],
  [
    "an authority's decision in another chain",
    ["KEY_MISMATCH A0-0"],
    { tamper: addAuthority("authority", (ids) => ({ ...ids, partner: ids.site })) },
  ],
  [
    "any signature when no authority is known",
    ["UNKNOWN_KEY A0-0"],
    {
      tamper: addAuthority("authority"),
      given: (kit) => ({ ...kit.trust, authority: null }),
      forgery: { trust: (trust) => ({ ...trust, authority: null }) },
    },
  ],
];
