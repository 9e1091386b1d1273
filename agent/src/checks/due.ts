import type { VerdictMap } from "../evidence/verdict-map.ts";

/** What decides when a pair is looked at. Times are monotonic milliseconds. */
export interface Schedule {
  /** How often each check runs, by its name. */
  readonly intervals: Readonly<Record<string, number>>;
  /** When each pair ran last, by `pairKey`. One that has not run in this process is due at once. */
  readonly runs: ReadonlyMap<string, number>;
  /** Pairs to look at again earlier than their interval says. */
  readonly retries: ReadonlyMap<string, number>;
}

/** The pairs to look at now, the one that waited longest first. */
export function duePairs(map: VerdictMap, schedule: Schedule, now: number): readonly string[] {
  return [...map.keys()]
    .filter((key) => dueAt(key, map, schedule) <= now)
    .toSorted((a, b) => (schedule.runs.get(a) ?? -1) - (schedule.runs.get(b) ?? -1));
}

/** When the next pair becomes due; null when there are no pairs. */
export function nextDueAt(map: VerdictMap, schedule: Schedule): number | null {
  const times = [...map.keys()].map((key) => dueAt(key, map, schedule));
  return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
}

function dueAt(key: string, map: VerdictMap, { intervals, runs, retries }: Schedule): number {
  const ranAt = runs.get(key);
  // What grew stale did so while the machine slept, which the monotonic clock does not count.
  if (ranAt === undefined || map.get(key)?.reason === "STALE") return Number.NEGATIVE_INFINITY;
  const byInterval = ranAt + (intervals[map.get(key)?.check ?? ""] ?? 0);
  return Math.min(byInterval, retries.get(key) ?? Number.POSITIVE_INFINITY);
}
