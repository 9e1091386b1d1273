import { execFile } from "node:child_process";

/** How a program ended and what it said. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const LIMIT_MS = 60_000;
const LARGEST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Where and for how long a program runs. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly limitMs?: number;
}

/** Runs a program to its end. Never throws for what the program does; one that had to be ended has code -1. */
export function runProgram(
  argv: readonly string[],
  { cwd, env, limitMs = LIMIT_MS }: RunOptions = {},
): Promise<Ended> {
  const [program = "", ...args] = argv;
  const options = {
    cwd,
    env,
    timeout: limitMs,
    maxBuffer: LARGEST_OUTPUT_BYTES,
    killSignal: "SIGKILL",
  } as const;
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, stdout, stderr: stderr === "" && code === -1 ? String(error?.message) : stderr });
    });
  });
}

/** Runs a program that has no reason to fail, and answers what it wrote. */
export async function expectProgram(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await runProgram(argv, options);
  if (code !== 0) throw new LabError(`${argv.join(" ")} ended with ${code}: ${lastLine(stderr)}`);
  return stdout;
}

/** The last line that is not empty: what a program says when it gives up. */
export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

/** The lab cannot go on; the message says why. */
export class LabError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LabError";
  }
}

/** The code of an error of the system, such as ENOENT. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}
