import type { RuleSpec } from "@compline/schemas";
import type { TimeWindow } from "../evidence/statement.ts";
import { isInWindow } from "../evidence/window.ts";
import { durationMs } from "../manifest/duration.ts";
import { BREAKER_COOL_OFF_MS } from "./breaker.ts";
import { isFlapping } from "./flapping.ts";
import type { Hold, Pause } from "./hold.ts";
import { type HealAttempt, type HealPlan, type HealSituation, ruleOf } from "./situation.ts";

/** A reason that ends by itself. */
export interface PauseHold extends Hold {
  readonly code: Pause;
}

/** Failed heals of a pair in a row, whatever their rules, after which it is left to a person for a day. */
const PAIR_BUDGET = { failures: 3, windowMs: 86_400_000 };

/** What a person on the box can let be tried all the same; a maintenance window is the site's to say. */
const LIFTED: ReadonlySet<Pause> = new Set(["BREAKER_OPEN", "FLAPPING", "BUDGET_SPENT", "COOLDOWN"]);

/** The pauses that an override leaves: it lifts the box's own for one heal of the pair, and that may have begun already. */
export function withoutLifted(
  pauses: readonly PauseHold[],
  { overrideMs, attempts }: Pick<HealSituation, "overrideMs" | "attempts">,
): readonly PauseHold[] {
  const isUsed = overrideMs === null || attempts.some(({ agoMs }) => agoMs <= overrideMs);
  return isUsed ? pauses : pauses.filter(({ code }) => !LIFTED.has(code));
}

/** What holds every plan for a pair back now. */
export function pausesOfPair(situation: HealSituation): readonly PauseHold[] {
  const { pair, attempts, clock } = situation;
  const pauses: readonly (PauseHold | null)[] = [
    windowPause(situation),
    breakerPause(situation),
    isFlapping(pair.recent) ? { code: "FLAPPING", until: null } : null,
  ];
  return [
    ...pauses.filter((pause) => pause !== null),
    ...pairWaits(attempts).map((wait) => holdOf(wait, clock)),
  ];
}

/** What holds one plan back now, beside what holds back all. */
export function pausesOfPlan(
  plan: HealPlan,
  { assignment, attempts, clock }: HealSituation,
): readonly PauseHold[] {
  return ruleWaits(plan.rule, ruleOf(assignment, plan), attempts).map((wait) => holdOf(wait, clock));
}

/** A pause that follows from attempts alone, and how much longer it lasts. */
export interface AttemptWait {
  readonly code: "BUDGET_SPENT" | "COOLDOWN";
  readonly leftMs: number;
}

/** What earlier attempts on a pair, newest first, hold back whatever the rule. */
export function pairWaits(attempts: readonly HealAttempt[]): readonly AttemptWait[] {
  return budgetWaits(failedInARow(attempts), PAIR_BUDGET);
}

/** What they hold back of one rule, beside that. */
export function ruleWaits(
  name: string,
  { cooldown, maxAttempts, window }: Pick<RuleSpec, "cooldown" | "maxAttempts" | "window">,
  attempts: readonly HealAttempt[],
): readonly AttemptWait[] {
  const own = failedInARow(attempts).filter(({ rule }) => rule === name);
  const [newest] = attempts;
  return [
    ...budgetWaits(own, { failures: maxAttempts, windowMs: durationMs(window) }),
    ...(newest === undefined ? [] : waiting("COOLDOWN", durationMs(cooldown) - newest.agoMs)),
  ];
}

function holdOf({ code, leftMs }: AttemptWait, clock: number): PauseHold {
  return { code, until: clock + leftMs };
}

function waiting(code: AttemptWait["code"], leftMs: number): readonly AttemptWait[] {
  return leftMs > 0 ? [{ code, leftMs }] : [];
}

/** Attempts since the last one that healed; one that was cut short by a crash counts as failed. */
function failedInARow(attempts: readonly HealAttempt[]): readonly HealAttempt[] {
  const healed = attempts.findIndex(({ outcome }) => outcome === "healed");
  return healed === -1 ? attempts : attempts.slice(0, healed);
}

/** It is over when the oldest failure that fills the budget has left its window. */
function budgetWaits(
  failed: readonly HealAttempt[],
  { failures, windowMs }: typeof PAIR_BUDGET,
): readonly AttemptWait[] {
  const filling = failed[failures - 1];
  return filling === undefined ? [] : waiting("BUDGET_SPENT", windowMs - filling.agoMs);
}

function breakerPause({ breakerOpenMs, clock }: HealSituation): PauseHold | null {
  const leftMs = breakerOpenMs === null ? 0 : BREAKER_COOL_OFF_MS - breakerOpenMs;
  return leftMs > 0 ? { code: "BREAKER_OPEN", until: clock + leftMs } : null;
}

/**
 * Both the clock and effective now must lie in a window: after a clock ran ahead and was set back, evidence goes on
 * from the later time, and the earlier one is the true one.
 */
function windowPause({ assignment, now, clock }: HealSituation): PauseHold | null {
  const { windows } = assignment.healing;
  const opens = [now, clock].map((at) => nextIn(windows, new Date(at).toISOString()));
  if (opens.every((at) => at === "now")) return null;
  const times = opens.flatMap((at) => (at === "now" ? [] : [at]));
  const until = times.includes(null) ? null : Math.max(...times.map((at) => Date.parse(at ?? "")));
  return { code: "OUTSIDE_WINDOW", until };
}

/** When a time in a window comes: now, at the start of the next one, or, null, not under this assignment. */
function nextIn(windows: readonly TimeWindow[] | null, at: string): string | null {
  if (windows === null || isInWindow(windows, at)) return "now";
  return (
    windows
      .map(({ start }) => start)
      .filter((start) => start > at)
      .toSorted()[0] ?? null
  );
}
