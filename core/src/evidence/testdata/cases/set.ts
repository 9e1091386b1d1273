import { changeAssignment, removeAssignment, trustOther } from "../forgeries.ts";
import { mixedOrderKey } from "../mixed-order.ts";
import { type ForgedCase, NOWHERE } from "./case.ts";

/** Files that are missing, swapped or changed as a set. */
export const setCases: readonly ForgedCase[] = [
  ["an absent assignment", ["MISSING_FILE assignments/A0.json"], { tamper: removeAssignment(0) }],
  ["a changed assignment", ["CHANGED_FILE assignments/A0.json"], { tamper: changeAssignment(0) }],
  [
    "a slice that is not that of its files",
    ["WRONG_SLICE assignments/A0.json", "WRONG_SLICE assignments/A1.json"],
    { forgery: { assignment: (assignment) => ({ ...assignment, slice: NOWHERE }) } },
  ],
  ["no envelopes", ["CHAIN_MISSING -", "MISSING_FILE envelopes/"], { forgery: { take: 0 } }],
  ["an appliance without any bundle", ["CHAIN_MISSING -"], { forgery: { trust: trustOther } }],
  ["no trust file", ["TRUST_FILE trust.json"], { tamper: (kit) => void kit.files.delete("trust.json") }],
  [
    "a trust file that is no JSON",
    ["TRUST_FILE trust.json"],
    { tamper: (kit) => void kit.files.set("trust.json", new Uint8Array()) },
  ],
  [
    "a trust file with a key that has a part of small order",
    ["TRUST_FILE trust.json"],
    {
      forgery: {
        trust: (trust) => ({
          ...trust,
          keys: trust.keys.map((key) => ({ ...key, publicKey: mixedOrderKey(key.publicKey) })),
        }),
      },
    },
  ],
  ["a given trust file that is unusable", ["TRUST_FILE -"], { given: () => new Uint8Array([123]) }],
  [
    "an unusable trust file beside a good given one",
    ["TRUST_FILE trust.json"],
    { tamper: (kit) => void kit.files.set("trust.json", new Uint8Array()), given: (kit) => kit.trust },
  ],
  [
    "a key that the given trust file lacks",
    ["TRUST_SWAPPED trust.json"],
    {
      forgery: { trust: trustOther },
      given: (kit) => ({ ...kit.trust, keys: kit.trust.keys.slice(0, 2) }),
    },
  ],
  [
    "an authority that the given trust file lacks",
    ["TRUST_SWAPPED trust.json"],
    { given: (kit) => ({ ...kit.trust, authority: { publicKey: kit.keys.other.publicKey, earlier: [] } }) },
  ],
];
