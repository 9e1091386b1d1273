import type { Digest, Instant, Verdict } from "../evidence/statement.ts";

/** How many days a history goes back, today included. */
export const HISTORY_DAYS = 90;

const dayMs = 24 * 3_600_000;
/** Two heartbeats: with less silence, what an appliance said last is what it says of today. */
const quietMs = 4 * 3_600_000;

/** A UTC date, `YYYY-MM-DD`. */
export type Day = string;

/** How many host-checks had each verdict. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** The last word of a chain on a day. */
export interface ChainDay {
  readonly day: Day;
  /** ULID of the site it was at. */
  readonly site: string;
  /** Of which time the bundle tells, and which it is. */
  readonly at: Instant;
  readonly bundle: Digest;
  /** After that bundle; all are unknown where the chain was in doubt. */
  readonly counts: VerdictCounts;
  /** How many host-checks began to fail on that day. */
  readonly beganToFail: number;
}

/** What the chains of a site said at the end of a day, in UTC: raw verdicts, as they were signed. */
export interface HistoryDay extends VerdictCounts {
  readonly day: Day;
  readonly beganToFail: number;
  /** The bundles that say so, one of each appliance; those of an appliance without one are counted as unknown. */
  readonly bundles: readonly Digest[];
}

/** The day of an instant. */
export function dayOf(instant: Instant): Day {
  return instant.slice(0, 10);
}

/** Counts of nothing. */
export function noVerdicts(): Record<Verdict, number> {
  return { pass: 0, fail: 0, error: 0, unknown: 0, not_applicable: 0 };
}

/**
 * A site's verdicts day by day, from the first day with evidence to `now`, at most 90. A day on which an appliance
 * signed nothing counts its host-checks as unknown: an appliance signs a heartbeat every two hours.
 */
export function siteHistory(
  site: string,
  chains: readonly (readonly ChainDay[])[],
  now: Instant,
): readonly HistoryDay[] {
  const own = chains
    .map((days) => days.filter((one) => one.site === site))
    .filter(({ length }) => length > 0);
  const first = own.flatMap(([day]) => day?.day ?? []).toSorted()[0];
  if (first === undefined) return [];
  return daysBetween(first, dayOf(now)).map((day) => historyDay(day, own, now));
}

function daysBetween(first: Day, last: Day): readonly Day[] {
  const count = (Date.parse(last) - Date.parse(first)) / dayMs + 1;
  const length = Math.max(0, Math.min(count, HISTORY_DAYS));
  return Array.from({ length }, (_, n) =>
    dayOf(new Date(Date.parse(last) - (length - 1 - n) * dayMs).toISOString()),
  );
}

function historyDay(day: Day, chains: readonly (readonly ChainDay[])[], now: Instant): HistoryDay {
  const counts = noVerdicts();
  const bundles: Digest[] = [];
  let beganToFail = 0;
  for (const days of chains) {
    const last = days.findLast((one) => one.day <= day);
    if (last === undefined) continue;
    const speaks =
      last.day === day || (day === dayOf(now) && Date.parse(now) - Date.parse(last.at) < quietMs);
    if (!speaks) {
      counts.unknown += sumOf(last.counts);
      continue;
    }
    for (const [verdict, n] of Object.entries(last.counts)) counts[verdict as Verdict] += n;
    bundles.push(last.bundle);
    if (last.day === day) beganToFail += last.beganToFail;
  }
  return { day, ...counts, beganToFail, bundles };
}

/** How many there are. */
export function sumOf(counts: VerdictCounts): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}
