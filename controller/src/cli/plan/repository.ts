import { existsSync, realpathSync } from "node:fs";
import { type Git, openGit } from "../../source/git.ts";
import { CliError } from "../failure.ts";

/** A commit, and the reference it was found by. */
export interface NamedCommit {
  readonly ref: string;
  readonly revision: string;
}

/** What `plan` asks a repository; nothing of it is written, and nothing is fetched. */
export interface PlannedRepository {
  readonly folder: string;
  /** False for a bare repository: it has no files that lie there. */
  readonly hasFolder: boolean;
  /** The commit that is checked out; null before the first one. */
  head(): Promise<string | null>;
  /** The commit that a reference names. Throws `CliError` (usage) when it names none that is here. */
  commit(ref: string): Promise<NamedCommit>;
  /** Where `revision` left its upstream branch; null when there is no such branch. Throws `CliError` (usage). */
  branchingPoint(revision: string): Promise<NamedCommit | null>;
  /** Whether `descendant` has `ancestor` among its commits. */
  contains(descendant: string, ancestor: string): Promise<boolean>;
}

/** The repository whose top is this folder; null when the folder is not one, such as an unpacked archive. */
export async function openRepository(folder: string): Promise<PlannedRepository | null> {
  const git = openGit(folder);
  const bare = existsSync(folder) && !existsSync(`${folder}/.git`);
  const top = await git.raw("rev-parse", bare ? "--absolute-git-dir" : "--show-toplevel").catch(() => "");
  if (top.trim() === "" || realpathSync(top.trim()) !== realpathSync(folder)) return null;
  return {
    folder,
    hasFolder: !bare,
    head: () => resolve(git, "HEAD"),
    commit: (ref) => namedCommit(git, ref),
    branchingPoint: (revision) => branchingPoint(git, revision),
    contains: async (descendant, ancestor) =>
      Number(await git.raw("rev-list", "--count", "--max-count=1", ancestor, `^${descendant}`)) === 0,
  };
}

async function namedCommit(git: Git, ref: string): Promise<NamedCommit> {
  const revision = await resolve(git, ref);
  if (revision === null) {
    throw new CliError(
      "usage",
      `${JSON.stringify(ref)} names no commit that is in this repository; fetch it first (in GitHub Actions: fetch-depth: 0)`,
    );
  }
  return { ref, revision };
}

async function branchingPoint(git: Git, revision: string): Promise<NamedCommit | null> {
  for (const ref of ["@{upstream}", "refs/remotes/origin/HEAD"]) {
    const upstream = await resolve(git, ref);
    if (upstream === null) continue;
    const base = (await git.raw("merge-base", revision, upstream).catch(() => "")).trim();
    if (base === "") {
      throw new CliError(
        "usage",
        `no commit is known from which both this and ${ref} come; fetch more of the history, or name one with --base`,
      );
    }
    return { ref: await shortName(git, ref), revision: base };
  }
  return null;
}

/** `origin/main` rather than how it was found. */
async function shortName(git: Git, ref: string): Promise<string> {
  return (await git.raw("rev-parse", "--abbrev-ref", ref)).trim();
}

/** The commit, or null when the text names none; a text is never taken for a flag. */
async function resolve(git: Git, ref: string): Promise<string | null> {
  const found = await git
    .raw("rev-parse", "--quiet", "--verify", "--end-of-options", `${ref}^{commit}`)
    .catch(() => "");
  return found.trim() === "" ? null : found.trim();
}
