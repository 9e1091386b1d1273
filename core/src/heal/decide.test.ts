import type { RuleSpec, RunbookSpec } from "@compline/schemas";
import { describe, expect, it } from "vitest";
import { decideHeal, type HealAttempt, type HealDecision, type HealSituation } from "./decide.ts";
import { failingPair, healAssignment, OPEN_CEILING, REAL_HOST, RULE, RUNBOOK } from "./testdata/situation.ts";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");
const HOUR = 3_600_000;
const HEAL = { kind: "heal", rule: "max-age", runbook: "set-max-age" };
const WAIT = { kind: "wait", until: null };
describe("a rule that applies", () => {
  it("heals a fail", () => expect(decide()).toEqual(HEAL));

  it.each(["pass", "error", "not_applicable", "unknown"] as const)("heals no %s", (verdict) =>
    expect(decide({ pair: failingPair({ verdict }) })).toEqual(WAIT),
  );

  it("is the one of the highest priority, and of two equal ones the first by name", () => {
    const rules = { b: RULE, a: RULE, "max-age": { ...RULE, priority: 11 } };
    const applicable = ["b", "a", "max-age"];
    expect(decide({ assignment: healAssignment({ rules }), applicable })).toMatchObject({ rule: "max-age" });
    expect(decide({ assignment: healAssignment({ rules }), applicable: ["b", "a"] })).toMatchObject({
      rule: "a",
    });
  });

  it("gives way to the next when its runbook may not run here", () => {
    const rules = { risky: { ...RULE, runbook: "risky", priority: 99 }, "max-age": RULE };
    const runbooks = { risky: { ...RUNBOOK, risk: "high" as const }, "set-max-age": RUNBOOK };
    const assignment = healAssignment({ rules, runbooks });
    expect(decide({ assignment, applicable: ["risky", "max-age"] })).toEqual(HEAL);
  });
});

describe("guards", () => {
  it.each<[string, Partial<HealSituation>]>([
    ["the site's mode is off", { assignment: healAssignment({ healing: { mode: "off" } }) }],
    ["the kill switch is engaged", { assignment: healAssignment({ healing: { killSwitch: true } }) }],
    [
      "the assignment is past healUntil",
      { assignment: healAssignment({ healUntil: new Date(NOW - 1).toISOString() }) },
    ],
    ["the box's ceiling is off", { ceiling: { ...OPEN_CEILING, mode: "off" } }],
    ["a person suspended the box", { stops: ["SUSPENDED"] }],
    ["the box waits for another controller", { stops: ["REPINNED"] }],
  ])("nothing is done, and nobody told, when %s", (_, change) => {
    expect(decide(change)).toEqual(WAIT);
    expect(decide({ ...change, applicable: [] })).toEqual(WAIT);
  });

  it.each<[string, Partial<HealSituation>]>([
    ["the site's mode", { assignment: healAssignment({ healing: { mode: "dry-run" } }) }],
    ["the box's ceiling", { ceiling: { ...OPEN_CEILING, mode: "dry-run" } }],
  ])("a dry run is said once when %s is dry-run", (_, change) => {
    expect(decide(change)).toEqual({ ...HEAL, kind: "dry-run" });
    expect(decide({ ...change, pair: failingPair({ told: "dry_run" }) })).toEqual(WAIT);
    expect(decide({ ...change, applicable: [] })).toEqual(WAIT);
  });

  it.each<[string, Partial<HealSituation>]>([
    ["RISK_ABOVE_LIMIT", withRunbook({ risk: "high" })],
    ["RISK_ABOVE_LIMIT", { ...withRunbook({ risk: "medium" }), ceiling: { ...OPEN_CEILING, risk: "low" } }],
    [
      "MODE_TOO_LOW",
      { ...withRunbook({ disruptive: true }), ceiling: { ...OPEN_CEILING, mode: "standard" } },
    ],
    ["MODE_TOO_LOW", { ...withRunbook({ reboot: true }), ceiling: { ...OPEN_CEILING, mode: "standard" } }],
    ["OWNED_ELSEWHERE", withRule({ owner: "group-policy" })],
    ["NO_RULE", { applicable: [] }],
    ["NO_RULE", withRule({ platforms: ["windows"] })],
    ["NO_RULE", withRule({ check: "other" })],
    [
      "ARGV_NOT_ALLOWED",
      { assignment: healAssignment({ hosts: [REAL_HOST] }), ceiling: { ...OPEN_CEILING, argv: false } },
    ],
    [
      "BOX_CEILING",
      { assignment: healAssignment({ hosts: [REAL_HOST] }), ceiling: { ...OPEN_CEILING, hosts: "practice" } },
    ],
  ])("a person is told once: %s", (obstacle, change) => {
    expect(decide(change)).toEqual({ kind: "escalate", obstacle });
    expect(decide({ ...change, pair: failingPair({ told: "escalated" }) })).toEqual(WAIT);
  });

  it("a disruptive runbook runs in mode full", () => {
    expect(decide(withRunbook({ disruptive: true }))).toEqual(HEAL);
  });

  it("a reload runs on a real host when the box lets programs run", () => {
    expect(decide({ assignment: healAssignment({ hosts: [REAL_HOST] }) })).toEqual(HEAL);
  });

  it("a practice host refuses a runbook that starts a program, then a person is told", () => {
    const change = withRunbook({ steps: [...RUNBOOK.steps, { run: { argv: ["/bin/true"] } }] });
    expect(decide(change)).toEqual({ ...HEAL, kind: "refuse" });
    expect(decide({ ...change, pair: failingPair({ told: "refused" }) })).toEqual({
      kind: "escalate",
      obstacle: "PRACTICE_HOST",
    });
    const inUndo = withRunbook({ undo: [{ run: { argv: ["/bin/true"] } }] });
    expect(decide(inUndo)).toMatchObject({ kind: "refuse" });
  });
});

describe("the budget", () => {
  const failed = (hoursAgo: number): HealAttempt => ({
    rule: "max-age",
    startedAt: NOW - hoursAgo * HOUR,
    outcome: "failed",
  });

  it("lets the next attempt wait for the cooldown, whatever the last one came to", () => {
    const change = withRule({ cooldown: "5m" });
    const attempts: readonly HealAttempt[] = [{ ...failed(0), startedAt: NOW - 60_000, outcome: "healed" }];
    expect(decide({ ...change, attempts })).toEqual({ kind: "wait", until: NOW + 4 * 60_000 });
    expect(decide({ ...change, attempts, now: NOW + 4 * 60_000 })).toEqual(HEAL);
  });

  it("ends after as many failures as the rule allows in its window, then a person is told once", () => {
    expect(decide({ attempts: [failed(1), failed(2)] })).toEqual(HEAL);
    const attempts = [failed(1), failed(2), failed(3)];
    expect(decide({ attempts })).toEqual({ kind: "escalate", obstacle: "BUDGET_SPENT" });
    expect(decide({ attempts, pair: failingPair({ told: "escalated" }) })).toEqual(WAIT);
    expect(decide({ attempts: [failed(1), failed(2), failed(25)] })).toEqual(HEAL);
  });

  it("counts an attempt that a crash cut short", () => {
    const attempts = [{ ...failed(1), outcome: null }, failed(2), failed(3)];
    expect(decide({ attempts })).toMatchObject({ kind: "escalate" });
  });

  it("begins again after a heal that worked", () => {
    const attempts: readonly HealAttempt[] = [
      failed(1),
      { ...failed(2), outcome: "healed" },
      failed(3),
      failed(4),
    ];
    expect(decide({ attempts })).toEqual(HEAL);
  });
});

function decide(change: Partial<HealSituation> = {}): HealDecision {
  return decideHeal({
    assignment: healAssignment(),
    ceiling: OPEN_CEILING,
    stops: [],
    pair: failingPair(),
    applicable: ["max-age"],
    attempts: [],
    now: NOW,
    ...change,
  });
}

function withRule(change: Partial<RuleSpec>): Partial<HealSituation> {
  return { assignment: healAssignment({ rules: { "max-age": { ...RULE, ...change } } }) };
}

function withRunbook(change: Partial<RunbookSpec>): Partial<HealSituation> {
  return { assignment: healAssignment({ runbooks: { "set-max-age": { ...RUNBOOK, ...change } } }) };
}
