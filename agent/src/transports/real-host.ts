import { constants, type Stats } from "node:fs";
import { chmod, lstat, open, opendir, realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
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

/** Device 1:3, as Linux encodes it. */
const DEV_NULL = 0x103;

/** The files of the machine this process runs on. Symbolic links are followed, as every program there does. */
export const realHost: HostFiles = {
  read,
  list,
  stat: statOf,
  write: (path, content) =>
    changing(async () => {
      const folder = dropInFolder(path);
      if (folder !== null) await makeFolder(await placeOf(folder));
      const place = await placeOf(path);
      const owner = await ownerOfFile(place);
      await replaceFile(place, { ...content, owner });
    }),
  setMode: (path, mode) =>
    changing(async () => {
      componentsOf(path);
      await chmod(path, mode);
    }),
  remove: (path) =>
    changing(async () => {
      const place = await placeOf(path);
      await ownerOfFile(place);
      await removeFile(place);
    }),
  sweep: (path) => changing(async () => sweepFile(await placeOf(path))),
};

async function read(path: string): Promise<HostFile> {
  try {
    componentsOf(path);
    // O_NONBLOCK: opening a FIFO must not wait for a writer.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (stats.isCharacterDevice() && stats.rdev === DEV_NULL) return masked(path);
      if (!stats.isFile()) return unreadable(path, "NOT_A_FILE");
      return { ...found(path, stats), bytes: await readBounded(file) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return failed(path, error);
  }
}

async function statOf(path: string): Promise<HostFile> {
  try {
    componentsOf(path);
    return found(path, await lstat(path));
  } catch (error) {
    return failed(path, error);
  }
}

async function list(glob: string): Promise<Listing> {
  const directory = dirname(glob);
  const paths: string[] = [];
  try {
    componentsOf(glob);
    for await (const entry of await opendir(directory)) {
      if (!entry.isDirectory() && matchesGlob(glob, `${directory}/${entry.name}`))
        paths.push(`${directory}/${entry.name}`);
      if (paths.length > MAX_ENTRIES) return { paths: [], error: "FILE_TOO_LARGE" };
    }
    return { paths: paths.toSorted(), error: null };
  } catch (error) {
    return { paths: [], error: tokenOf(error) };
  }
}

function found(path: string, { mode, uid, gid, mtimeMs }: Stats): HostFile {
  return { path, found: true, bytes: null, mode, uid, gid, modifiedAt: mtimeMs, error: null };
}

function failed(path: string, error: unknown): HostFile {
  const token = tokenOf(error);
  return token === null ? absent(path) : unreadable(path, token);
}

/** Where a path leads to, so that replacing a linked file replaces the file and keeps the link. */
async function placeOf(path: string): Promise<Place> {
  componentsOf(path);
  const target = await realpath(path).catch((error: unknown) => {
    if (errnoOf(error) === "ENOENT") return path;
    throw error;
  });
  return { directory: await realpath(dirname(target)), name: basename(target) };
}

/** The owner of the file that is to be replaced, null when there is none; what is no regular file is refused. */
async function ownerOfFile(place: Place): Promise<{ uid: number; gid: number } | null> {
  const stats = await stat(`${place.directory}/${place.name}`).catch((error: unknown) => {
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  });
  if (stats === null) return null;
  if (!stats.isFile()) throw new HostError("NOT_A_FILE");
  return { uid: stats.uid, gid: stats.gid };
}

async function changing(change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    throw new HostError(tokenOf(error) ?? "DIRECTORY_MISSING", { cause: error });
  }
}
