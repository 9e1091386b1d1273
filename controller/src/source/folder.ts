import type { DecisionFile, Diagnostic } from "@compline/core";
import { isDecisionPath, isManifestPath } from "@compline/core/change";
import { closeSync, type Dirent, lstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import {
  desiredFolders,
  entryFault,
  type SourceFile,
  type SourceFiles,
  sortedEntries,
  sourceFiles,
  textOf,
  treeLimits,
} from "./entry.ts";

/**
 * Reads the desired state from a folder as it lies there, committed or not, with the same limits and diagnostics as
 * a revision. Nothing is written. A folder that has none of the four is an empty tree. It blocks: for the command line,
 * where one small file after the other is twice as fast as ten thousand promises. Throws TREE_TOO_LARGE.
 */
export function readFolder(folder: string): SourceFiles {
  return readWholeFolder(folder).source;
}

/** {@link readFolder} with what lies where signed decisions belong, which are no text of ours. Throws TREE_TOO_LARGE. */
export function readWholeFolder(folder: string): {
  readonly source: SourceFiles;
  readonly decisions: readonly DecisionFile[];
} {
  const paths = desiredFolders.flatMap((name) => listFiles(folder, name));
  const entries = sortedEntries(paths.map((path) => ({ path })));
  const decisions = entries.filter(({ path }) => isDecisionPath(path));
  const others = decisions.length === 0 ? entries : entries.filter(({ path }) => isOther(folder, path));
  return {
    source: sourceFiles(others.map(({ path }) => readFolderFile(folder, path))),
    decisions: decisions.map(({ path }) => ({ path, bytes: bytesAt(join(folder, path)) })),
  };
}

/** What is no plain file is told as such, whatever its name. */
function isOther(folder: string, path: string): boolean {
  return !isDecisionPath(path) || !lstatSync(join(folder, path)).isFile();
}

/** No more than shows that there are too many. */
function bytesAt(file: string): Uint8Array | null {
  if (!lstatSync(file).isFile()) return null;
  const bytes = Buffer.alloc(treeLimits.fileBytes + 1);
  const opened = openSync(file, "r");
  try {
    return bytes.subarray(0, readSync(opened, bytes));
  } finally {
    closeSync(opened);
  }
}

/** Reads one file of the desired state as {@link readFolder} does. Throws when there is none. */
export function readFolderFile(folder: string, path: string): SourceFile | Diagnostic {
  const file = join(folder, path);
  const stats = lstatSync(file);
  const mode = stats.isFile() ? "100644" : stats.isDirectory() ? "160000" : "120000";
  return entryFault({ path, mode, size: stats.size }) ?? textOf({ path, id: path }, readFileSync(file));
}

function listFiles(folder: string, below: string): readonly string[] {
  const entries = entriesOf(join(folder, below));
  // A repository of its own: a submodule, or about to be one. Git would take none of its files.
  if (entries.some(({ name }) => name === ".git")) return [below];
  return entries.flatMap((entry) => {
    const path = `${below}/${entry.name}`;
    if (isPractice(path)) return [];
    if (entry.isDirectory()) return listFiles(folder, path);
    return isManifestPath(path) || isDecisionPath(path) || !entry.isFile() ? [path] : [];
  });
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      return [];
    }
    throw error;
  }
}

function isPractice(path: string): boolean {
  return /^sites\/[^/]+\/[^/]+\/practice$/.test(path);
}
