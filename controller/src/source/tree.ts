import { isManifestPath } from "@compline/core/change";
import { BlobReader } from "./blob-reader.ts";
import {
  desiredFolders,
  type Entry,
  entryFault,
  type SourceFiles,
  sortedEntries,
  sourceFiles,
  textOf,
} from "./entry.ts";
import { openGit } from "./git.ts";

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

/** One plain file of a bearable size at a revision that is there; null for anything else. Throws GIT_FAILED, GIT_OBJECT. */
export async function readFileAt(
  folder: string,
  { revision, path }: { readonly revision: string; readonly path: string },
  blobs: { readonly read: (id: string) => Promise<Uint8Array> },
): Promise<Uint8Array | null> {
  const listing = await openGit(folder).raw("ls-tree", "-z", "-l", "--full-tree", revision, "--", path);
  const entries = listing.split("\0").flatMap((line) => (line === "" ? [] : [parseEntry(line)]));
  const entry = entries.find((one) => one.path === path);
  return entry === undefined || entryFault(entry) !== null ? null : await blobs.read(entry.id);
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
