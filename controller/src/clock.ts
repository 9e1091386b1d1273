/** The clock as a port: milliseconds since 1970, UTC. Nothing in the controller asks the time elsewhere. */
export type Clock = () => number;

/** An instant as evidence writes it: `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}

const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;

/** An instant that somebody typed, in UTC with Z; fractions of a second may be left out. Null for what names none. */
export function readInstant(text: string): string | null {
  const ms = instantForm.test(text) ? Date.parse(text) : Number.NaN;
  // A 30th of February is taken for the 2nd of March.
  return !Number.isNaN(ms) && instantOf(ms).startsWith(text.slice(0, 19)) ? instantOf(ms) : null;
}

/** Whether a text of that form names a time that exists: not the 99th of a month, which no arithmetic can take. */
export function isInstant(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && instantOf(ms) === text;
}
