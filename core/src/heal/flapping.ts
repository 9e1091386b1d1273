import type { Verdict } from "../evidence/statement.ts";

/** How many results of a pair are remembered. */
const REMEMBERED = 6;
/** So many changes among them are too many. */
const TOO_MANY_CHANGES = 3;

/** The remembered results of a pair after one more look at it. */
export function withResult(recent: readonly Verdict[], verdict: Verdict): readonly Verdict[] {
  return [...recent, verdict].slice(-REMEMBERED);
}

/**
 * True when a pair's verdict changed three times within its last six results. Something else is then at work on the
 * host, and healing would only take part. It ends when six results hold fewer changes.
 */
export function isFlapping(recent: readonly Verdict[]): boolean {
  const changes = recent.filter((verdict, at) => at > 0 && verdict !== recent[at - 1]);
  return changes.length >= TOO_MANY_CHANGES;
}
