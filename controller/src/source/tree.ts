import { type Diagnostic, isManifestPath } from "@compline/core";
import { ControllerError } from "../errors.ts";
import { BlobReader } from "./blob-reader.ts";
import { openGit } from "./git.ts";
import { notAFile, notUtf8, tooLarge } from "./tree-diagnostics.ts";

/**
 * One file of the desired state. `id` tells the contents of one path apart: a blob id; the path itself for a folder,
 * which is read once.
 */
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

/** Reads the entries that are plain files of a bearable size; the others become diagnostics. */
async function collect(
  entries: readonly Entry[],
  read: (entry: Entry) => Promise<Uint8Array>,
): Promise<SourceFiles> {
  const bearable = sortedEntries(entries);
  return sourceFiles(
    await Promise.all(bearable.map(async (entry) => entryFault(entry) ?? textOf(entry, await read(entry)))),
  );
}

/** Entries by path. Throws TREE_TOO_LARGE. */
export function sortedEntries<E extends { readonly path: string }>(entries: readonly E[]): readonly E[] {
  if (entries.length > treeLimits.files) {
    throw new ControllerError(
      "TREE_TOO_LARGE",
      `${entries.length} files; at most ${treeLimits.files} are read`,
    );
  }
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Why the content of an entry is not read; null for a plain file of a bearable size. */
export function entryFault({ path, mode, size }: Omit<Entry, "id">): Diagnostic | null {
  if (!mode.startsWith("100")) return notAFile(path, mode);
  return size > treeLimits.fileBytes ? tooLarge(path, size) : null;
}

// A byte order mark is kept: the file's digest is that of its bytes.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The file of an entry, or that its bytes are no text. */
export function textOf({ path, id }: Pick<Entry, "path" | "id">, bytes: Uint8Array): SourceFile | Diagnostic {
  try {
    return { path, text: utf8.decode(bytes), id };
  } catch {
    return notUtf8(path);
  }
}

/** Files and faults apart. */
export function sourceFiles(results: readonly (SourceFile | Diagnostic)[]): SourceFiles {
  return {
    files: results.flatMap((result) => ("text" in result ? [result] : [])),
    diagnostics: results.flatMap((result) => ("text" in result ? [] : [result])),
  };
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
