import { type SimpleGit, simpleGit } from "simple-git";
import { ControllerError, messageOf } from "../errors.ts";

/** One-off git commands in one folder. */
export interface Git {
  /** Runs `git <args>` and answers stdout. Throws GIT_FAILED for every exit but 0. */
  raw(...args: readonly string[]): Promise<string>;
}

/** More of the environment for the commands of one {@link Git}, for example GIT_INDEX_FILE. */
export type GitEnvironment = Readonly<Record<string, string>>;

/** No output for this long means that git hangs (a dead network, a lock). */
const silenceMs = 60_000;

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

/**
 * Opens a folder (a work tree, a bare repository, or any folder for `init`) for one-off commands. A folder that does
 * not exist is GIT_FAILED at the first command.
 */
export function openGit(folder: string, env: GitEnvironment = {}, signal?: AbortSignal): Git {
  const environment = gitEnvironment(env);
  const open = (): SimpleGit =>
    simpleGit({
      baseDir: folder,
      timeout: { block: silenceMs },
      completion: { onClose: true, onExit: false },
      allowEnvironment: Object.keys(environment),
      // The only configuration path in the environment is /dev/null, above.
      unsafe: { allowUnsafeConfigPaths: true },
      // simple-git counts only exits with text on stderr as failures; for us every exit but 0 is one.
      errors: (error, result) =>
        result.exitCode === 0 ? undefined : (error ?? new Error(`exit code ${result.exitCode}`)),
      ...(signal === undefined ? {} : { abort: signal }),
    }).env(environment);
  return { raw: (...args) => run(open, args) };
}

async function run(open: () => SimpleGit, args: readonly string[]): Promise<string> {
  try {
    return await open().raw([...gitFlags, ...args]);
  } catch (error) {
    const reason = messageOf(error).trim().split("\n")[0];
    throw new ControllerError("GIT_FAILED", `git ${args[0]} failed: ${reason}`, { cause: error });
  }
}

function isSteering(name: string): boolean {
  return /^(GIT_|EDITOR$|VISUAL$|PAGER$|SSH_ASKPASS$|PREFIX$)/.test(name);
}
