import { HostError } from "../errors.ts";

/**
 * One word of a POSIX shell that stands for exactly this text: everything is literal between single quotes, and a
 * single quote itself is written outside of them.
 * @throws HostError ARGUMENT_REFUSED for what no argument can hold: a NUL, or text that has no UTF-8 form
 */
export function quoteForShell(text: string): string {
  if (text.includes("\0") || !text.isWellFormed()) throw new HostError("ARGUMENT_REFUSED");
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command line of a POSIX shell that starts exactly this program with exactly these arguments. */
export function shellCommand(argv: readonly string[]): string {
  return argv.map(quoteForShell).join(" ");
}
