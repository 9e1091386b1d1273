const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One formatter per zone: making one costs far more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** What was formatted lately: a site's pages say few instants many times. */
const formatted = new Map<string, string>();
const MOST_FORMATTED = 20_000;

/** An instant in a zone, with seconds: "23 Nov 2026, 18:26:54". */
export function formatInstant(instant: string, zone: string): string {
  const key = `${instant}${zone}`;
  const known = formatted.get(key);
  if (known !== undefined) return known;
  if (formatted.size >= MOST_FORMATTED) formatted.clear();
  const text = formatterFor(zone).format(new Date(instant));
  formatted.set(key, text);
  return text;
}

/** A span of time; the day is said once when both ends are in it: "23 Nov 2026, 18:22:48 to 18:23:00". */
export function formatSpan(start: string, end: string, zone: string): string {
  const [from, to] = [formatInstant(start, zone), formatInstant(end, zone)];
  const day = from.slice(0, from.indexOf(",") + 2);
  return `${from} to ${to.startsWith(day) ? to.slice(day.length) : to}`;
}

/** The zone by its name and, at that instant, its distance from UTC: "Europe/Berlin (UTC+1)". */
export function zoneLabel(zone: string, instant: string): string {
  const key = `${zone} ${instant}`;
  const label = labels.get(key) ?? makeLabel(zone, instant);
  labels.set(key, label);
  return label;
}

/** Every page of a build has the label of one of few zones at one instant. */
const labels = new Map<string, string>();

function makeLabel(zone: string, instant: string): string {
  const known = knownZone(zone);
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: known,
    timeZoneName: "shortOffset",
  }).formatToParts(new Date(instant));
  const offset = parts.find((part) => part.type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "UTC";
  return known === "UTC" ? known : `${known} (${offset})`;
}

/** A length of time in words, with its two largest units at most: "3 days", "2 h 5 min", "40 s". */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < 100) return "under 0.1\u00a0s";
  if (whole < 1000) return `${(whole / 1000).toFixed(1)} s`;
  if (whole < MINUTE) return `${Math.floor(whole / 1000)} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  if (whole < DAY) return withRest(Math.floor(whole / HOUR), "h", Math.floor((whole % HOUR) / MINUTE), "min");
  const days = Math.floor(whole / DAY);
  return `${days} ${days === 1 ? "day" : "days"}`;
}

/**
 * When something is to happen next, on a page that is read later than it was made: a time within the next minute is
 * over before anybody reads it, and one that is past tells that it did not happen.
 */
export function nextText(next: string, asOf: string, zone: string): string {
  const aheadMs = Date.parse(next) - Date.parse(asOf);
  if (aheadMs > MINUTE) return formatInstant(next, zone);
  return aheadMs < -MINUTE ? `was due ${formatInstant(next, zone)}` : "within a minute";
}

/** The time between two instants, in words. */
export function between(from: string, to: string): string {
  return formatDuration(Date.parse(to) - Date.parse(from));
}

function withRest(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: knownZone(zone),
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  formatters.set(zone, made);
  return made;
}

/** A zone this runtime does not know must not stop a page: then UTC, and the label says so. */
function knownZone(zone: string): string {
  try {
    Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

/** The zone for pages about several sites: the one they share, else UTC. */
export function fleetZone(sites: readonly { readonly zone: string }[]): string {
  const zones = new Set(sites.map((site) => site.zone));
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : "UTC";
}
