import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { PORTAL, REPOSITORY } from "./folders.ts";

/** What the built app depends on: its own sources, the two packages bundled into it, and the locked dependencies. */
const INPUTS = [
  join(PORTAL, "src"),
  join(PORTAL, "public"),
  join(PORTAL, "adapter.mjs"),
  join(PORTAL, "astro.config.mjs"),
  join(PORTAL, "package.json"),
  join(REPOSITORY, "core/src"),
  join(REPOSITORY, "schemas/src"),
  join(REPOSITORY, "package-lock.json"),
];

/** Files that no page is made of. */
const IGNORED = /\.(test|bench)\.ts$|\/testdata\/|\/portal\/src\/fixture\/|\.md$/;

/** SHA-256 over the path and content of everything the built app depends on, and the version of Node. */
export async function digestSources(): Promise<string> {
  const files = (await Promise.all(INPUTS.map(listFiles))).flat().filter((file) => !IGNORED.test(file));
  const digest = createHash("sha256").update(process.version);
  for (const file of files.toSorted()) {
    const content = await readFile(file);
    digest.update(`\0${relative(REPOSITORY, file)}\0${content.length}\0`).update(content);
  }
  return digest.digest("hex");
}

async function listFiles(path: string): Promise<readonly string[]> {
  let entries;
  try {
    entries = await readdir(path, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return [path];
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
