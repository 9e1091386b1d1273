import type { Assignment, ObservedAppliance, ObservedHeal, ObservedState } from "@compline/schemas";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveAssignment, enrolledAppliances } from "../assignment/derive.ts";
import type { Verdict } from "../evidence/statement.ts";
import { type Sample, sampleGraph, sampleUlid } from "../testdata/sample-tree.ts";
import { describeForecast } from "./describe-forecast.ts";
import { type GraphOfPartner, observedPlaces } from "./forecast.ts";
import { type ForeseenHeals, healMoves } from "./forecast-heals.ts";
import { scoreMoves } from "./forecast-scores.ts";
import { plan } from "./plan.ts";

const now = "2026-11-23T18:00:00.000Z";
const healUntil = "2026-11-30T18:00:00.000Z";
const minute = 60_000;
const ago = (ms: number): string => new Date(Date.parse(now) - ms).toISOString();
const site = sampleUlid("site clinic");
const box = sampleUlid("box clinic");
const desk = sampleUlid("desk clinic");

const base: Sample = { checks: ["alpha", "beta"], sites: [{ name: "clinic", hosts: ["desk"] }] };
const ceiling = { mode: "full", risk: "medium", argv: false, hosts: "all" } as const;

interface Seen {
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly box?: Partial<ObservedAppliance>;
  readonly heals?: readonly ObservedHeal[];
}

/** What was observed while `sample` was in force. */
function observedOf(sample: Sample, { verdicts, box: change = {}, heals = [] }: Seen): ObservedState {
  const checks = Object.fromEntries(
    [...sampleGraph(sample).checks].map(([name, { digest }]) => [name, digest]),
  );
  const appliance: ObservedAppliance = { id: box, hosts: [desk], ceiling, stops: [], ...change };
  const results = Object.entries(verdicts).map(([check, verdict]) => ({
    host: desk,
    check,
    verdict,
    reason: null,
    since: null,
  }));
  const clinic = { id: site, name: "clinic", appliances: [appliance], results, heals };
  const partner = { id: sampleUlid("partner"), name: "lanternfish", revision: null, checks, sites: [clinic] };
  return { schemaVersion: "1", asOf: now, position: 1, partners: [partner] };
}

function partnersOf(sample: Sample): readonly GraphOfPartner[] {
  return [{ name: "lanternfish", graph: sampleGraph(sample) }];
}

function moves(before: Sample | null, after: Sample, observed: ObservedState): readonly unknown[] {
  const sides = { before: before === null ? [] : partnersOf(before), after: partnersOf(after) };
  const found = scoreMoves(sides, observedPlaces(observed));
  return [
    ...found.moves.map(({ framework, before: from, after: to }) => [framework, brief(from), brief(to)]),
    ...found.notKnown,
  ];
}

function brief(score: { pass: number; unknown: number; total: number } | null): string | null {
  return score === null ? null : `${score.pass}/${score.total} ${score.unknown}?`;
}

describe("scores", () => {
  const seen = observedOf(base, { verdicts: { alpha: "pass", beta: "fail" } });

  it("do not move when nothing that is looked at changes", () => {
    expect(
      moves(base, { ...base, sites: [{ name: "clinic", hosts: ["desk"], stopped: true }] }, seen),
    ).toEqual([]);
  });

  it("lose the pairs that go away", () => {
    expect(moves(base, { ...base, checks: ["alpha"] }, seen)).toEqual([
      [null, "1/2 0?", "1/1 0?"],
      ["iso", "1/2 0?", "1/1 0?"],
    ]);
  });

  it("have an unknown, and no pass, for a check or host that is new", () => {
    expect(moves(base, { ...base, checks: ["alpha", "beta", "gamma"] }, seen)[0]).toEqual([
      null,
      "1/2 0?",
      "1/3 1?",
    ]);
    const more = { ...base, sites: [{ name: "clinic", hosts: ["desk", "till"] }] };
    expect(moves(base, more, seen)[0]).toEqual([null, "1/2 0?", "1/4 2?"]);
  });

  it("have an unknown, and no pass, for a check that is another one now", () => {
    expect(moves(base, { ...base, rationale: "another" }, seen)[0]).toEqual([null, "1/2 0?", "0/2 2?"]);
  });

  it("have an unknown for every pair of a host that another appliance looks at", () => {
    const moved = observedOf(base, { verdicts: { alpha: "pass" }, box: { id: sampleUlid("other box") } });
    expect(moves(null, base, moved)[0]).toEqual([null, null, "0/2 2?"]);
  });

  it("of a site that comes or goes have nothing on the other side", () => {
    expect(moves(base, { ...base, sites: [] }, seen)[0]).toEqual([null, "1/2 0?", null]);
    const nothing = { ...seen, partners: [] };
    expect(moves(null, base, nothing)[0]).toEqual([null, null, "0/2 2?"]);
  });

  it("are not known for a site that was in force and was not observed", () => {
    expect(moves(base, { ...base, checks: ["alpha"] }, { ...seen, partners: [] })).toEqual([
      "lanternfish/clinic",
    ]);
  });

  it("never gain a pass from a plan", () => {
    const anyVerdict = fc.constantFrom<Verdict>("pass", "fail", "error", "not_applicable", "unknown");
    const anyChecks = fc.uniqueArray(fc.constantFrom("alpha", "beta", "gamma"), { minLength: 1 });
    const anyRationale = fc.constantFrom("one", "two");
    const anySample = fc.record({ checks: anyChecks, rationale: anyRationale });
    fc.assert(
      fc.property(
        anySample,
        anySample,
        fc.dictionary(fc.constantFrom("alpha", "beta", "gamma"), anyVerdict),
        (a, b, verdicts) => {
          const [before, after] = [
            { ...base, ...a },
            { ...base, ...b },
          ];
          const sides = { before: partnersOf(before), after: partnersOf(after) };
          const found = scoreMoves(sides, observedPlaces(observedOf(before, { verdicts })));
          for (const move of found.moves) {
            expect(move.after?.pass ?? 0).toBeLessThanOrEqual(move.before?.pass ?? 0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

function assignmentsOf(sample: Sample): readonly Assignment[] {
  const graph = sampleGraph(sample);
  const stamp = { generation: 1, revision: "a".repeat(40), issuedAt: now, healUntil };
  return enrolledAppliances(graph).flatMap((target) => deriveAssignment(graph, target, stamp) ?? []);
}

function heals(before: Sample, after: Sample, observed: ObservedState): ForeseenHeals {
  const published = assignmentsOf(before);
  const desired = assignmentsOf(after).map((assignment) => ({
    target: { partner: "lanternfish", site: "clinic", appliance: "box" },
    assignment,
  }));
  return healMoves({
    actions: plan(desired, published, null),
    assigned: (id) => published.find(({ appliance }) => appliance === id),
    places: observedPlaces(observed),
    nowMs: Date.parse(now),
  });
}

const inMode = (mode: "off" | "dry-run" | "full", more: Partial<Sample> = {}): Sample => ({
  ...base,
  sites: [{ name: "clinic", hosts: ["desk"], healing: { mode, riskCeiling: "medium" } }],
  ...more,
});

describe("heals", () => {
  const seen = observedOf(base, { verdicts: { alpha: "fail", beta: "pass" } });
  const byRule = { rule: "alpha", runbook: "fix-alpha", conditional: false };

  it("that would fire are named with rule and runbook, and with what held them before", () => {
    expect(heals(inMode("off"), inMode("full"), seen)).toMatchObject({
      moves: [
        {
          host: "desk",
          check: "alpha",
          before: { heals: [], hold: { code: "HEALING_OFF", until: null } },
          after: { heals: [byRule], hold: null },
        },
      ],
      same: 0,
    });
  });

  it("that would stop are named with why", () => {
    const stopped = { ...base, sites: [{ name: "clinic", hosts: ["desk"], stopped: true }] };
    const [move] = heals(base, stopped, seen).moves;
    expect(move).toMatchObject({
      before: { heals: [byRule] },
      after: { heals: [], hold: { code: "KILL_SWITCH" } },
    });
  });

  it("rest on a condition where the rule has one: what then holds is not guessed", () => {
    const [move] = heals(inMode("off"), inMode("full", { conditional: ["alpha"] }), seen).moves;
    expect(move?.after).toEqual({
      heals: [{ ...byRule, conditional: true }],
      hold: { code: "NO_RULE", until: null },
    });
  });

  it("are held by what the box said of itself, and by the heals that were counted", () => {
    const holdOf = (more: Omit<Seen, "verdicts">): unknown => {
      const [move] = heals(
        { ...base, sites: [] },
        inMode("full"),
        observedOf(base, { verdicts: { alpha: "fail" }, ...more }),
      ).moves;
      return move?.after?.hold;
    };
    const failed = (ms: number): ObservedHeal => ({
      host: desk,
      check: "alpha",
      rule: "alpha",
      outcome: "failed",
      startedAt: ago(ms),
    });
    expect(holdOf({ box: { stops: ["SUSPENDED"] } })).toEqual({ code: "SUSPENDED", until: null });
    expect(holdOf({ box: { ceiling: { ...ceiling, mode: "off" } } })).toEqual({
      code: "BOX_OFF",
      until: null,
    });
    expect(holdOf({ box: { ceiling: { ...ceiling, hosts: "practice" } } })).toEqual({
      code: "BOX_CEILING",
      until: null,
    });
    expect(holdOf({ heals: [failed(minute), failed(3 * minute), failed(2 * minute)] })).toEqual({
      code: "BUDGET_SPENT",
      until: new Date(Date.parse(ago(3 * minute)) + 24 * 60 * minute).toISOString(),
    });
  });

  it("are not known where the check changes, or the box never said what it may do", () => {
    const another = inMode("full", { rationale: "another" });
    expect(heals(inMode("full"), another, seen).moves).toMatchObject([
      { before: { heals: [byRule] }, after: null },
    ]);
    const silent = observedOf(base, { verdicts: { alpha: "fail" }, box: { ceiling: null } });
    expect(heals(inMode("off"), inMode("full"), silent)).toEqual({
      moves: [],
      same: 0,
      notKnown: ["lanternfish/clinic"],
    });
  });

  it("that stay as they are are counted", () => {
    const faster = { ...base, sites: [{ name: "clinic", hosts: ["desk"], cadence: "5s" }] };
    expect(heals(base, faster, seen)).toEqual({ moves: [], same: 1, notKnown: [] });
  });

  it("of what another appliance saw are not foreseen: a box judges by its own looks", () => {
    const elsewhere = observedOf(base, { verdicts: { alpha: "fail" }, box: { hosts: [] } });
    expect(heals(inMode("off"), inMode("full"), elsewhere)).toEqual({ moves: [], same: 0, notKnown: [] });
  });

  it("of pairs that are not looked at any more, and of a place that was not observed, are none", () => {
    expect(heals(base, { ...base, checks: ["beta"] }, seen)).toEqual({ moves: [], same: 0, notKnown: [] });
    expect(heals(inMode("off"), inMode("full"), { ...seen, partners: [] })).toEqual({
      moves: [],
      same: 0,
      notKnown: [],
    });
  });
});

describe("a forecast in words", () => {
  it("says that nothing is known when nothing observed was given, and no number", () => {
    expect(describeForecast(null)).toEqual([
      "heals, scores: not known here; give what was observed by --observed",
    ]);
  });

  it("says what moves and what is done about each fail", () => {
    const observed = observedOf(base, { verdicts: { alpha: "fail", beta: "pass" } });
    const after = inMode("full", { checks: ["alpha", "gamma"], conditional: ["alpha"] });
    const { moves: healed, same: sameHeals } = heals(inMode("off"), after, observed);
    const { moves: scores } = scoreMoves(
      { before: partnersOf(inMode("off")), after: partnersOf(after) },
      observedPlaces(observed),
    );
    expect(
      describeForecast({ asOf: now, scores, heals: healed, sameHeals, notKnown: ["lanternfish/quay"] }),
    ).toEqual([
      `scores, as observed at ${now}:`,
      "  lanternfish/clinic",
      "    from 1 of 2 pass, 1 fail",
      "    to   0 of 2 pass, 1 fail, 1 unknown",
      "  lanternfish/clinic iso",
      "    from 1 of 2 pass, 1 fail",
      "    to   0 of 2 pass, 1 fail, 1 unknown",
      `heals of what failed at ${now}:`,
      "  lanternfish/clinic desk alpha",
      "    before: not healed: healing is off at this site",
      "    after: healed by rule alpha, runbook fix-alpha, if its condition holds; otherwise not healed: no healing rule applies; a person is told",
      "not observed, so not known here: lanternfish/quay",
    ]);
  });
});
