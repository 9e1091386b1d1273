import { closeSync, fchownSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file of the state folder (0600) so that after a power cut it is there whole, or not at all. It belongs to
 * whom the folder belongs to: a person may be root where the agent is not.
 */
export function writeDurably(path: string, bytes: Uint8Array): void {
  replaceFile(path, bytes, fsyncSync);
  syncDirectory(dirname(path));
}

/** Like `writeDurably`, but after a power cut it may be the file that was there before, or an empty one. */
export function writeWhole(path: string, bytes: Uint8Array): void {
  replaceFile(path, bytes, () => {});
}

function replaceFile(path: string, bytes: Uint8Array, flush: (file: number) => void): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const file = openSync(temporary, "wx", 0o600);
  try {
    if (process.getuid?.() === 0) {
      const { uid, gid } = statSync(dirname(path));
      fchownSync(file, uid, gid);
    }
    writeSync(file, bytes);
    flush(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/** Makes what was renamed or made in a folder durable. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
