/// <reference types="node" />
// Writes what is generated from the schemas: their shared $defs, the types and the validators.
// `node schemas/src/generate.ts` writes; with --check it writes nothing and exits 1 when a file would change.
import { readFileSync, writeFileSync } from "node:fs";
import {
  asObject,
  packagePath,
  readSchema,
  schemaFolders,
  withDefinitions,
} from "./generator/schema-files.ts";
import { typesOf } from "./generator/types.ts";
import { declarationsOf, validatorsOf } from "./generator/validators.ts";

const banner =
  "// Generated from schemas/**/*.schema.json: run `npm run generate -w schemas` to write it again.";

async function generate(): Promise<Map<string, string>> {
  const shared = asObject(readSchema("common.schema.json")["$defs"]);
  const files = schemaFolders.map((folder) => `${folder}/v1.schema.json`);
  const schemas = files.map((file) => withDefinitions(readSchema(file), shared));
  const outputs = new Map(files.map((file, at) => [file, `${JSON.stringify(schemas[at], null, 2)}\n`]));
  outputs.set("src/generated/types.ts", await typesOf(schemas, banner));
  outputs.set("src/generated/validators.js", validatorsOf(schemas, banner));
  outputs.set("src/generated/validators.d.ts", declarationsOf(schemas, banner));
  return outputs;
}

function currentText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Schemas are compared by content, so that the formatter may lay them out. */
function sameContent(file: string, before: string | null, after: string): boolean {
  if (before === null || !file.endsWith(".json")) return before === after;
  return JSON.stringify(JSON.parse(before)) === JSON.stringify(JSON.parse(after));
}

const checkOnly = process.argv.includes("--check");
for (const [file, text] of await generate()) {
  const path = packagePath(file);
  if (sameContent(file, currentText(path), text)) continue;
  if (checkOnly) process.exitCode = 1;
  else writeFileSync(path, text);
  process.stdout.write(`schemas/${file} ${checkOnly ? "differs from what the schemas say" : "written"}\n`);
}
