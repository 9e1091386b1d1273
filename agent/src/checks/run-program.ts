import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Program, RawOutput } from "@compline/core";

/** More than this a program may not print. */
const MAX_OUTPUT_BYTES = 10 * 1024 * 1024;

/** Why a program did not run to its end. It may enter evidence, so it is never text from the host. */
export type ProgramToken =
  | "NEEDS_PRIVILEGE"
  | "OUTPUT_NOT_TEXT"
  | "OUTPUT_TOO_LARGE"
  | "PROGRAM_FAILED"
  | "PROGRAM_MISSING"
  | "TIMEOUT";

/**
 * Runs a program of this machine by argv, never through a shell, with a bare environment and nothing to read, and
 * killed when `signal` fires or its output passes 10 MB. Never throws: what went wrong is in `error`.
 */
export async function runProgram(argv: Program, signal: AbortSignal): Promise<RawOutput> {
  const [program = "", ...rest] = argv;
  if (signal.aborted) return unfinished(argv, "TIMEOUT");
  const child = spawn(program, rest, {
    cwd: "/",
    stdio: ["ignore", "pipe", "ignore"],
    shell: false,
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" },
  });
  return endOf(argv, child, signal);
}

async function endOf(
  argv: Program,
  child: ChildProcessByStdio<null, Readable, null>,
  signal: AbortSignal,
): Promise<RawOutput> {
  const { promise, resolve } = Promise.withResolvers<RawOutput>();
  const chunks: Buffer[] = [];
  let length = 0;
  const end = (error: ProgramToken): void => {
    child.kill("SIGKILL");
    // What it started may still hold the pipe; nobody waits for that.
    child.stdout.destroy();
    resolve(unfinished(argv, error));
  };
  const late = (): void => end("TIMEOUT");
  signal.addEventListener("abort", late, { once: true });
  child.stdout.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_OUTPUT_BYTES) end("OUTPUT_TOO_LARGE");
  });
  child.once("error", (error) => end(tokenOf(error)));
  child.once("close", (code) => resolve(finished(argv, code, Buffer.concat(chunks))));
  return promise.finally(() => signal.removeEventListener("abort", late));
}

/** A program that a signal ended has no exit code. */
function finished(argv: Program, code: number | null, bytes: Buffer): RawOutput {
  if (code === null) return unfinished(argv, "PROGRAM_FAILED");
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { argv, code, text, error: null };
  } catch {
    return unfinished(argv, "OUTPUT_NOT_TEXT");
  }
}

function unfinished(argv: Program, error: ProgramToken): RawOutput {
  return { argv, code: null, text: null, error };
}

function tokenOf(error: Error): ProgramToken {
  const code = "code" in error ? error.code : null;
  if (code === "ENOENT" || code === "ENOTDIR") return "PROGRAM_MISSING";
  return code === "EACCES" || code === "EPERM" ? "NEEDS_PRIVILEGE" : "PROGRAM_FAILED";
}
