import type { ChainPlace, Instant, Observation } from "../evidence/statement.ts";
import { type ChainDay, type Day, dayOf, HISTORY_DAYS, noVerdicts, sumOf } from "./history.ts";
import type { KeptBundle } from "./recorded-bundles.ts";
import { forEachRow, type RecordedRows } from "./recorded-rows.ts";

/** The last word of each day, as a chain is followed. */
export interface ChainDays {
  past: readonly PastDay[];
  today: OpenDay | null;
  /** The newest day that a bundle told of. It never goes back: what arrived out of order joins it. */
  day: Day;
}

/** A day that is over, and the place whose bundle had its last word. */
interface PastDay {
  readonly place: ChainPlace;
  readonly said: ChainDay;
}

/** The day of the newest observation. */
interface OpenDay {
  readonly bundle: KeptBundle;
  readonly at: Instant;
  /** Pairs that its map has. */
  readonly expected: number;
  readonly beganToFail: number;
}

/** Of a chain without a bundle. */
export function noDays(): ChainDays {
  return { past: [], today: null, day: "" };
}

/** To be called before a bundle that tells of `at` changes the rows: with a new day the one before is over. */
export function turnDay(days: ChainDays, at: Instant, rows: RecordedRows): void {
  const day = dayOf(at);
  if (day <= days.day) return;
  if (days.today !== null) days.past = [...days.past, closed(days, days.today, rows)].slice(1 - HISTORY_DAYS);
  days.today = null;
  days.day = day;
}

/** An observation has the last word of the day, until another comes. */
export function noteObservation(
  days: ChainDays,
  bundle: KeptBundle,
  { coverage, at }: { readonly coverage: Observation["coverage"]; readonly at: Instant },
): void {
  const beganToFail = days.today?.beganToFail ?? 0;
  days.today = { bundle, at, expected: coverage.expected, beganToFail };
}

/** What failed before the chain was last heard of did not begin with this observation. */
export function noteFails(days: ChainDays, { results }: Observation, heardBefore: Instant | null): void {
  if (days.today === null || heardBefore === null) return;
  const began = results.filter(({ verdict, since }) => verdict === "fail" && (since ?? "") > heardBefore);
  days.today = { ...days.today, beganToFail: days.today.beganToFail + began.length };
}

/** All days, oldest first. What a contested bundle said counts for nothing. */
export function daysOf(
  days: ChainDays,
  rows: RecordedRows,
  isContested: (place: ChainPlace) => boolean,
): readonly ChainDay[] {
  const all = days.today === null ? days.past : [...days.past, closed(days, days.today, rows)];
  return all.map(({ place, said }) => {
    if (!isContested(place)) return said;
    return { ...said, counts: { ...noVerdicts(), unknown: sumOf(said.counts) }, beganToFail: 0 };
  });
}

/** Pairs without a row, as in a doubt or before a snapshot, are unknown. */
function closed(
  { day }: ChainDays,
  { bundle, at, expected, beganToFail }: OpenDay,
  rows: RecordedRows,
): PastDay {
  const { chain, site } = bundle;
  const counts = noVerdicts();
  forEachRow(rows, ({ verdict }) => (counts[verdict] += 1));
  counts.unknown += Math.max(0, expected - sumOf(counts));
  return { place: chain, said: { day, site, at, bundle: bundle.digest, counts, beganToFail } };
}
