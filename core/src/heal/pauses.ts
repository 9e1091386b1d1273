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
  const { pair, attempts } = situation;
  const pauses: readonly (PauseHold | null)[] = [
    windowPause(situation),
    breakerPause(situation),
    isFlapping(pair.recent) ? { code: "FLAPPING", until: null } : null,
    budgetPause(situation, failedInARow(attempts), PAIR_BUDGET),
  ];
  return pauses.filter((pause) => pause !== null);
}

/** What holds one plan back now, beside what holds back all. */
export function pausesOfPlan(plan: HealPlan, situation: HealSituation): readonly PauseHold[] {
  const { assignment, attempts } = situation;
  const { cooldown, maxAttempts, window } = ruleOf(assignment, plan);
  const own = failedInARow(attempts).filter(({ rule }) => rule === plan.rule);
  const [newest] = attempts;
  const pauses: readonly (PauseHold | null)[] = [
    budgetPause(situation, own, { failures: maxAttempts, windowMs: durationMs(window) }),
    newest === undefined ? null : pause("COOLDOWN", situation, durationMs(cooldown) - newest.agoMs),
  ];
  return pauses.filter((each) => each !== null);
}

/** Attempts since the last one that healed; one that was cut short by a crash counts as failed. */
function failedInARow(attempts: readonly HealAttempt[]): readonly HealAttempt[] {
  const healed = attempts.findIndex(({ outcome }) => outcome === "healed");
  return healed === -1 ? attempts : attempts.slice(0, healed);
}

/** It is over when the oldest failure that fills the budget has left its window. */
function budgetPause(
  situation: HealSituation,
  failed: readonly HealAttempt[],
  { failures, windowMs }: typeof PAIR_BUDGET,
): PauseHold | null {
  const filling = failed[failures - 1];
  return filling === undefined ? null : pause("BUDGET_SPENT", situation, windowMs - filling.agoMs);
}

function breakerPause(situation: HealSituation): PauseHold | null {
  const { breakerOpenMs } = situation;
  return breakerOpenMs === null
    ? null
    : pause("BREAKER_OPEN", situation, BREAKER_COOL_OFF_MS - breakerOpenMs);
}

function pause(code: Pause, { clock }: HealSituation, leftMs: number): PauseHold | null {
  return leftMs > 0 ? { code, until: clock + leftMs } : null;
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
