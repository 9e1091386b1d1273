import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { HostError } from "../errors.ts";
import { createBeginning } from "./beginning.ts";
import { BARE_ENVIRONMENT, MAX_COMPLAINT_BYTES, MAX_OUTPUT_BYTES, type ProgramOutput } from "./host.ts";
import { errnoOf } from "./host-files.ts";

/** Runs a program of this machine to its end. A port, so that a test starts nothing. */
export type RunProgram = (argv: readonly string[], signal: AbortSignal) => Promise<ProgramOutput>;

/**
 * By argv, never through a shell, in a process group of its own, which is killed when `signal` fires or the output
 * grows too large.
 * @throws HostError
 */
export const runLocalProgram: RunProgram = async (argv, signal) => {
  const [program, ...rest] = argv;
  if (program?.startsWith("/") !== true || argv.some((word) => word.includes("\0")))
    throw new HostError("ARGUMENT_REFUSED");
  if (signal.aborted) throw new HostError("TIMEOUT");
  const child = spawn(program, rest, {
    stdio: ["ignore", "pipe", "pipe"],
    shell: false,
    detached: true,
    env: BARE_ENVIRONMENT,
  });
  const stop = (): void => killGroup(child);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await outputOf(child, signal);
  } finally {
    signal.removeEventListener("abort", stop);
    if (child.exitCode === null && child.signalCode === null) killGroup(child);
  }
};

type Child = ChildProcessByStdio<null, Readable, Readable>;

function outputOf(child: Child, signal: AbortSignal): Promise<ProgramOutput> {
  const { promise, resolve, reject } = Promise.withResolvers<ProgramOutput>();
  const chunks: Buffer[] = [];
  let length = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_OUTPUT_BYTES) chunks.push(chunk);
    else reject(new HostError("OUTPUT_TOO_LARGE"));
  });
  const complaint = createBeginning(MAX_COMPLAINT_BYTES);
  child.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
  child.once("error", (cause) => reject(new HostError(tokenOfStart(cause), { cause })));
  signal.addEventListener("abort", () => reject(new HostError("TIMEOUT")), { once: true });
  // What it left behind in the background would hold the output open; "close" comes when all of it is read.
  child.once("exit", () => killGroup(child));
  child.once("close", (code) => {
    if (code === null) reject(new HostError("PROGRAM_FAILED"));
    else resolve({ code, stdout: Buffer.concat(chunks), stderr: complaint.bytes() });
  });
  return promise;
}

function tokenOfStart(cause: unknown): "PROGRAM_MISSING" | "NEEDS_PRIVILEGE" | "IO_FAILED" {
  const errno = errnoOf(cause);
  if (errno === "ENOENT" || errno === "ENOTDIR") return "PROGRAM_MISSING";
  return errno === "EACCES" || errno === "EPERM" ? "NEEDS_PRIVILEGE" : "IO_FAILED";
}

function killGroup({ pid }: Child): void {
  if (pid === undefined) return; // it was never started
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group is gone, which is what was wanted.
  }
}
