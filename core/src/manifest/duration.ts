const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration that the schemas allow, such as 30s, 5m, 4h or 7d. */
export function durationMs(duration: string): number {
  const unit = unitMs[duration.slice(-1)];
  const count = Number(duration.slice(0, -1));
  if (unit === undefined || !Number.isInteger(count)) throw new Error(`unreachable: duration ${duration}`);
  return count * unit;
}
