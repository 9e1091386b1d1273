/// <reference types="node" />
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A JSON value that is an object; schemas are handled as data here. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** Folder names of the schemas: the kinds of document, then the formats that are no documents. */
export const schemaFolders: readonly string[] = [
  "framework",
  "controlfamily",
  "preset",
  "check",
  "rule",
  "runbook",
  "drill",
  "partner",
  "site",
  "appliance",
  "assignment",
  "observed",
  "labreport",
];

const root = new URL("../../", import.meta.url);

/** The path of a file of this package on disk. */
export function packagePath(relative: string): string {
  return fileURLToPath(new URL(relative, root));
}

/** Reads one schema file of this package. */
export function readSchema(relative: string): JsonObject {
  return asObject(JSON.parse(readFileSync(packagePath(relative), "utf8")));
}

/** The value as an object; anything else is a mistake in a schema file. */
export function asObject(value: unknown): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("a schema file of this package holds something other than an object");
  }
  return value as JsonObject; // narrowed by the test above; the index type is `unknown`
}

/** The schema with exactly the shared definitions it refers to, so that it works alone in an editor. */
export function withDefinitions(schema: JsonObject, shared: JsonObject): JsonObject {
  const { $defs: _old, ...body } = schema;
  const needed = new Set<string>();
  collectNames(body, shared, needed);
  const definitions = Object.keys(shared).filter((name) => needed.has(name));
  return { ...body, $defs: Object.fromEntries(definitions.map((name) => [name, shared[name]])) };
}

/** What the schemas define, under one roof: each schema by its title, each shared definition by its name. */
export function definitionsOf(schemas: readonly JsonObject[]): JsonObject {
  const definitions: Record<string, unknown> = {};
  for (const schema of schemas) {
    const { $defs, $id: _id, $schema: _schema, ...body } = schema;
    Object.assign(definitions, $defs);
    definitions[String(schema["title"])] = body;
  }
  return definitions;
}

function collectNames(value: unknown, shared: JsonObject, needed: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === "$ref" && typeof member === "string") addName(member, shared, needed);
    else collectNames(member, shared, needed);
  }
}

function addName(reference: string, shared: JsonObject, needed: Set<string>): void {
  const name = reference.replace(/^#\/\$defs\//, "");
  if (shared[name] === undefined) throw new Error(`${reference} is not in common.schema.json`);
  if (needed.has(name)) return;
  needed.add(name);
  collectNames(shared[name], shared, needed);
}
