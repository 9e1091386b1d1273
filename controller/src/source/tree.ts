import { type Diagnostic, isManifestPath } from "@compline/core";
import { ControllerError } from "../errors.ts";
import { BlobReader } from "./blob-reader.ts";
import { openGit } from "./git.ts";
import { notAFile, notUtf8, tooLarge } from "./tree-diagnostics.ts";

/** One file of the desired state. `id` changes when the content does: a blob id, or a digest for a folder. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly id: string;
}

/** The files the loader takes, sorted by path, and what was wrong with those that could not be read. */
export interface SourceFiles {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The folders that hold desired state. */
export const desiredFolders: readonly string[] = ["frameworks", "policies", "runbooks", "sites"];

/** How much of a tree is read. Attacker-controlled until here: whoever may push decides how large it is. */
export const treeLimits = { files: 20_000, fileBytes: 262_144 } as const;

interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly size: number;
  readonly path: string;
}

/**
 * Reads the desired state at a revision of any repository (bare or not), touching neither its index nor its work
 * tree. A symbolic link, a submodule, an oversized or non-UTF-8 file is a diagnostic.
 * Throws GIT_FAILED, GIT_OBJECT, TREE_TOO_LARGE.
 */
export async function readRevision(
  folder: string,
  revision: string,
  blobs: { readonly read: (id: string) => Promise<Uint8Array> },
): Promise<SourceFiles> {
  const flags = ["-r", "-z", "-l", "--full-tree"];
  const listing = await openGit(folder).raw("ls-tree", ...flags, revision, "--", ...desiredFolders);
  const entries = listing.split("\0").flatMap((line) => (line === "" ? [] : [parseEntry(line)]));
  return await collect(
    entries.filter((entry) => isDesired(entry)),
    (entry) => blobs.read(entry.id),
  );
}

/** {@link readRevision} for one reading: the process that reads blobs is ended afterwards. */
export async function readTree(folder: string, revision: string): Promise<SourceFiles> {
  const blobs = new BlobReader(folder);
  try {
    return await readRevision(folder, revision, { read: (id) => blobs.read(id) });
  } finally {
    blobs.close();
  }
}

/** A way to the content of one listed entry. */
export type ReadEntry<E> = (entry: E) => Promise<Uint8Array>;

/** Reads the entries that are plain files of a bearable size; the others become diagnostics. */
export async function collect<E extends Entry>(
  entries: readonly E[],
  read: ReadEntry<E>,
): Promise<SourceFiles> {
  if (entries.length > treeLimits.files) {
    throw new ControllerError(
      "TREE_TOO_LARGE",
      `${entries.length} files; at most ${treeLimits.files} are read`,
    );
  }
  const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const read1 = await Promise.all(sorted.map((entry) => readOne(entry, read)));
  return {
    files: read1.flatMap((result) => ("text" in result ? [result] : [])),
    diagnostics: read1.flatMap((result) => ("text" in result ? [] : [result])),
  };
}

async function readOne<E extends Entry>(entry: E, read: ReadEntry<E>): Promise<SourceFile | Diagnostic> {
  if (!entry.mode.startsWith("100")) return notAFile(entry.path, entry.mode);
  if (entry.size > treeLimits.fileBytes) return tooLarge(entry.path, entry.size);
  const bytes = await read(entry);
  try {
    // A byte order mark is kept: the file's digest is that of its bytes.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path: entry.path, text, id: entry.id };
  } catch {
    return notUtf8(entry.path);
  }
}

/** Manifests, and whatever is no plain file where manifests belong; a practice tree may hold what it likes. */
function isDesired(entry: Entry): boolean {
  if (isManifestPath(entry.path)) return true;
  return !entry.mode.startsWith("100") && !/^sites\/[^/]+\/[^/]+\/practice\//.test(entry.path);
}

/** `<mode> SP <type> SP <id> SP+ <size> TAB <path>`; the size of a submodule is `-`. */
function parseEntry(line: string): Entry {
  const found = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line);
  const [, mode, id, size, path] = found ?? [];
  if (mode === undefined || id === undefined || size === undefined || path === undefined) {
    throw new Error(`unreachable: git ls-tree printed ${JSON.stringify(line)}`);
  }
  return { mode, id, size: size === "-" ? 0 : Number(size), path };
}
