import type { Assignment, ObservedAppliance, ObservedResult } from "@compline/schemas";
import type { ApplianceTarget } from "../assignment/derive.ts";
import { pairKey } from "../evidence/state.ts";
import { decideHeal } from "../heal/decide.ts";
import type { BoxLimits } from "../heal/guards.ts";
import type { HealAttempt, HealPlan } from "../heal/situation.ts";
import { compareText } from "../manifest/diagnostic.ts";
import type { Action } from "./action.ts";
import { type HealForecast, type HealMove, judgedBy, type ObservedPlace } from "./forecast.ts";

/** What heals are foreseen from. */
export interface HealOutlook {
  readonly actions: readonly Action[];
  /** The assignment before, by the appliance's ULID. */
  readonly assigned: (appliance: string) => Assignment | undefined;
  readonly places: ReadonlyMap<string, ObservedPlace>;
  readonly nowMs: number;
}

/** What comes of it. */
export interface ForeseenHeals {
  readonly moves: readonly HealMove[];
  readonly same: number;
  /** `partner/site` of appliances whose own limits are not known. */
  readonly notKnown: readonly string[];
}

/**
 * What is done about each observed fail of an appliance that something is published for, by the function with which
 * the box decides. What only the box knows is left out: whether a verdict flaps, and whether the breaker is open.
 */
export function healMoves(outlook: HealOutlook): ForeseenHeals {
  const found = outlook.actions.map((action) => healsOf(action, outlook));
  const all = found
    .flatMap(({ moves }) => moves)
    .filter(({ before, after }) => before !== null || after !== null);
  const moves = all.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  return {
    moves: moves.toSorted(byPlace),
    same: all.length - moves.length,
    notKnown: found.flatMap(({ notKnown }) => notKnown),
  };
}

type Found = Pick<ForeseenHeals, "moves" | "notKnown">;
const nothing: Found = { moves: [], notKnown: [] };

function healsOf(action: Action, { assigned, places, nowMs }: HealOutlook): Found {
  if (action.kind !== "publish") return nothing;
  const { target, assignment } = action;
  const place = places.get(assignment.site);
  const box = place?.site.appliances.find(({ id }) => id === assignment.appliance);
  // Nothing was ever observed by it, so no fail is known.
  if (place === undefined || box === undefined) return nothing;
  const fails = failsOf(place, box, assignment);
  if (fails.length === 0) return nothing;
  const { ceiling, stops } = box;
  if (ceiling === null) return { moves: [], notKnown: [`${target.partner}/${target.site}`] };
  const seen: Seen = { place, limits: { ceiling, stops }, nowMs };
  const before = assigned(assignment.appliance);
  return {
    moves: fails.map((fail) => moveOf(fail, target, { seen, before, after: assignment })),
    notKnown: [],
  };
}

/** Observed fails of the box's hosts that it looks at afterwards, too. */
function failsOf(
  { site }: ObservedPlace,
  { hosts }: ObservedAppliance,
  { pairs }: Assignment,
): readonly ObservedResult[] {
  const own = new Set(hosts);
  const asked = new Set(pairs.map(([host, check]) => pairKey(host, check)));
  return site.results.filter(
    ({ host, check, verdict }) => verdict === "fail" && own.has(host) && asked.has(pairKey(host, check)),
  );
}

interface Seen {
  readonly place: ObservedPlace;
  readonly limits: BoxLimits;
  readonly nowMs: number;
}

function moveOf(
  fail: ObservedResult,
  target: ApplianceTarget,
  {
    seen,
    before,
    after,
  }: { readonly seen: Seen; readonly before: Assignment | undefined; readonly after: Assignment },
): HealMove {
  const host = after.hosts.find(({ id }) => id === fail.host)?.name ?? fail.host;
  const forecast = (assignment: Assignment | undefined): HealForecast | null =>
    assignment === undefined || assignment.checks[fail.check] !== judgedBy(seen.place, fail.check)
      ? null
      : forecastOf(fail, assignment, seen);
  return { target, host, check: fail.check, before: forecast(before), after: forecast(after) };
}

/** Rules whose condition rests on facts are set aside one after the other: each may or may not apply. */
function forecastOf({ host, check }: ObservedResult, assignment: Assignment, seen: Seen): HealForecast {
  const { place, limits, nowMs } = seen;
  const pair = { host, check, verdict: "fail" as const, told: null, recent: [] };
  const attempts = attemptsOf(place, pair, nowMs);
  const heals: (HealPlan & { conditional: boolean })[] = [];
  let applicable = Object.keys(assignment.definitions.rules);
  for (;;) {
    const situation = {
      assignment,
      pair,
      applicable,
      attempts,
      breakerOpenMs: null,
      overrideMs: null,
      now: nowMs,
      clock: nowMs,
    };
    const decision = decideHeal({ ...situation, ...limits });
    if (decision.kind === "nothing") throw new Error("unreachable: a pair that fails needs a decision");
    if (decision.kind === "hold") {
      const { code, until } = decision.hold;
      return { heals, hold: { code, until: until === null ? null : new Date(until).toISOString() } };
    }
    const { rule, runbook } = decision;
    const conditional = assignment.definitions.rules[rule]?.when !== undefined;
    heals.push({ rule, runbook, conditional });
    if (!conditional) return { heals, hold: null };
    applicable = applicable.filter((name) => name !== rule);
  }
}

function attemptsOf(
  { site }: ObservedPlace,
  pair: Pick<ObservedResult, "host" | "check">,
  nowMs: number,
): readonly HealAttempt[] {
  return site.heals
    .filter(({ host, check }) => host === pair.host && check === pair.check)
    .map(({ rule, outcome, startedAt }) => ({ rule, outcome, agoMs: nowMs - Date.parse(startedAt) }))
    .toSorted((a, b) => a.agoMs - b.agoMs);
}

function byPlace(a: HealMove, b: HealMove): number {
  const keys = ({ target, host, check }: HealMove): readonly string[] => [
    target.partner,
    target.site,
    host,
    check,
  ];
  const others = keys(b);
  return keys(a).reduce((order, key, at) => order || compareText(key, others[at] ?? ""), 0);
}
