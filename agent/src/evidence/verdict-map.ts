import {
  freshnessMs,
  type HealPair,
  isFlapping,
  type Observed,
  pairKey,
  type PairVerdict,
  type Told,
  type Verdict,
  withResult,
} from "@compline/core/appliance";
import type { Assignment } from "@compline/schemas";

/** What is known of one host and check. Times in milliseconds since 1970. */
export interface PairState extends HealPair {
  /** Digest of the check that judged. */
  readonly checkDigest: string;
  readonly reason: string | null;
  readonly observed: Observed | null;
  /** Since when the verdict has been this one. */
  readonly since: number | null;
  /** The last observation, of any verdict. */
  readonly observedAt: number | null;
}

/** Every pair of the assignment in force, by `pairKey`. */
export type VerdictMap = ReadonlyMap<string, PairState>;

/** What one run of a check on one host saw. */
export interface Observation {
  readonly host: string;
  readonly check: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly observed: Observed | null;
  readonly at: number;
}

/** The map of a new assignment: a pair judged by the same check keeps what is known, any other was never seen. */
export function adoptPairs(known: VerdictMap, assignment: Assignment): VerdictMap {
  const rows = assignment.pairs.map(([host, check]): [string, PairState] => {
    const key = pairKey(host, check);
    const checkDigest = assignment.checks[check] ?? "";
    const row = known.get(key);
    return [key, row?.checkDigest === checkDigest ? row : neverSeen(host, check, checkDigest)];
  });
  return new Map(rows);
}

/** The map after an observation. One of a pair that is no longer assigned changes nothing. */
export function observe(map: VerdictMap, seen: Observation): VerdictMap {
  const key = pairKey(seen.host, seen.check);
  const before = map.get(key);
  if (before === undefined) return map;
  const { at, ...judged } = seen;
  const since = before.verdict === seen.verdict ? before.since : at;
  const recent = withResult(before.recent, seen.verdict);
  const after = { ...before, ...judged, since, observedAt: at, recent };
  // What goes back and forth is not told anew at each turn.
  const news = isChange(before, after) && !isFlapping(recent);
  return new Map(map).set(key, news ? { ...after, told: null } : after);
}

/** The map with every pair past its freshness made `unknown (STALE)`; the same map when there is none. */
export function expire(map: VerdictMap, now: number, intervals: Assignment["intervals"]): VerdictMap {
  const after = new Map<string, PairState>();
  for (const [key, row] of map) {
    const { verdict, observedAt } = row;
    if (verdict === "unknown" || observedAt === null) continue;
    if (now <= observedAt + freshnessMs(intervals[row.check] ?? 0)) continue;
    after.set(key, { ...row, verdict: "unknown", reason: "STALE", observed: null, since: now, told: null });
  }
  return after.size === 0 ? map : new Map([...map, ...after]);
}

/** Notes what was told about a pair. */
export function tell(map: VerdictMap, pair: PairVerdict, told: Told | null): VerdictMap {
  const key = pairKey(pair.host, pair.check);
  const row = map.get(key);
  return row === undefined ? map : new Map(map).set(key, { ...row, told });
}

/** The rows that evidence has to name because they differ from the map of the last bundle. */
export function changedRows(committed: VerdictMap, current: VerdictMap): readonly PairState[] {
  return [...current].flatMap(([key, row]) => {
    const before = committed.get(key);
    return before === undefined || isChange(before, row) ? [row] : [];
  });
}

function isChange(before: PairState, after: PairState): boolean {
  return (
    before.verdict !== after.verdict ||
    before.reason !== after.reason ||
    !sameObserved(before.observed, after.observed)
  );
}

function sameObserved(a: Observed | null, b: Observed | null): boolean {
  if (a === null || b === null) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}

function neverSeen(host: string, check: string, checkDigest: string): PairState {
  return {
    host,
    check,
    checkDigest,
    verdict: "unknown",
    reason: "NEVER_SEEN",
    observed: null,
    since: null,
    observedAt: null,
    told: null,
    recent: [],
  };
}
