import { loadTree } from "@compline/core";
import { kinds } from "@compline/schemas";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readFolder } from "../../source/folder.ts";
import type { NewFile } from "./sites.ts";

/** What a partner repository takes over from this checkout. */
export interface Library {
  /** Frameworks, policies and runbooks, and the schemas that their first lines name. */
  readonly files: readonly NewFile[];
  /** Names of the frameworks, sorted. */
  readonly frameworks: readonly string[];
}

/** Reads the library of a checkout of Compline; its own sites are left out. */
export async function readLibrary(root: string): Promise<Library> {
  const files = readFolder(root).files.filter(({ path }) => !path.startsWith("sites/"));
  const frameworks = loadTree(files).documents.filter(({ kind }) => kind === "Framework");
  return {
    files: [...files, ...(await readSchemas(root))],
    frameworks: frameworks.map(({ name }) => name),
  };
}

async function readSchemas(root: string): Promise<NewFile[]> {
  const paths = kinds.map((kind) => `schemas/${kind.toLowerCase()}/v1.schema.json`);
  return await Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(root, path), "utf8") })),
  );
}
