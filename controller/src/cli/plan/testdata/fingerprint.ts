import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Every file below a folder with the SHA-256 of its bytes, sorted: equal before and after when nothing was written. But
 * for SQLite's shared memory, in which every process that has a store open notes that it reads.
 */
export async function fingerprint(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const lines = entries.filter(({ name }) => !name.endsWith(".db-shm")).map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) return path;
    return `${path} ${createHash("sha256").update(await readFile(path)).digest("hex")}`;
  });
  return (await Promise.all(lines)).toSorted();
}
