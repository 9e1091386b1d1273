import { kinds } from "@compline/schemas";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readFolder } from "../../source/folder.ts";
import type { NewFile } from "./sites.ts";

/**
 * What a partner repository takes over from a checkout of Compline: frameworks, policies and runbooks, and the schemas
 * that their first lines name. The checkout's own sites are left out.
 */
export async function readLibrary(root: string): Promise<readonly NewFile[]> {
  const files = readFolder(root).files.filter(({ path }) => !path.startsWith("sites/"));
  return [...files, ...(await readSchemas(root))];
}

async function readSchemas(root: string): Promise<NewFile[]> {
  const paths = kinds.map((kind) => `schemas/${kind.toLowerCase()}/v1.schema.json`);
  return await Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(root, path), "utf8") })),
  );
}
