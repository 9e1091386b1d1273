/** A program and its arguments, no shell; the first is an absolute path. */
export type Program = readonly string[];

/** What one program said when the shell ran it on the host. Attacker-controlled from here on. */
export interface RawOutput {
  /** The program asked for, unchanged: the row is found by it. */
  readonly argv: Program;
  /** The exit code, whatever it is: what it means is the parser's business. Null when it did not run to its end. */
  readonly code: number | null;
  /** Its standard output; null when it did not run to its end. */
  readonly text: string | null;
  /** Why it did not run to its end, such as `PROGRAM_MISSING`, `TIMEOUT` or `OUTPUT_TOO_LARGE`; null when it did. */
  readonly error: string | null;
}

/** Whether two argument lists are the same program call. */
export function sameProgram(left: Program, right: Program): boolean {
  return left.length === right.length && left.every((argument, at) => argument === right[at]);
}
