import type { DeclaredWindow, SiteWindow } from "@compline/schemas";
import type { Instant, TimeWindow } from "../evidence/statement.ts";
import { firstInstantOf, wallClock } from "./time-zone.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** In the order of `Date.getUTCDay`. */
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** A site's maintenance windows, each with its zone; null when it declares none. */
export function declaredWindows(
  windows: readonly SiteWindow[] | undefined,
  timeZone: string,
): readonly DeclaredWindow[] | null {
  return windows?.map((window) => ({ timeZone, ...window })) ?? null;
}

/**
 * The windows that are open at some time between two instants, as UTC intervals, sorted and apart; null when none are
 * declared. One that is open already is not cut at `from`, for a box's clock may be slow; none lasts beyond `until`.
 */
export function expandWindows(
  windows: readonly DeclaredWindow[] | null,
  from: Instant,
  until: Instant,
): readonly TimeWindow[] | null {
  if (windows === null) return null;
  const [first, last] = [Date.parse(from), Date.parse(until)];
  const open = windows
    .flatMap((window) => occurrences(window, first, last))
    .filter(({ start, end }) => start < end && end > first && start < last)
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
  return merged(open).map(({ start, end }) => ({
    start: new Date(start).toISOString(),
    end: new Date(Math.min(end, last)).toISOString(),
  }));
}

interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Each time a window starts on one of its days, from the day before the first instant on. */
function occurrences(
  { days, start, end, timeZone }: DeclaredWindow,
  from: number,
  until: number,
): readonly Interval[] {
  const [startsAt, endsAt] = [minutesOf(start), minutesOf(end)];
  const endDay = endsAt > startsAt ? 0 : DAY_MS;
  const [firstDay, lastDay] = [from - DAY_MS, until].map(
    (at) => Math.floor(wallClock(timeZone, at) / DAY_MS) * DAY_MS,
  ) as [number, number]; // two in, two out
  const found: Interval[] = [];
  for (let day = firstDay; day <= lastDay; day += DAY_MS) {
    const weekday = WEEKDAYS[new Date(day).getUTCDay()];
    if (!days.some((each) => each === weekday)) continue;
    found.push({
      start: firstInstantOf(timeZone, day + startsAt * MINUTE_MS),
      end: firstInstantOf(timeZone, day + endDay + endsAt * MINUTE_MS),
    });
  }
  return found;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Windows that touch or overlap as one. */
function merged(sorted: readonly Interval[]): readonly Interval[] {
  const apart: Interval[] = [];
  for (const next of sorted) {
    const last = apart.at(-1);
    if (last === undefined || next.start > last.end) apart.push(next);
    else apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
  }
  return apart;
}
