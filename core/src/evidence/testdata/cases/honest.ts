import { addAuthority, drop, edit, observed, setHeal, setHealing } from "../forgeries.ts";
import { observe, timeAt } from "../statements.ts";
import { type HonestCase } from "./case.ts";

/** Unusual, and nothing is wrong with it. */
export const honestCases: readonly HonestCase[] = [
  [
    "a heal that a person was told about, while off",
    [],
    {
      forgery: {
        assignment: setHealing({ mode: "off" }),
        ...edit(
          "0-2",
          setHeal({
            level: "L3",
            rule: null,
            runbook: null,
            runbookDigest: null,
            outcome: "escalated",
            after: null,
          }),
        ),
      },
    },
  ],
  [
    "a heal tried in dry run",
    [],
    {
      forgery: {
        assignment: setHealing({ mode: "dry-run" }),
        ...edit("0-2", setHeal({ outcome: "dry_run", after: null })),
      },
    },
  ],
  [
    "a heal at the beginning of a maintenance window",
    [],
    { forgery: { assignment: setHealing({ windows: [{ start: timeAt(2), end: timeAt(3) }] }) } },
  ],
  [
    "two heals of a pair that follow on",
    [],
    {
      forgery: edit(
        "0-2",
        observed((seen) => ({
          ...seen,
          heals: seen.heals.flatMap((heal) => [{ ...heal, outcome: "failed", after: null }, heal]),
        })),
      ),
    },
  ],
  [
    "a trust file of another date",
    ["TRUST_DIFFERS"],
    {
      given: (kit) => ({
        ...kit.trust,
        revisions: [...kit.trust.revisions, { id: "3".repeat(40), from: 9 }],
      }),
    },
  ],
  [
    "a heal at the very end of the assignment's time",
    [],
    { forgery: { assignment: (assignment) => ({ ...assignment, healUntil: timeAt(2) }) } },
  ],
  [
    "a heal after a suspension ended",
    [],
    {
      forgery: {
        take: 6,
        append: [
          {
            place: "0-6",
            make: observe("delta", 0, [["cc", "pass"]], { heals: [["cc", "error", "pass"]] }),
          },
        ],
      },
    },
  ],
  [
    "assignments, when the trust file lists none",
    [],
    { forgery: { trust: (trust) => ({ ...trust, assignments: [] }) } },
  ],
  ["a bundle told as dropped that arrived after all", [], { tamper: drop([[0, 3, 3]], []) }],
  ["an honest authority", [], { tamper: addAuthority("authority") }],
];
