import { createHash } from "node:crypto";
import type { Dirent } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isManifestPath } from "@compline/core";
import { collect, desiredFolders, type SourceFiles } from "./tree.ts";

/**
 * Reads the desired state from a folder as it lies there, committed or not, with the same limits and diagnostics as
 * a revision. Nothing is written. A folder that has none of the four is an empty tree.
 */
export async function readFolder(folder: string): Promise<SourceFiles> {
  const paths = (await Promise.all(desiredFolders.map((name) => listFiles(folder, name)))).flat();
  const entries = await Promise.all(paths.map((path) => describe(folder, path)));
  const result = await collect(entries, (entry) => readFile(join(folder, entry.path)));
  return { ...result, files: result.files.map((file) => ({ ...file, id: sha256(file.text) })) };
}

async function listFiles(folder: string, below: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(none);
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = `${below}/${entry.name}`;
      if (isPractice(path)) return [];
      if (entry.isDirectory()) return listFiles(folder, path);
      return isManifestPath(path) || !entry.isFile() ? [path] : [];
    }),
  );
  return nested.flat();
}

async function describe(
  folder: string,
  path: string,
): Promise<{ mode: string; id: string; size: number; path: string }> {
  const stats = await lstat(join(folder, path));
  return { mode: stats.isFile() ? "100644" : "120000", id: path, size: stats.size, path };
}

function isPractice(path: string): boolean {
  return /^sites\/[^/]+\/[^/]+\/practice$/.test(path);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function none(error: NodeJS.ErrnoException): Dirent[] {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
  throw error;
}
