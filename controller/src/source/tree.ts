import type { Diagnostic } from "@compline/core";
import { isManifestPath } from "@compline/core/change";
import { ControllerError } from "../errors.ts";
import {
  desiredFolders,
  type Entry,
  entryFault,
  type SourceFile,
  type SourceFiles,
  sortedEntries,
  sourceFiles,
  textOf,
  treeLimits,
} from "./entry.ts";
import { type ObjectInfo, ObjectReader } from "./object-reader.ts";

/** One name in a folder, with git's mode. */
interface Child {
  readonly name: string;
  readonly mode: string;
  readonly id: string;
}

type Named = Omit<Entry, "size">;

/** What one reading came across: folders by their id, files by id and path. */
interface Known {
  readonly folders: Map<string, Promise<readonly Child[]>>;
  readonly files: Map<string, Promise<SourceFile | Diagnostic>>;
}

/** No folder of a tree that can be read comes near. */
const largestFolderBytes = 4 * 1024 * 1024;

/** Names that are looked at, manifests or not: a few small trees can name each other into any number of paths. */
const mostNames = 5 * treeLimits.files;

/**
 * Reads the desired state at revisions of any repository (bare or not), touching neither its index nor its work tree.
 * It remembers what it read last, so that of the next revision only what is new is read.
 */
export class TreeReader {
  readonly #objects: ObjectReader;
  #known: Known = { folders: new Map(), files: new Map() };

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  /**
   * A symbolic link, a submodule, an oversized or non-UTF-8 file is a diagnostic. A file that did not change since the
   * last reading is the same object. Throws GIT_FAILED, GIT_OBJECT, TREE_TOO_LARGE.
   */
  async read(revision: string): Promise<SourceFiles> {
    const root = await this.#objects.info(`${revision}^{tree}`);
    if (root === null) throw new ControllerError("GIT_OBJECT", `git has no revision ${revision}`);
    const reading = new Reading(this.#objects, this.#known);
    const files = await reading.files(root.id);
    // Only once all of them were read: one that failed is asked for again.
    this.#known = reading.known;
    return files;
  }
}

/**
 * The content of one file of a bearable size at a revision; null when there is none. Throws GIT_FAILED, GIT_OBJECT.
 */
export async function readFileAt(
  objects: ObjectReader,
  { revision, path }: { readonly revision: string; readonly path: string },
): Promise<Uint8Array | null> {
  const info = await objects.info(`${revision}:${path}`);
  if (info?.type !== "blob" || info.size > treeLimits.fileBytes) return null;
  return await objects.read(info.id);
}

/** The id of a folder at a revision and the names in it; null when there is none. Throws GIT_FAILED, GIT_OBJECT, TREE_TOO_LARGE. */
export async function folderAt(
  objects: ObjectReader,
  { revision, path }: { readonly revision: string; readonly path: string },
): Promise<{ readonly id: string; readonly names: readonly string[] } | null> {
  const info = await objects.info(`${revision}:${path}`);
  if (info?.type !== "tree") return null;
  return { id: info.id, names: (await readFolder(objects, info.id)).map(({ name }) => name) };
}

/** {@link TreeReader.read} for one reading: the process that reads objects is ended afterwards. */
export async function readTree(folder: string, revision: string): Promise<SourceFiles> {
  const objects = new ObjectReader(folder);
  try {
    return await new TreeReader(objects).read(revision);
  } finally {
    objects.close();
  }
}

class Reading {
  readonly known: Known = { folders: new Map(), files: new Map() };
  readonly #objects: ObjectReader;
  readonly #before: Known;

  constructor(objects: ObjectReader, before: Known) {
    this.#objects = objects;
    this.#before = before;
  }

  async files(root: string): Promise<SourceFiles> {
    const top = (await this.#folder(root)).filter(({ name }) => desiredFolders.includes(name));
    const desired = (await this.#below(top.map((child) => named(child, "")))).filter((entry) =>
      isDesired(entry),
    );
    return sourceFiles(await Promise.all(sortedEntries(desired).map((entry) => this.#file(entry))));
  }

  /** All that is no folder among these names and in the folders among them, level by level. */
  async #below(top: readonly Named[]): Promise<readonly Named[]> {
    const found: Named[] = [];
    for (let level = top, names = 0; level.length > 0; ) {
      const folders = level.filter(isFolder);
      for (const one of level) if (!isFolder(one)) found.push(one);
      const listed = await Promise.all(folders.map(({ id }) => this.#folder(id)));
      names += listed.reduce((sum, children) => sum + children.length, 0);
      if (names > mostNames) {
        throw new ControllerError("TREE_TOO_LARGE", `more than ${mostNames} names; no more are looked at`);
      }
      level = folders.flatMap(({ path }, at) => (listed[at] ?? []).map((child) => named(child, `${path}/`)));
    }
    return found;
  }

  #folder(id: string): Promise<readonly Child[]> {
    return remembered(this.known.folders, this.#before.folders, id, () => readFolder(this.#objects, id));
  }

  #file(entry: Named): Promise<SourceFile | Diagnostic> {
    const key = `${entry.id} ${entry.mode} ${entry.path}`;
    return remembered(this.known.files, this.#before.files, key, () => readFile(this.#objects, entry));
  }
}

function remembered<T>(now: Map<string, T>, before: ReadonlyMap<string, T>, key: string, make: () => T): T {
  const value = now.get(key) ?? before.get(key) ?? make();
  now.set(key, value);
  return value;
}

function named({ mode, id, name }: Child, prefix: string): Named {
  return { mode, id, path: prefix + name };
}

function isFolder({ mode }: Pick<Child, "mode">): boolean {
  return mode === "40000";
}

async function readFolder(objects: ObjectReader, id: string): Promise<readonly Child[]> {
  const { size } = await infoOf(objects, id);
  if (size > largestFolderBytes) {
    throw new ControllerError(
      "TREE_TOO_LARGE",
      `a folder of ${size} bytes; at most ${largestFolderBytes} are read`,
    );
  }
  return childrenIn(await objects.tree(id), id.length / 2);
}

/** git's form of a tree, one after the other: `<mode> SP <name> NUL <the id's bytes>`. */
function childrenIn(tree: Buffer, idBytes: number): readonly Child[] {
  const children: Child[] = [];
  for (let start = 0; start < tree.length; ) {
    const space = tree.indexOf(0x20, start);
    const end = tree.indexOf(0x00, space);
    children.push({
      mode: tree.toString("latin1", start, space),
      name: tree.toString("utf8", space + 1, end),
      id: tree.toString("hex", end + 1, end + 1 + idBytes),
    });
    start = end + 1 + idBytes;
  }
  return children;
}

async function readFile(objects: ObjectReader, { mode, id, path }: Named): Promise<SourceFile | Diagnostic> {
  const fault = entryFault({ mode, path, size: 0 });
  if (fault !== null) return fault;
  const { size } = await infoOf(objects, id);
  return entryFault({ mode, path, size }) ?? textOf({ path, id }, await objects.read(id));
}

async function infoOf(objects: ObjectReader, id: string): Promise<ObjectInfo> {
  const info = await objects.info(id);
  if (info === null) throw new ControllerError("GIT_OBJECT", `git has no object ${id}`);
  return info;
}

/** Manifests, and whatever is no plain file where manifests belong; a practice tree may hold what it likes. */
function isDesired({ mode, path }: Named): boolean {
  if (isManifestPath(path)) return true;
  return !mode.startsWith("100") && !/^sites\/[^/]+\/[^/]+\/practice\//.test(path);
}
