import { CliError } from "./failure.ts";

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

/** An instant of a flag as evidence writes it. Throws `CliError` (usage) for what is none. */
export function readInstant(flag: string, text: string): string {
  const time = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  // A day that does not exist is moved by the parser: then it is not what was written.
  if (Number.isFinite(time) && new Date(time).toISOString().startsWith(text.slice(0, 19)))
    return new Date(time).toISOString();
  throw new CliError(
    "usage",
    `${flag} is a time in UTC such as 2026-11-23T10:00:00Z; found ${JSON.stringify(text)}`,
  );
}
