const HOUR_MS = 3_600_000;
/** No zone changes its clocks twice within so long. */
const APART_MS = 24 * HOUR_MS;

/** Making a formatter takes as long as reading a file, and sites share a few zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const REMEMBERED = 100;

/**
 * What the clocks of a zone show at an instant, written as the instant at which UTC shows the same.
 * Both in milliseconds since 1970, to the second.
 */
export function wallClock(timeZone: string, instant: number): number {
  const parts = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The first instant at which the clocks of a zone show a time or a later one. So a time that is skipped is the moment
 * the clocks are put forward, and of a time that comes twice it is the first.
 * @param wall written as the instant at which UTC shows it, in milliseconds since 1970, to the second
 */
export function firstInstantOf(timeZone: string, wall: number): number {
  const [before, after] = [wall - APART_MS, wall + APART_MS];
  const [offsetBefore, offsetAfter] = [before, after].map((at) => wallClock(timeZone, at) - at) as [
    number,
    number,
  ]; // two in, two out
  if (offsetBefore === offsetAfter) return wall - offsetBefore;
  const change = changeBetween(timeZone, { from: before, to: after, offset: offsetBefore });
  const early = wall - offsetBefore;
  return early < change ? early : Math.max(change, wall - offsetAfter);
}

/** The first instant from which the zone's offset is no more what it was, to the second. */
function changeBetween(
  timeZone: string,
  { from, to, offset }: { readonly from: number; readonly to: number; readonly offset: number },
): number {
  let [old, changed] = [from, to];
  while (changed - old > 1000) {
    const middle = Math.floor((old + changed) / 2000) * 1000;
    if (wallClock(timeZone, middle) - middle === offset) old = middle;
    else changed = middle;
  }
  return changed;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (formatters.size < REMEMBERED) formatters.set(timeZone, formatter);
  return formatter;
}
