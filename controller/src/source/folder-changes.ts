import { lstatSync } from "node:fs";
import { join } from "node:path";
import { desiredFolders, treeLimits } from "./entry.ts";
import { runGit } from "./git-process.ts";

/** A file of the desired state that is not in the folder as it is in a commit. */
export interface ChangedPath {
  readonly path: string;
  /** The blob in the commit; null when the file is new. */
  readonly before: string | null;
  /** False when the file is gone. */
  readonly exists: boolean;
}

/**
 * Git is started before anything of core is loaded, for they take equally long.
 *
 * Which files of the desired state in a folder, tracked, ignored or neither, differ from those of a commit. Null when git
 * does not see all that lies in the folder (a sparse checkout, files it is told to pass over), or when anything but files
 * changed. Only files that changed are read. Throws GIT_FAILED, also when there is no such commit.
 */
export async function changesSince(folder: string, ref: string): Promise<readonly ChangedPath[] | null> {
  const asked = Promise.all([differingFrom(folder, ref), listFolder(folder)]);
  const [core, [differing, listing]] = await Promise.all([import("@compline/core/change"), asked]);
  if (listing === null) return null;
  const entries = [...differing, ...listing.map((path) => untracked(folder, path))];
  const relevant = entries.filter(
    ({ path, modes }) =>
      core.isManifestPath(path) || core.isDecisionPath(path) || (!isPlain(modes) && !isPractice(path)),
  );
  return relevant.every(({ modes }) => isPlain(modes)) ? relevant : null;
}

/** Which files below a folder hold one of the texts. Throws GIT_FAILED. */
export async function filesHolding(
  folder: string,
  below: string,
  texts: readonly string[],
): Promise<readonly string[]> {
  const patterns = texts.flatMap((text) => ["-e", text]);
  const flags = ["-c", "grep.fullName=false", "grep", "-l", "-z", "-F", "--no-color"];
  return split(await runGit(folder, [...flags, ...patterns, "--", below], [0, 1]));
}

interface Entry extends ChangedPath {
  /** Git's modes, before and after; that of nothing is zero. */
  readonly modes: readonly string[];
}

async function differingFrom(folder: string, ref: string): Promise<readonly Entry[]> {
  const flags = ["--raw", "-z", "--no-abbrev", "--no-renames", "--relative"];
  const commit = `${ref}^{commit}`;
  const fields = split(
    await runGit(folder, ["diff", ...flags, "--end-of-options", commit, "--", ...desiredFolders]),
  );
  return fields.flatMap((path, index) => (index % 2 === 0 ? [] : [entryOf(fields[index - 1] ?? "", path)]));
}

/** `:<mode> <mode> <id> <id> <status>`. */
function entryOf(head: string, path: string): Entry {
  const [from = "", to = "", id = "", , status = ""] = head.slice(1).split(" ");
  return { path, before: isNothing(from) ? null : id, exists: status !== "D", modes: [from, to] };
}

/** Files git knows nothing of; null when it passes over any that it knows. */
async function listFolder(folder: string): Promise<readonly string[] | null> {
  const lines = split(await runGit(folder, ["ls-files", "-v", "-c", "-o", "-z", "--", ...desiredFolders]));
  if (lines.length > treeLimits.files) return null;
  const unknown = lines.filter((line) => line.startsWith("? "));
  const isWhole = lines.every((line) => line.startsWith("H ") || line.startsWith("? "));
  return isWhole ? unknown.map((line) => line.slice(2)) : null;
}

function untracked(folder: string, path: string): Entry {
  const mode = lstatSync(join(folder, path)).isFile() ? "100644" : "120000";
  return { path, before: null, exists: true, modes: [mode] };
}

function isPlain(modes: readonly string[]): boolean {
  return modes.every((mode) => mode.startsWith("100") || isNothing(mode));
}

function isNothing(mode: string): boolean {
  return /^0+$/.test(mode);
}

function isPractice(path: string): boolean {
  return /^sites\/[^/]+\/[^/]+\/practice\//.test(path);
}

function split(output: string): string[] {
  return output.split("\0").slice(0, -1);
}
