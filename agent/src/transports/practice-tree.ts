import { constants } from "node:fs";
import { lstat, open, opendir, readlink, type FileHandle } from "node:fs/promises";
import { matchesGlob } from "@compline/core/appliance";
import { HostError } from "../errors.ts";
import {
  dropInFolder,
  makeFolder,
  readBounded,
  removeFile,
  replaceFile,
  sweepFile,
  type Place,
} from "./file-io.ts";
import {
  absent,
  componentsOf,
  errnoOf,
  masked,
  MAX_ENTRIES,
  tokenOf,
  unreadable,
  type HostFile,
  type HostFiles,
  type Listing,
} from "./host-files.ts";

const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * A folder that plays a host. Whoever can write into it must not lead this process out of it, so every component is
 * opened in the directory opened before it (`/proc/self/fd/<n>/<name>`) and without following a link: a name that is
 * exchanged while we walk cannot change what was already opened. A link of either kind is refused, and so is anything
 * that is not a regular file. Owners are not part of a practice host: `uid` and `gid` are null.
 */
export function practiceTree(root: string): HostFiles {
  return {
    read: (path) => looking(path, () => readIn(root, path)),
    stat: (path) => looking(path, () => statIn(root, path)),
    list: (glob) => listIn(root, glob),
    write: async (path, content) => {
      const folder = dropInFolder(path);
      if (folder !== null) await changing(root, folder, makeFolder);
      await changing(root, path, async (place) => {
        await refuseOddTarget(place);
        await replaceFile(place, { ...content, owner: null });
      });
    },
    setMode: (path, mode) => changing(root, path, (place) => setModeAt(place, mode)),
    remove: (path) =>
      changing(root, path, async (place) => {
        await refuseOddTarget(place);
        await removeFile(place);
      }),
    sweep: (path) => changing(root, path, sweepFile),
  };
}

async function readIn(root: string, path: string): Promise<HostFile> {
  return inDirectoryOf(root, path, async (place) => {
    if (await isMask(place)) return masked(path);
    const file = await open(`${place.directory}/${place.name}`, FILE);
    try {
      const stats = await file.stat();
      refuseOdd(stats);
      return { ...found(path, stats.mode), bytes: await readBounded(file) };
    } finally {
      await file.close();
    }
  });
}

async function statIn(root: string, path: string): Promise<HostFile> {
  return inDirectoryOf(root, path, async (place) => {
    const stats = await lstat(`${place.directory}/${place.name}`);
    return found(path, stats.mode);
  });
}

async function listIn(root: string, glob: string): Promise<Listing> {
  try {
    return await inDirectoryOf(root, glob, async (place) => {
      const paths: string[] = [];
      const directory = glob.slice(0, -place.name.length);
      for await (const entry of await opendir(place.directory)) {
        if (!entry.isDirectory() && matchesGlob(glob, directory + entry.name))
          paths.push(directory + entry.name);
        if (paths.length > MAX_ENTRIES) throw new HostError("FILE_TOO_LARGE");
      }
      return { paths: paths.toSorted(), error: null };
    });
  } catch (error) {
    return { paths: [], error: tokenOf(error) };
  }
}

async function setModeAt(place: Place, mode: number): Promise<void> {
  const file = await open(`${place.directory}/${place.name}`, FILE);
  try {
    const stats = await file.stat();
    if (!stats.isDirectory()) refuseOdd(stats);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Opens the directory a path lies in, component by component, and closes it afterwards. */
async function inDirectoryOf<T>(root: string, path: string, use: (place: Place) => Promise<T>): Promise<T> {
  const names = componentsOf(path);
  let directory = await openRoot(root);
  try {
    for (const name of names.slice(0, -1)) {
      const next = await openDirectory(directory, name);
      await directory.close();
      directory = next;
    }
    return await use({ directory: inside(directory), name: names.at(-1) ?? "" });
  } finally {
    await directory.close();
  }
}

async function openRoot(root: string): Promise<FileHandle> {
  try {
    return await open(root, DIRECTORY);
  } catch (error) {
    throw new HostError("HOST_UNAVAILABLE", { cause: error });
  }
}

async function openDirectory(parent: FileHandle, name: string): Promise<FileHandle> {
  const path = `${inside(parent)}/${name}`;
  try {
    return await open(path, DIRECTORY);
  } catch (error) {
    // Linux answers ENOTDIR for a link too; a link is refused, any other non-directory means: not there.
    if (errnoOf(error) === "ENOTDIR" && (await lstat(path)).isSymbolicLink()) {
      throw new HostError("PATH_REFUSED", { cause: error });
    }
    throw error;
  }
}

function inside(directory: FileHandle): string {
  return `/proc/self/fd/${directory.fd}`;
}

/** A second name for a file may lie outside the tree, so a file with more than one name is not of this host. */
function refuseOdd(stats: { isFile(): boolean; nlink: number }): void {
  if (!stats.isFile()) throw new HostError("NOT_A_FILE");
  if (stats.nlink > 1) throw new HostError("PATH_REFUSED");
}

/** Rename replaces a link instead of following it; still, what is not a plain file is not ours to replace. */
async function refuseOddTarget(place: Place): Promise<void> {
  const stats = await lstat(`${place.directory}/${place.name}`).catch((error: unknown) => {
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  });
  if (stats?.isSymbolicLink()) throw new HostError("PATH_REFUSED");
  if (stats !== null && !stats.isFile()) throw new HostError("NOT_A_FILE");
}

/** A link to `/dev/null` says "this file is empty" without being followed. */
async function isMask(place: Place): Promise<boolean> {
  const target = await readlink(`${place.directory}/${place.name}`).catch(() => null);
  return target === "/dev/null";
}

function found(path: string, mode: number): HostFile {
  return { path, found: true, bytes: null, mode, uid: null, gid: null, modifiedAt: null, error: null };
}

async function looking(path: string, look: () => Promise<HostFile>): Promise<HostFile> {
  try {
    return await look();
  } catch (error) {
    const token = tokenOf(error);
    return token === null ? absent(path) : unreadable(path, token);
  }
}

async function changing(root: string, path: string, change: (place: Place) => Promise<void>): Promise<void> {
  try {
    await inDirectoryOf(root, path, change);
  } catch (error) {
    throw new HostError(tokenOf(error) ?? "DIRECTORY_MISSING", { cause: error });
  }
}
