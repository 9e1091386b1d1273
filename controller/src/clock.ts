/** The clock as a port: milliseconds since 1970, UTC. Nothing in the controller asks the time elsewhere. */
export type Clock = () => number;

/** An instant as evidence writes it: `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}
