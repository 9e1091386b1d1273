import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ControllerError } from "../errors.ts";

/** More of the environment for the commands of one {@link Git}, for example GIT_INDEX_FILE. */
export type GitEnvironment = Readonly<Record<string, string>>;

const guard: GitEnvironment = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_ALLOW_PROTOCOL: "file:https:ssh",
  GIT_NO_REPLACE_OBJECTS: "1",
  // Of a partial clone what is not here is missing, not fetched while something else is asked.
  GIT_NO_LAZY_FETCH: "1",
  LC_ALL: "C",
};

/**
 * The environment of every git process: that of this one without any GIT_* variable, then ours, so that neither the
 * user's configuration nor a hook's environment changes what we read, and nothing ever asks for a password.
 */
export function gitEnvironment(more: GitEnvironment = {}): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !isSteering(name)) inherited[name] = value;
  }
  return { ...inherited, ...guard, ...more };
}

/**
 * Flags of every git process: a repository that another user owns may be read, git never packs behind our back, and
 * what it writes is on the disk before it says so (by default, single objects are not).
 */
export const gitFlags: readonly string[] = [
  "-c",
  "safe.directory=*",
  "-c",
  "gc.auto=0",
  "-c",
  "maintenance.auto=false",
  "-c",
  "core.fsync=all",
];

function isSteering(name: string): boolean {
  return /^(GIT_|EDITOR$|VISUAL$|PAGER$|SSH_ASKPASS$|PREFIX$)/.test(name);
}

/** No listing of ours comes near; a repository that makes git print more is refused. */
const largestOutputBytes = 256 * 1024 * 1024;
const limitMs = 60_000;

/**
 * Runs `git <args>` in a folder and answers stdout, for commands that must start quickly: no library is loaded. Throws
 * GIT_FAILED for every exit code but those that are allowed.
 */
export async function runGit(
  folder: string,
  args: readonly string[],
  allowed: readonly number[] = [0],
): Promise<string> {
  const options = { cwd: folder, env: gitEnvironment(), maxBuffer: largestOutputBytes, timeout: limitMs };
  try {
    return (await promisify(execFile)("git", [...gitFlags, ...args], options)).stdout;
  } catch (error) {
    if (
      error instanceof Error &&
      "code" in error &&
      "stdout" in error &&
      allowed.includes(Number(error.code))
    ) {
      return String(error.stdout);
    }
    throw new ControllerError("GIT_FAILED", `git failed: ${args.join(" ")}`, { cause: error });
  }
}
