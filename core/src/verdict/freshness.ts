const leastFreshnessMs = 10 * 60_000;

/** How long a verdict holds after it was last confirmed: three intervals, at least ten minutes. */
export function freshnessMs(intervalMs: number): number {
  return Math.max(3 * intervalMs, leastFreshnessMs);
}

/** When a verdict confirmed then stops being known. Both times in milliseconds since 1970. */
export function freshUntilMs(confirmedAtMs: number, intervalMs: number): number {
  return confirmedAtMs + freshnessMs(intervalMs);
}
