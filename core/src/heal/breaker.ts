import type { AttemptOutcome } from "./situation.ts";

/** The breaker opens when the newest heals of so many different pairs failed within that time. */
const FAILED_PAIRS = 5;
/** How long back heals are counted. */
export const BREAKER_COUNTED_MS: number = 3_600_000;
/** How long it stays open. Then one heal may be tried: when that fails, it stays open as long again. */
export const BREAKER_COOL_OFF_MS: number = 3_600_000;

/** A heal of any pair of the site. Times in milliseconds of a clock that only counts what really passed. */
export interface SiteAttempt {
  /** By `pairKey`. */
  readonly pair: string;
  readonly at: number;
  readonly outcome: AttemptOutcome | null;
}

/** A site's circuit breaker. */
export interface Breaker {
  /** When it opened; null while it is closed. */
  readonly openedAt: number | null;
  /** Only attempts from then on count towards opening it. */
  readonly countedFrom: number;
}

/** The breaker before a heal's first step: the one heal that may be tried after the cool-off begins a new one. */
export function breakerBefore(breaker: Breaker, now: number): Breaker {
  return breaker.openedAt === null ? breaker : { ...breaker, openedAt: now };
}

/**
 * The breaker after a heal ended. One that healed closes it; one that failed opens it when it was open, or when too
 * many pairs failed.
 * @param attempts of every pair of the site, oldest first, with the one that ended
 */
export function breakerAfter(
  breaker: Breaker,
  outcome: AttemptOutcome,
  { attempts, now }: { readonly attempts: readonly SiteAttempt[]; readonly now: number },
): Breaker {
  if (breaker.openedAt !== null) {
    return outcome === "healed" ? { openedAt: null, countedFrom: now } : { ...breaker, openedAt: now };
  }
  const from = Math.max(breaker.countedFrom, now - BREAKER_COUNTED_MS);
  const newest = new Map(attempts.filter(({ at }) => at >= from).map((attempt) => [attempt.pair, attempt]));
  const failed = [...newest.values()].filter((attempt) => attempt.outcome !== "healed");
  return failed.length >= FAILED_PAIRS ? { ...breaker, openedAt: now } : breaker;
}
