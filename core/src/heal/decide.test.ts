import type { Assignment, HealingMode, RuleSpec, RunbookSpec } from "@compline/schemas";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beyondLimits, type HealLimits, limitsOf } from "../evidence/heal-limits.ts";
import { judgeHeals } from "../evidence/heals.ts";
import type { HealRecord, TimeWindow, Verdict } from "../evidence/statement.ts";
import { decideHeal, type HealDecision, type Telling } from "./decide.ts";
import { describeHold, type HoldCode, type Obstacle } from "./hold.ts";
import { type BoxStop, HEALING_MODES, RISKS } from "./guards.ts";
import type { HealAttempt, HealSituation } from "./situation.ts";
import {
  failingPair,
  healAssignment,
  OPEN_CEILING,
  PRACTICE_HOST,
  REAL_HOST,
  RULE,
  RUNBOOK,
} from "./testdata/situation.ts";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");
const HOUR = 3_600_000;
const PLAN = { rule: "max-age", runbook: "set-max-age" };
const HEAL = { kind: "heal", ...PLAN, overridden: false };
const NOTHING = { kind: "nothing" };
const held = (code: HoldCode, until: number | null = null, tell: Telling | null = null): HealDecision => ({
  kind: "hold",
  hold: { code, until },
  tell,
});
const anyLimits: fc.Arbitrary<Limits> = fc.record({
  mode: fc.nat(3),
  risk: fc.nat(2),
  boxMode: fc.nat(3),
  boxRisk: fc.nat(2),
  argv: fc.boolean(),
  practiceOnly: fc.boolean(),
  killSwitch: fc.boolean(),
});
const mostly = <T>(value: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(value) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
const anyTime = fc.integer({ min: -30, max: 30 }).map((hours) => NOW + hours * HOUR);
const anyWindows = fc.option(
  fc.array(
    fc
      .tuple(anyTime, fc.integer({ min: 1, max: 20 }))
      .map(([start, hours]) => ({ start: instant(start), end: instant(start + hours * HOUR) })),
  ),
);
const anyRule = fc.record({
  priority: fc.nat(3),
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  window: fc.constantFrom("1h", "24h", "48h"),
  cooldown: fc.constantFrom("0s", "1h", "30h"),
  owner: mostly<RuleSpec["owner"]>("agent", "group-policy"),
  runbook: fc.constantFrom("set-max-age", "risky", "program"),
});
/** Situations in which about one of ten heals. */
const anySituation: fc.Arbitrary<HealSituation> = fc
  .record({
    rules: fc.dictionary(fc.constantFrom("a", "b", "c"), anyRule),
    mode: mostly<HealingMode>("full", "standard", "dry-run", "off"),
    boxMode: mostly<HealingMode>("full", "standard", "dry-run", "off"),
    risk: fc.constantFrom(...RISKS),
    boxRisk: fc.constantFrom(...RISKS),
    killSwitch: mostly(false, true),
    windows: anyWindows,
    healUntil: mostly(NOW + 100 * HOUR, NOW - HOUR),
    real: fc.boolean(),
    argv: fc.boolean(),
    practiceOnly: mostly(false, true),
    verdict: mostly<Verdict>("fail", "pass", "error"),
    told: fc.constantFrom(null, "dry_run" as const, "refused" as const, "escalated" as const),
    recent: fc.array(mostly<Verdict>("fail", "pass"), { maxLength: 6 }),
    attempts: fc.array(
      fc.record({
        rule: fc.constantFrom("a", "b", "c"),
        agoMs: fc.nat(50 * HOUR),
        outcome: fc.constantFrom("healed" as const, "failed" as const, null),
      }),
      { maxLength: 5 },
    ),
    stops: mostly<readonly BoxStop[]>([], ["SUSPENDED"], ["REPINNED"]),
    breakerOpenMs: mostly<number | null>(null, 0, HOUR - 1, HOUR),
    overrideMs: mostly<number | null>(null, 0, HOUR),
    setBack: fc.constantFrom(0, HOUR, 24 * HOUR),
  })
  .map((one) => ({
    assignment: healAssignment({
      rules: Object.fromEntries(
        Object.entries(one.rules).map(([name, rule]) => [name, { ...RULE, ...rule }]),
      ),
      runbooks: {
        "set-max-age": RUNBOOK,
        risky: { ...RUNBOOK, risk: "high", disruptive: true },
        program: { ...RUNBOOK, risk: "medium", steps: [{ run: { argv: ["/bin/true"] } }] },
      },
      healing: { mode: one.mode, riskCeiling: one.risk, killSwitch: one.killSwitch, windows: one.windows },
      hosts: one.real ? [REAL_HOST] : [PRACTICE_HOST],
      healUntil: instant(one.healUntil),
    }),
    ceiling: {
      mode: one.boxMode,
      risk: one.boxRisk,
      argv: one.argv,
      hosts: one.practiceOnly ? "practice" : "all",
    },
    stops: one.stops,
    pair: failingPair({ verdict: one.verdict, told: one.told, recent: one.recent }),
    applicable: Object.keys(one.rules),
    attempts: one.attempts.toSorted((a, b) => a.agoMs - b.agoMs),
    breakerOpenMs: one.breakerOpenMs,
    overrideMs: one.overrideMs,
    now: NOW,
    clock: NOW - one.setBack,
  }));

describe("a rule that applies", () => {
  it("heals a fail", () => expect(decide()).toEqual(HEAL));

  it.each(["pass", "error", "not_applicable", "unknown"] as const)("heals no %s", (verdict) =>
    expect(decide({ pair: failingPair({ verdict }) })).toEqual(NOTHING),
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
  it.each<[HoldCode, Partial<HealSituation>]>([
    ["HEALING_OFF", { assignment: healAssignment({ healing: { mode: "off" } }) }],
    ["KILL_SWITCH", { assignment: healAssignment({ healing: { killSwitch: true } }) }],
    ["HEAL_UNTIL_PASSED", { assignment: healAssignment({ healUntil: instant(NOW - 1) }) }],
    ["SUSPENDED", { stops: ["SUSPENDED"] }],
    ["REPINNED", { stops: ["REPINNED"] }],
    ["BOX_OFF", { ceiling: { ...OPEN_CEILING, mode: "off" } }],
  ])("nothing is done, and nobody told: %s", (code, change) => {
    expect(decide(change)).toEqual(held(code));
    expect(decide({ ...change, applicable: [] })).toEqual(held(code));
  });

  it("an assignment is good to heal by up to and with healUntil", () => {
    expect(decide({ assignment: healAssignment({ healUntil: instant(NOW) }) })).toEqual(HEAL);
  });

  it.each<[string, Partial<HealSituation>]>([
    ["the site's mode", { assignment: healAssignment({ healing: { mode: "dry-run" } }) }],
    ["the box's ceiling", { ceiling: { ...OPEN_CEILING, mode: "dry-run" } }],
  ])("a dry run is said once when %s is dry-run", (_, change) => {
    expect(decide(change)).toEqual(held("DRY_RUN", null, { ...PLAN, kind: "dry-run" }));
    expect(decide({ ...change, pair: failingPair({ told: "dry_run" }) })).toEqual(held("DRY_RUN"));
    expect(decide({ ...change, applicable: [] })).toEqual(held("DRY_RUN"));
  });

  it.each<[Obstacle, Partial<HealSituation>]>([
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
  ])("a person is told once: %s", (because, change) => {
    expect(decide(change)).toEqual(held(because, null, { kind: "escalate", because }));
    expect(decide({ ...change, pair: failingPair({ told: "escalated" }) })).toEqual(held(because));
  });

  it("a disruptive runbook runs in mode full", () => {
    expect(decide(withRunbook({ disruptive: true }))).toEqual(HEAL);
  });

  it("a reload runs on a real host when the box lets programs run", () => {
    expect(decide({ assignment: healAssignment({ hosts: [REAL_HOST] }) })).toEqual(HEAL);
  });

  it("a practice host refuses a runbook that starts a program, then a person is told", () => {
    const change = withRunbook({ steps: [...RUNBOOK.steps, { run: { argv: ["/bin/true"] } }] });
    expect(decide(change)).toEqual(held("PRACTICE_HOST", null, { ...PLAN, kind: "refuse" }));
    expect(decide({ ...change, pair: failingPair({ told: "refused" }) })).toEqual(
      held("PRACTICE_HOST", null, { kind: "escalate", because: "PRACTICE_HOST" }),
    );
    const inUndo = withRunbook({ undo: [{ run: { argv: ["/bin/true"] } }] });
    expect(decide(inUndo)).toMatchObject({ tell: { kind: "refuse" } });
  });
});

describe("the budget", () => {
  const failed = (hoursAgo: number, rule = "max-age"): HealAttempt => ({
    rule,
    agoMs: hoursAgo * HOUR,
    outcome: "failed",
  });
  const spent = (hours: number, told = false): HealDecision =>
    held("BUDGET_SPENT", NOW + hours * HOUR, told ? null : { kind: "escalate", because: "BUDGET_SPENT" });

  it("lets the next attempt wait for the cooldown, whatever the last one came to", () => {
    const change = withRule({ cooldown: "5m" });
    const attempts: readonly HealAttempt[] = [{ ...failed(0), agoMs: 60_000, outcome: "healed" }];
    expect(decide({ ...change, attempts })).toEqual(held("COOLDOWN", NOW + 4 * 60_000));
    expect(decide({ ...change, attempts: [{ ...failed(0), agoMs: 5 * 60_000 }] })).toEqual(HEAL);
  });

  it("ends after three failures of a host and check, then a person is told once", () => {
    expect(decide({ attempts: [failed(1), failed(2)] })).toEqual(HEAL);
    const attempts = [failed(1), failed(2), failed(3)];
    expect(decide({ attempts })).toEqual(spent(21));
    expect(decide({ attempts, pair: failingPair({ told: "escalated" }) })).toEqual(spent(21, true));
    expect(decide({ attempts: [failed(1), failed(2), failed(24)] })).toEqual(HEAL);
  });

  it("is one for all rules of a check, and no rule can raise it", () => {
    const lenient = withRule({ maxAttempts: 20, window: "1m" });
    const attempts = [failed(1, "other"), failed(2), failed(3, "gone")];
    expect(decide({ ...lenient, attempts })).toEqual(spent(21));
  });

  it("is less where the rule says so, and then the next rule may try", () => {
    const strict = { ...RULE, maxAttempts: 1, window: "48h" };
    const attempts = [failed(1)];
    expect(decide({ assignment: healAssignment({ rules: { "max-age": strict } }), attempts })).toEqual(
      spent(47),
    );
    const rules = { "max-age": strict, second: { ...RULE, priority: 1 } };
    const both = { assignment: healAssignment({ rules }), applicable: ["max-age", "second"] };
    expect(decide({ ...both, attempts })).toMatchObject({ kind: "heal", rule: "second" });
  });

  it("counts an attempt that a crash cut short", () => {
    expect(decide({ attempts: [{ ...failed(1), outcome: null }, failed(2), failed(3)] })).toEqual(spent(21));
  });

  it("begins again after a heal that worked", () => {
    const healed: HealAttempt = { ...failed(2), outcome: "healed" };
    expect(decide({ attempts: [failed(1), healed, failed(3), failed(4)] })).toEqual(HEAL);
  });
});

describe("a verdict that goes back and forth", () => {
  const flapping: HealDecision = held("FLAPPING", null, { kind: "escalate", because: "FLAPPING" });

  it.each<[readonly Verdict[], HealDecision]>([
    [["pass", "fail", "pass", "fail"], flapping],
    [["fail", "pass", "fail", "error", "fail"], flapping],
    [["fail", "pass", "fail", "fail", "fail", "fail"], HEAL as HealDecision],
    [["pass", "pass", "fail", "pass", "fail", "fail"], flapping],
    [["pass", "pass", "pass", "pass", "pass", "fail"], HEAL as HealDecision],
  ])("is left alone while six results hold three changes: %j", (recent, expected) => {
    expect(decide({ pair: failingPair({ recent }) })).toEqual(expected);
  });

  it("is told to a person once", () => {
    const recent: readonly Verdict[] = ["pass", "fail", "pass", "fail"];
    expect(decide({ pair: failingPair({ recent, told: "escalated" }) })).toEqual(held("FLAPPING"));
  });
});

describe("the site's circuit breaker", () => {
  it("holds everything for an hour, without telling anybody, then lets a heal be tried", () => {
    expect(decide({ breakerOpenMs: 0 })).toEqual(held("BREAKER_OPEN", NOW + HOUR));
    expect(decide({ breakerOpenMs: HOUR - 1 })).toEqual(held("BREAKER_OPEN", NOW + 1));
    expect(decide({ breakerOpenMs: HOUR })).toEqual(HEAL);
  });
});

describe("a person who lets it be tried once more", () => {
  const recent: readonly Verdict[] = ["pass", "fail", "pass", "fail"];
  const failed = (agoMs: number) => ({ rule: "max-age", agoMs, outcome: "failed" as const });
  const attempts = [failed(1000), failed(HOUR), failed(2 * HOUR)];
  const everything = { breakerOpenMs: 0, pair: failingPair({ recent }), attempts };

  it("lifts each of the box's own pauses, for one heal of the pair", () => {
    expect(decide(everything).kind).toBe("hold");
    expect(decide({ ...everything, overrideMs: 999 })).toEqual({ ...HEAL, overridden: true });
    expect(decide({ ...everything, overrideMs: 1000 }).kind).toBe("hold");
    expect(decide({ overrideMs: 0 })).toEqual(HEAL);
  });

  it("lifts no window, no limit, no switch and no age", () => {
    for (const kept of [
      { assignment: healAssignment({ healing: { windows: [] } }) },
      { assignment: healAssignment({ healing: { killSwitch: true } }) },
      { assignment: healAssignment({ healUntil: instant(NOW - 1) }) },
      { ceiling: { ...OPEN_CEILING, mode: "off" as const } },
      { stops: ["SUSPENDED"] as const },
      { assignment: healAssignment({ rules: { "max-age": { ...RULE, owner: "group-policy" } } }) },
    ])
      expect(decide({ ...everything, ...kept, overrideMs: 0 }).kind).toBe("hold");
  });
});

describe("maintenance windows", () => {
  const windows = [
    { start: "2026-11-23T11:00:00.000Z", end: "2026-11-23T13:00:00.000Z" },
    { start: "2026-11-24T11:00:00.000Z", end: "2026-11-24T13:00:00.000Z" },
  ];
  const assignment = healAssignment({ healing: { windows } });
  const at = (text: string, clock = text): HealDecision =>
    decide({ assignment, now: Date.parse(text), clock: Date.parse(clock) });
  const outside = (until: string | null): HealDecision =>
    held("OUTSIDE_WINDOW", until === null ? null : Date.parse(until));

  it.each<[string, HealDecision]>([
    ["2026-11-23T10:59:59.999Z", outside(windows[0]?.start ?? null)],
    ["2026-11-23T11:00:00.000Z", HEAL as HealDecision],
    ["2026-11-23T12:59:59.999Z", HEAL as HealDecision],
    ["2026-11-23T13:00:00.000Z", outside(windows[1]?.start ?? null)],
    ["2026-11-24T13:00:00.000Z", outside(null)],
  ])("begin with their start and end before their end: %s", (now, expected) => {
    expect(at(now)).toEqual(expected);
    // What the decision permits is what a verifier of the evidence accepts, to the millisecond.
    expect(permittedByEvidence(windows, now)).toBe(expected.kind === "heal");
  });

  it("are open only when the clock says so, too, when it was set back after it ran ahead", () => {
    expect(at("2026-11-24T12:00:00.000Z", "2026-11-23T14:00:00.000Z")).toEqual(
      outside("2026-11-24T11:00:00.000Z"),
    );
    expect(at("2026-11-24T12:00:00.000Z", "2026-11-23T12:00:00.000Z")).toEqual(HEAL);
    expect(at("2026-11-23T14:00:00.000Z", "2026-11-23T12:00:00.000Z")).toEqual(
      outside("2026-11-24T11:00:00.000Z"),
    );
  });

  it("that are none at all are never open", () => {
    expect(decide({ assignment: healAssignment({ healing: { windows: [] } }) })).toEqual(outside(null));
  });

  it("do not keep a person from being told", () => {
    const recent: readonly Verdict[] = ["pass", "fail", "pass", "fail"];
    const night = Date.parse("2026-11-23T23:00:00.000Z");
    expect(decide({ assignment, now: night, clock: night, pair: failingPair({ recent }) })).toMatchObject({
      hold: { code: "FLAPPING" },
      tell: { kind: "escalate", because: "FLAPPING" },
    });
  });
});

describe("whatever the situation", () => {
  it("lowering a limit never makes it heal", () => {
    fc.assert(
      fc.property(anySituation, anyLimits, (situation, lower) => {
        const [before, after] = [situation, lowered(situation, lower)].map((each) => decideHeal(each).kind);
        expect(after !== "heal" || before === "heal").toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("a heal begins only in a window, within the budget, with no kill switch, under no ceiling", () => {
    let heals = 0;
    fc.assert(
      fc.property(anySituation, (situation) => {
        const decision = decideHeal(situation);
        if (decision.kind !== "heal") return;
        heals += 1;
        const { assignment, ceiling, stops, pair, attempts, breakerOpenMs, now, clock } = situation;
        const { healing, healUntil } = assignment;
        expect(healing.killSwitch).toBe(false);
        expect(stops).toEqual([]);
        expect([healing.mode, ceiling.mode]).not.toContain("off");
        expect([healing.mode, ceiling.mode]).not.toContain("dry-run");
        expect(now).toBeLessThanOrEqual(Date.parse(healUntil));
        for (const time of [now, clock])
          expect(permittedByEvidence(healing.windows, instant(time))).toBe(true);
        expect(pair.verdict).toBe("fail");
        // What a box does is what a verifier of its evidence finds to be the box's to do, overridden or not.
        expect(beyondLimits({ ...HEALED, ...decision }, limitsIn(assignment))).toBeNull();
        if (decision.overridden) return;
        expect(breakerOpenMs ?? HOUR).toBeGreaterThanOrEqual(HOUR);
        const newest = attempts.slice(0, 3).filter(({ outcome }) => outcome !== "healed");
        expect(newest.length === 3 && newest.every(({ agoMs }) => agoMs < 24 * HOUR)).toBe(false);
      }),
      { numRuns: 3000 },
    );
    expect(heals).toBeGreaterThan(50);
  });

  it("what is held says why, and an end that lies ahead", () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const decision = decideHeal(situation);
        if (decision.kind !== "hold") return;
        const { code } = decision.hold;
        expect(describeHold({ code, until: null }, String)).not.toContain(code);
        expect(decision.hold.until ?? Number.POSITIVE_INFINITY).toBeGreaterThan(situation.clock);
      }),
      { numRuns: 2000 },
    );
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
    breakerOpenMs: null,
    overrideMs: null,
    now: NOW,
    clock: NOW,
    ...change,
  });
}

function withRule(change: Partial<RuleSpec>): Partial<HealSituation> {
  return { assignment: healAssignment({ rules: { "max-age": { ...RULE, ...change } } }) };
}

function withRunbook(change: Partial<RunbookSpec>): Partial<HealSituation> {
  return { assignment: healAssignment({ runbooks: { "set-max-age": { ...RUNBOOK, ...change } } }) };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

const HEALED: HealRecord = {
  host: PRACTICE_HOST.id,
  check: "max-age",
  level: "L1",
  rule: "max-age",
  runbook: null,
  runbookDigest: null,
  before: "fail",
  after: "pass",
  outcome: "healed",
  errorClass: null,
  skipped: [],
  approval: null,
  startedAt: "2026-11-23T12:00:00.000Z",
  endedAt: "2026-11-23T12:00:00.000Z",
};

function limitsIn(assignment: Assignment): HealLimits {
  const limits = limitsOf(assignment);
  if (limits === null) throw new Error("unreachable: an assignment of ours declares them");
  return limits;
}

/** What the verifier of evidence says of a heal that starts then. */
function permittedByEvidence(windows: readonly TimeWindow[] | null, startedAt: string): boolean {
  const { schemaVersion: _v, ...assignment } = healAssignment({ healing: { windows } });
  const heal = { ...HEALED, startedAt, endedAt: startedAt };
  const codes: string[] = [];
  judgeHeals(
    [heal],
    {
      read: { assignment: { schemaVersion: "1", ...assignment }, limits: null, digest: "0".repeat(64) },
      suspended: false,
      before: () => "fail",
      after: () => "pass",
    },
    (code) => codes.push(code),
  );
  return !codes.includes("HEAL_OUTSIDE_WINDOW");
}

interface Limits {
  readonly mode: number;
  readonly risk: number;
  readonly boxMode: number;
  readonly boxRisk: number;
  readonly argv: boolean;
  readonly practiceOnly: boolean;
  readonly killSwitch: boolean;
}

/** The situation with each limit no higher than the given one. */
function lowered(situation: HealSituation, limits: Limits): HealSituation {
  const { assignment, ceiling } = situation;
  const { healing } = assignment;
  return {
    ...situation,
    assignment: {
      ...assignment,
      healing: {
        ...healing,
        mode: atMost(HEALING_MODES, healing.mode, limits.mode),
        riskCeiling: atMost(RISKS, healing.riskCeiling, limits.risk),
        killSwitch: healing.killSwitch || limits.killSwitch,
      },
    },
    ceiling: {
      mode: atMost(HEALING_MODES, ceiling.mode, limits.boxMode),
      risk: atMost(RISKS, ceiling.risk, limits.boxRisk),
      argv: ceiling.argv && limits.argv,
      hosts: limits.practiceOnly ? "practice" : ceiling.hosts,
    },
  };
}

function atMost<T>(order: readonly T[], value: T, limit: number): T {
  return order[Math.min(order.indexOf(value), limit)] ?? value;
}
