import { effectiveHealing } from "./guards.ts";
import type { Hold, Obstacle, Stop } from "./hold.ts";
import { obstacleOf } from "./obstacle.ts";
import { type PauseHold, pausesOfPair, pausesOfPlan, withoutLifted } from "./pauses.ts";
import type { HealPair, HealPlan, HealSituation } from "./situation.ts";

/** What a pair that is held is reported as, once for each state it is in. */
export type Telling =
  | ({ readonly kind: "dry-run" | "refuse" } & HealPlan)
  | { readonly kind: "escalate"; readonly because: Obstacle | "BUDGET_SPENT" | "FLAPPING" };

/** What to do about a pair: `nothing` when it does not fail. */
export type HealDecision =
  | { readonly kind: "nothing" }
  /** `overridden`: only because a person let it be tried. */
  | ({ readonly kind: "heal"; readonly overridden: boolean } & HealPlan)
  | { readonly kind: "hold"; readonly hold: Hold; readonly tell: Telling | null };

/**
 * Decides. L1 when a rule applies and every guard lets it; otherwise why not, until when, and what is to be told: a
 * person (L3), when no rule may run, the budget is spent or the verdict flaps; nobody while healing is off. Lowering
 * a limit never makes it heal: a heal needs one plan that nothing holds back, and a lower limit only takes plans away.
 */
export function decideHeal(situation: HealSituation): HealDecision {
  const { pair } = situation;
  if (pair.verdict !== "fail") return { kind: "nothing" };
  const stop = stopOf(situation);
  if (stop !== null && stop !== "DRY_RUN") return held({ code: stop, until: null }, null);
  const candidates = rank(situation);
  const free = candidates.filter((plan) => obstacleOf(plan, situation) === null);
  const [first] = free;
  if (stop === "DRY_RUN") {
    const tell = first === undefined || pair.told !== null ? null : { kind: "dry-run" as const, ...first };
    return held({ code: stop, until: null }, tell);
  }
  if (first === undefined) return blocked(situation, candidates[0]);
  const shared = pausesOfPair(situation);
  const plans = free.map((plan) => ({ plan, pauses: [...shared, ...pausesOfPlan(plan, situation)] }));
  const ready =
    plans.find(({ pauses }) => pauses.length === 0) ??
    plans.find(({ pauses }) => withoutLifted(pauses, situation).length === 0);
  if (ready !== undefined) return { kind: "heal", ...ready.plan, overridden: ready.pauses.length > 0 };
  const soonest = plans.map(({ pauses }) => pauses).reduce((a, b) => (endOf(b) < endOf(a) ? b : a));
  return paused(pair, soonest);
}

function stopOf(situation: HealSituation): Stop | null {
  const { assignment, ceiling, stops, now } = situation;
  const { mode, reasons } = effectiveHealing(assignment, situation, now);
  const [stopped] = stops;
  if (stopped !== undefined) return stopped;
  if (reasons.includes("KILL_SWITCH")) return "KILL_SWITCH";
  if (assignment.healing.mode === "off") return "HEALING_OFF";
  if (ceiling.mode === "off") return "BOX_OFF";
  if (reasons.includes("HEAL_UNTIL_PASSED")) return "HEAL_UNTIL_PASSED";
  return mode === "dry-run" ? "DRY_RUN" : null;
}

/** The rules that apply, best first: by priority (higher first), then by name. */
function rank({ assignment, pair, applicable }: HealSituation): readonly HealPlan[] {
  const platform = assignment.hosts.find(({ id }) => id === pair.host)?.platform;
  return applicable
    .flatMap((name) => {
      const rule = assignment.definitions.rules[name];
      const fits = rule?.check === pair.check && rule.platforms.some((each) => each === platform);
      return fits ? [{ name, rule }] : [];
    })
    .toSorted((a, b) => b.rule.priority - a.rule.priority || (a.name < b.name ? -1 : 1))
    .map(({ name, rule }) => ({ rule: name, runbook: rule.runbook }));
}

/** No plan may ever run: the best one's obstacle says why. */
function blocked(situation: HealSituation, best: HealPlan | undefined): HealDecision {
  const { pair } = situation;
  const because = best === undefined ? "NO_RULE" : (obstacleOf(best, situation) ?? "NO_RULE");
  const hold = { code: because, until: null };
  if (best !== undefined && because === "PRACTICE_HOST" && pair.told === null)
    return held(hold, { kind: "refuse", ...best });
  return held(hold, escalation(pair, because));
}

/** Named is what holds longest; told is what only a person can end. */
function paused(pair: HealPair, pauses: readonly PauseHold[]): HealDecision {
  const hold = pauses.reduce((a, b) => (timeOf(b) > timeOf(a) ? b : a));
  const codes = pauses.map(({ code }) => code);
  const because = (["BUDGET_SPENT", "FLAPPING"] as const).find((code) => codes.includes(code));
  return held(hold, because === undefined ? null : escalation(pair, because));
}

function escalation(
  pair: HealPair,
  because: (Telling & { readonly kind: "escalate" })["because"],
): Telling | null {
  return pair.told === "escalated" ? null : { kind: "escalate", because };
}

function endOf(pauses: readonly PauseHold[]): number {
  return Math.max(...pauses.map(timeOf));
}

function timeOf({ until }: PauseHold): number {
  return until ?? Number.POSITIVE_INFINITY;
}

function held(hold: Hold, tell: Telling | null): HealDecision {
  return { kind: "hold", hold, tell };
}
