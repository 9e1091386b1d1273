import { edit, observed, setHeal, setHealing } from "../forgeries.ts";
import { observe, timeAt } from "../statements.ts";
import { type ForgedCase, NOWHERE } from "./case.ts";

/** Heals that were not as they say, or not allowed. */
export const healsCases: readonly ForgedCase[] = [
  [
    "without a pass after it",
    ["HEAL_CONTRADICTS_RESULTS 0-2", "HEAL_NOT_VERIFIED 0-2"],
    { forgery: edit("0-2", setHeal({ after: "fail" })) },
  ],
  ["without a re-check", ["HEAL_NOT_VERIFIED 0-2"], { forgery: edit("0-2", setHeal({ after: null })) }],
  [
    "of what had another verdict",
    ["HEAL_CONTRADICTS_RESULTS 0-2"],
    { forgery: edit("0-2", setHeal({ before: "error" })) },
  ],
  [
    "of a pass",
    ["HEAL_CONTRADICTS_RESULTS 0-2", "HEAL_CONTRADICTS_RESULTS 0-2"],
    { forgery: edit("0-2", setHeal({ before: "pass" })) },
  ],
  [
    "that ends at another verdict",
    ["HEAL_CONTRADICTS_RESULTS 0-2"],
    { forgery: edit("0-2", setHeal({ after: "error", outcome: "failed" })) },
  ],
  [
    "that does not begin where the one before ended",
    ["HEAL_CONTRADICTS_RESULTS 0-2"],
    {
      forgery: edit(
        "0-2",
        observed((seen) => ({
          ...seen,
          heals: seen.heals.flatMap((heal) => [{ ...heal, outcome: "failed", after: "error" }, heal]),
        })),
      ),
    },
  ],
  [
    "of a pair that is not assigned",
    ["PAIR_NOT_ASSIGNED 0-2"],
    { forgery: edit("0-2", setHeal({ check: "zz" })) },
  ],
  [
    "by an undeclared runbook",
    ["HEAL_UNDECLARED_RUNBOOK 0-2"],
    { forgery: edit("0-2", setHeal({ runbook: "other" })) },
  ],
  [
    "by another version of a runbook",
    ["HEAL_UNDECLARED_RUNBOOK 0-2"],
    { forgery: edit("0-2", setHeal({ runbookDigest: NOWHERE })) },
  ],
  ["while healing is off", ["HEAL_WHILE_OFF 0-2"], { forgery: { assignment: setHealing({ mode: "off" }) } }],
  [
    "while healing is in dry run",
    ["HEAL_WHILE_OFF 0-2"],
    { forgery: { assignment: setHealing({ mode: "dry-run" }) } },
  ],
  [
    "while the kill switch is on",
    ["HEAL_WHILE_OFF 0-2"],
    { forgery: { assignment: setHealing({ killSwitch: true }) } },
  ],
  [
    "tried while healing is off",
    ["HEAL_WHILE_OFF 0-2"],
    {
      forgery: {
        assignment: setHealing({ mode: "off" }),
        ...edit("0-2", setHeal({ outcome: "dry_run", after: null })),
      },
    },
  ],
  [
    "while suspended",
    ["HEAL_WHILE_OFF 0-5"],
    {
      forgery: {
        take: 5,
        append: [
          {
            place: "0-5",
            make: observe("delta", 0, [["cc", "pass"]], { heals: [["cc", "error", "pass"]] }),
          },
        ],
      },
    },
  ],
  [
    "outside the maintenance windows",
    ["HEAL_OUTSIDE_WINDOW 0-2"],
    { forgery: { assignment: setHealing({ windows: [{ start: timeAt(3), end: timeAt(9) }] }) } },
  ],
  [
    "at the end of a maintenance window",
    ["HEAL_OUTSIDE_WINDOW 0-2"],
    { forgery: { assignment: setHealing({ windows: [{ start: timeAt(1), end: timeAt(2) }] }) } },
  ],
  [
    "after the assignment's time",
    ["HEAL_PAST_HEAL_UNTIL 0-2"],
    { forgery: { assignment: (assignment) => ({ ...assignment, healUntil: timeAt(1) }) } },
  ],
];
