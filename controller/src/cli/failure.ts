import { type ControllerCode, ControllerError } from "../errors.ts";
import { ExitCode } from "./exit-code.ts";

/** A command that cannot go on, with a message that says what to do. */
export class CliError extends Error {
  readonly exit: keyof typeof ExitCode;

  constructor(exit: keyof typeof ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CliError";
    this.exit = exit;
  }
}

/** What to print and which code to end with. A bug shows its stack, so that it can be reported. */
export function describeFailure(error: unknown): { readonly message: string; readonly exitCode: ExitCode } {
  if (error instanceof CliError) return { message: error.message, exitCode: ExitCode[error.exit] };
  if (error instanceof ControllerError && asked.has(error.code))
    return { message: error.message, exitCode: ExitCode.usage };
  if (error instanceof ControllerError)
    return { message: `${error.message} (${error.code})`, exitCode: ExitCode.failed };
  if (isSystemError(error)) return { message: error.message, exitCode: ExitCode.failed };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `this is a bug, please report it\n${detail}`, exitCode: ExitCode.failed };
}

/** Here the question is at fault, not the machine. */
const asked: ReadonlySet<ControllerCode> = new Set([
  "AS_OF_INVALID",
  "NOT_IN_FORCE",
  "SITE_UNKNOWN",
  "KIT_INVALID",
  "KIT_EMPTY",
]);

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && typeof error.code === "string" && "syscall" in error;
}
