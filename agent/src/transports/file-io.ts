import { constants } from "node:fs";
import { chmod, mkdir, open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { HostError } from "../errors.ts";
import { errnoOf, MAX_FILE_BYTES } from "./host-files.ts";

/** A directory by a path that is already safe to use, and a name in it. */
export interface Place {
  readonly directory: string;
  readonly name: string;
}

/** What a file becomes. `owner` is null to leave it to whoever runs this. */
export interface Content {
  readonly bytes: Buffer;
  readonly mode: number;
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

/** Most files that are looked at are smaller. */
const CHUNK_BYTES = 16 * 1024;

/** Reads an open regular file whole; a larger one than the limit throws `FILE_TOO_LARGE`. */
export async function readBounded(file: FileHandle): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return Buffer.concat(chunks);
    length += bytesRead;
    if (length > MAX_FILE_BYTES) throw new HostError("FILE_TOO_LARGE");
    chunks.push(buffer.subarray(0, bytesRead));
  }
}

/** Puts `content` in place of whatever is there: temporary file, fsync, rename, fsync of the directory. */
export async function replaceFile(place: Place, content: Content): Promise<void> {
  const temporary = temporaryOf(place);
  await rm(temporary, { force: true });
  try {
    await writeNew(temporary, content);
    await rename(temporary, `${place.directory}/${place.name}`);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(place.directory);
}

/** The folder that `path` wants to be there: one for drop-in files, which programs read but packages often do not bring. */
export function dropInFolder(path: string): string | null {
  const folder = dirname(path);
  return folder.endsWith(".d") ? folder : null;
}

/** Makes a folder that everybody may read, durably; one that is there is left as it is. */
export async function makeFolder({ directory, name }: Place): Promise<void> {
  const made = await mkdir(`${directory}/${name}`).then(
    () => true,
    (error: unknown) => {
      if (errnoOf(error) === "EEXIST") return false;
      throw error;
    },
  );
  if (!made) return;
  await chmod(`${directory}/${name}`, 0o755);
  await syncDirectory(directory);
}

/** Removes a file and makes that durable; nothing there is success. */
export async function removeFile(place: Place): Promise<void> {
  await rm(`${place.directory}/${place.name}`, { force: true });
  await syncDirectory(place.directory);
}

/** Removes what `replaceFile` left when the process died in it. */
export async function sweepFile(place: Place): Promise<void> {
  await rm(temporaryOf(place), { force: true });
}

/** One fixed name for each file, so that what a crash leaves is found again and never piles up. */
function temporaryOf(place: Place): string {
  return `${place.directory}/.${place.name}.compline-new`;
}

async function writeNew(path: string, content: Content): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(content.bytes);
    if (content.owner !== null) await file.chown(content.owner.uid, content.owner.gid);
    await file.chmod(content.mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
