/** The clock as a port: milliseconds since 1970, UTC. Nothing in the controller asks the time elsewhere. */
export type Clock = () => number;

/** An instant as evidence writes it: `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** Whether a text of that form names a time that exists: not the 99th of a month, which no arithmetic can take. */
export function isInstant(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && instantOf(ms) === text;
}
