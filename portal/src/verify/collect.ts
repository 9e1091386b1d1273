import type { GivenFile } from "./messages.ts";

/** Bounds that keep a browser usable; far above what a site's evidence of a year needs. */
const MAX_FILES = 100_000;
const MAX_BYTES = 512 * 1024 * 1024;

/** A file the reader gave, with its path below what was given. */
export interface PathedFile {
  readonly path: string;
  readonly file: File;
}

/** Files of an input; those of a chosen folder carry their paths. */
export function filesOfInput(list: FileList | null): readonly PathedFile[] {
  return [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** Files of a drop, folders opened. Must be called while the drop is being handled. */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly PathedFile[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const found: PathedFile[] = [];
  for (let entry = entries.shift(); entry !== undefined; entry = entries.shift()) {
    if (found.length > MAX_FILES) break;
    if (isFile(entry)) found.push({ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry) });
    else if (isFolder(entry)) entries.push(...(await listFolder(entry)));
  }
  return found;
}

/**
 * Reads the files, with the folder that they all share taken off their paths.
 * @throws Error when there are too many or they are too large to hold.
 */
export async function readFiles(given: readonly PathedFile[]): Promise<readonly GivenFile[]> {
  if (given.length > MAX_FILES) throw new Error(`more than ${MAX_FILES} files`);
  const size = given.reduce((sum, { file }) => sum + file.size, 0);
  if (size > MAX_BYTES) throw new Error("more than 512 MiB; verify a part, or use compline verify");
  const paths = withoutSharedFolder(given.map(({ path }) => path));
  return Promise.all(
    given.map(async ({ file }, at) => ({
      path: paths[at] ?? file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
}

/** Paths without the first folder, when all of them are below the same one. */
export function withoutSharedFolder(paths: readonly string[]): readonly string[] {
  const [first] = paths;
  const slash = first?.indexOf("/") ?? -1;
  if (first === undefined || slash < 1) return paths;
  const folder = first.slice(0, slash + 1);
  // Folders of the layout itself are no wrapping.
  if (["envelopes/", "assignments/", "evidence/"].includes(folder)) return paths;
  return paths.every((path) => path.startsWith(folder))
    ? paths.map((path) => path.slice(folder.length))
    : paths;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A browser hands out a folder's entries a hundred at a time, until an empty answer. */
async function listFolder(entry: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length > MAX_FILES) return all;
    all.push(...some);
  }
}
