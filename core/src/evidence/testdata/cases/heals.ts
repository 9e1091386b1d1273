import { edit, observed, setHeal, setHealing, setRule, setRunbook } from "../forgeries.ts";
import { happen, observe, type Step, timeAt } from "../statements.ts";
import { type ForgedCase, type HonestCase, NOWHERE } from "./case.ts";

/** A person on the box lets pauses be, or the box says something else; it is the bundle before a heal of `cb`. */
const allowed = (reason: string): Step => ({ place: "0-2", make: happen({ type: "override", reason }, 0) });

/** Heals by an approval that nobody gave. */
export const byNobody: Step["make"] = (draft) =>
  setHeal({ approval: NOWHERE })(
    observe("delta", 1, [["ca", "pass"]], { heals: [["ca", "fail", "pass"]] })(draft),
  );

/** A heal of `cb` that names the bundle before it as its approval. */
const byTheOneBefore: Step["make"] = (draft) =>
  setHeal({ approval: draft.chain.prev })(
    observe("delta", 0, [["cb", "pass"]], { heals: [["cb", "fail", "pass"]] })(draft),
  );

/** Two heals of a pair in one bundle, both by the approval before it. */
const twiceByTheOneBefore: Step["make"] = (draft) =>
  observed((seen) => ({
    ...seen,
    heals: seen.heals.flatMap((heal) => [{ ...heal, outcome: "failed", after: null }, heal]),
  }))(byTheOneBefore(draft));

/** `cb` fails again, and is healed again: without a person's approval unless told otherwise. */
const failsAgain: Step = { place: "0-3", make: observe("delta", 0, [["cb", "fail"]]) };
const healedAgain: Step = {
  place: "0-4",
  make: observe("delta", 0, [["cb", "pass"]], { heals: [["cb", "fail", "pass"]] }),
};

/** Heals of `cb` that do not help, one in each bundle, from `0-1` on. */
const failedHeals = (count: number, change: Parameters<typeof setHeal>[0] = {}): readonly Step[] =>
  Array.from({ length: count }, (_, at) => ({
    place: `0-${at + 1}`,
    make: (draft) => setHeal(change)(observe("delta", 0, [], { heals: [["cb", "fail", "fail"]] })(draft)),
  }));

/** Under a rule that is tried again after an hour. */
const hourly = setRule({ cooldown: "1h" });

/** Heals that a person allowed, or that nobody had to, with which nothing is wrong. */
export const honestApprovals: readonly HonestCase[] = [
  [
    "a heal that a person allowed before its cooldown was over",
    [],
    {
      forgery: {
        take: 3,
        assignment: hourly,
        append: [failsAgain, { ...allowed("PAUSES_LIFTED"), place: "0-4" }, { place: "0-5", make: byTheOneBefore }],
      },
    },
  ],
  [
    "a heal after its cooldown",
    [],
    { forgery: { take: 3, assignment: hourly, append: [{ ...failsAgain, minute: 61 }, healedAgain] } },
  ],
  [
    "a heal soon after another by the clock of evidence, and after a reboot",
    [],
    {
      forgery: {
        take: 3,
        assignment: hourly,
        append: [
          failsAgain,
          {
            ...healedAgain,
            make: (draft) =>
              observed((seen) => ({ ...seen, clock: { ...seen.clock, bootId: "b3f1" } }))(healedAgain.make(draft)),
          },
        ],
      },
    },
  ],
  [
    "heals that were refused before their first step",
    [],
    { forgery: { take: 1, assignment: hourly, append: failedHeals(4, { errorClass: "PRACTICE_HOST" }) } },
  ],
  ["three heals in a row that do not help", [], { forgery: { take: 1, append: failedHeals(3) } }],
  [
    "a heal that a person on the box allowed",
    [],
    { forgery: { take: 2, append: [allowed("PAUSES_LIFTED"), { place: "0-3", make: byTheOneBefore }] } },
  ],
];

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
    ["HEAL_NOT_ALLOWED 0-2", "PAIR_NOT_ASSIGNED 0-2"],
    { forgery: edit("0-2", setHeal({ check: "zz" })) },
  ],
  [
    "by an undeclared runbook",
    ["HEAL_NOT_ALLOWED 0-2", "HEAL_UNDECLARED_RUNBOOK 0-2"],
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
    "by an approval that nobody gave",
    ["HEAL_NOT_APPROVED 0-2"],
    { forgery: edit("0-2", setHeal({ approval: NOWHERE })) },
  ],
  [
    "by an observation as its approval",
    ["HEAL_NOT_APPROVED 0-2"],
    { forgery: { take: 2, append: [{ place: "0-2", make: byTheOneBefore }] } },
  ],
  [
    "by an event that allows something else",
    ["HEAL_NOT_APPROVED 0-3"],
    { forgery: { take: 2, append: [allowed("CONTROLLER_REPINNED"), { place: "0-3", make: byTheOneBefore }] } },
  ],
  [
    "by one approval twice",
    ["HEAL_NOT_APPROVED 0-3"],
    { forgery: { take: 2, append: [allowed("PAUSES_LIFTED"), { place: "0-3", make: twiceByTheOneBefore }] } },
  ],
  [
    "by an approval that nobody gave, in a later epoch",
    ["HEAL_NOT_APPROVED 1-2"],
    {
      forgery: {
        append: [
          { place: "1-2", make: byNobody },
        ],
      },
    },
  ],
  [
    "again before its cooldown was over",
    ["HEAL_NEEDED_APPROVAL 0-4"],
    { forgery: { take: 3, assignment: hourly, append: [failsAgain, healedAgain] } },
  ],
  [
    "again after its rule had failed as often as it may",
    ["HEAL_NEEDED_APPROVAL 0-3"],
    { forgery: { take: 1, assignment: setRule({ maxAttempts: 2 }), append: failedHeals(3) } },
  ],
  [
    "a fourth time within a day",
    ["HEAL_NEEDED_APPROVAL 0-4"],
    { forgery: { take: 1, append: failedHeals(4) } },
  ],
  ["by no rule", ["HEAL_NOT_ALLOWED 0-2"], { forgery: edit("0-2", setHeal({ rule: null })) }],
  [
    "by a rule that is not the assignment's",
    ["HEAL_NOT_ALLOWED 0-2"],
    { forgery: edit("0-2", setHeal({ rule: "constructor" })) },
  ],
  [
    "by the rule of another check",
    ["HEAL_NOT_ALLOWED 0-2"],
    { forgery: edit("0-2", setHeal({ rule: "ca-rule" })) },
  ],
  [
    "by a rule that leads to another runbook",
    ["HEAL_NOT_ALLOWED 0-2"],
    { forgery: { assignment: setRule({ runbook: "other" }) } },
  ],
  [
    "by a rule for another platform",
    ["HEAL_NOT_ALLOWED 0-2"],
    { forgery: { assignment: setRule({ platforms: ["windows"] }) } },
  ],
  [
    "of what others own",
    ["HEAL_NOT_ALLOWED 0-2"],
    { forgery: { assignment: setRule({ owner: "group-policy" }) } },
  ],
  [
    "of more risk than is allowed",
    ["HEAL_NOT_ALLOWED 0-2"],
    { forgery: { assignment: setRunbook({ risk: "high" }) } },
  ],
  [
    "of more risk than is allowed, by a person's approval",
    ["HEAL_NOT_ALLOWED 0-3"],
    {
      forgery: {
        take: 2,
        append: [allowed("PAUSES_LIFTED"), { place: "0-3", make: byTheOneBefore }],
        assignment: setHealing({ riskCeiling: "low" }),
      },
    },
  ],
  [
    "that people at work may notice, in mode standard",
    ["HEAL_NOT_ALLOWED 0-2"],
    { forgery: { assignment: setHealing({ mode: "standard" }) } },
  ],
  [
    "that restarts the host, in mode standard",
    ["HEAL_NOT_ALLOWED 0-2"],
    {
      forgery: {
        assignment: (honest, index) =>
          setRunbook({ disruptive: false, reboot: true })(setHealing({ mode: "standard" })(honest, index), index),
      },
    },
  ],
  [
    "after the assignment's time",
    ["HEAL_PAST_HEAL_UNTIL 0-2"],
    { forgery: { assignment: (assignment) => ({ ...assignment, healUntil: timeAt(1) }) } },
  ],
];
