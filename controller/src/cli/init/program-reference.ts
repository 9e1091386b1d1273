import { openGit } from "../../source/git.ts";

/** Where a partner's workflow finds Compline: a repository on GitHub and a commit of it; null where it is not known. */
export interface ProgramReference {
  /** `owner/name`. */
  readonly repository: string | null;
  readonly revision: string | null;
}

/** Reads from a checkout of Compline where it came from. A copy without git knows neither. */
export async function readProgramReference(root: string): Promise<ProgramReference> {
  const git = openGit(root);
  const ask = async (...args: string[]): Promise<string> => (await git.raw(...args).catch(() => "")).trim();
  const address = await ask("remote", "get-url", "origin");
  const revision = await ask("rev-parse", "HEAD");
  return { repository: githubName(address), revision: /^[0-9a-f]{40}$/.test(revision) ? revision : null };
}

/** `owner/name` of an address at GitHub, in any of the forms that git takes. */
export function githubName(address: string): string | null {
  const found =
    /^(?:https:\/\/(?:[^@/]+@)?|ssh:\/\/git@|git@)github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      address,
    );
  return found?.[1] ?? null;
}
