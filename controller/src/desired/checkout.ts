import { isManifestPath } from "@compline/core";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { openGit } from "../source/git.ts";
import { desiredFolders } from "../source/entry.ts";

/** What the user's folder is at this moment. Reading it writes nothing: no index refresh, no reference, no configuration. */
export type Checkout =
  /** A work tree with at least one commit; `branch` is null on a detached HEAD. */
  | {
      readonly kind: "repository";
      readonly head: string;
      readonly branch: string | null;
      readonly edits: readonly string[];
    }
  /** A work tree without a commit. */
  | { readonly kind: "unborn" }
  /** A folder without a repository of its own, such as an unpacked archive. */
  | { readonly kind: "download" };

/** Reads what is checked out in a folder, and which files of the desired state differ from the commit. */
export async function readCheckout(folder: string): Promise<Checkout> {
  if (!(await isOwnRepository(folder))) return { kind: "download" };
  const head = await readHead(folder);
  if (head === null) return { kind: "unborn" };
  return { kind: "repository", head, branch: await readBranch(folder), edits: await readEdits(folder) };
}

/** A folder inside somebody else's repository (an archive unpacked in a home directory under git) is a download. */
async function isOwnRepository(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, ".git"))) return false;
  const top = await openGit(folder).raw("rev-parse", "--show-toplevel");
  return realpathSync(top.trim()) === realpathSync(folder);
}

/** The commit checked out, or null before the first one. */
async function readHead(folder: string): Promise<string | null> {
  const head = await openGit(folder)
    .raw("rev-parse", "--quiet", "--verify", "HEAD^{commit}")
    .catch(() => "");
  return head.trim() === "" ? null : head.trim();
}

async function readBranch(folder: string): Promise<string | null> {
  const name = await openGit(folder).raw("branch", "--show-current");
  return name.trim() === "" ? null : name.trim();
}

async function readEdits(folder: string): Promise<string[]> {
  const status = await openGit(folder).raw(
    "status",
    "--porcelain=v1",
    "-z",
    "--no-renames",
    "--untracked-files=all",
    "--",
    ...desiredFolders,
  );
  const paths = status.split("\0").map((entry) => entry.slice(3));
  return paths.filter((path) => isManifestPath(path)).toSorted();
}
