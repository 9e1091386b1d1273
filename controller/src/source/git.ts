import { type SimpleGit, simpleGit } from "simple-git";
import { ControllerError, messageOf } from "../errors.ts";
import { type GitEnvironment, gitEnvironment, gitFlags } from "./git-process.ts";

/** One-off git commands in one folder. */
export interface Git {
  /** Runs `git <args>` and answers stdout. Throws GIT_FAILED for every exit but 0. */
  raw(...args: readonly string[]): Promise<string>;
}

/** No output for this long means that git hangs (a dead network, a lock). */
const silenceMs = 60_000;

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
