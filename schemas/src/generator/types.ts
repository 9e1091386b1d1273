import { compile, type JSONSchema } from "json-schema-to-typescript";
import { definitionsOf, type JsonObject } from "./schema-files.ts";

/** Members that only narrow values; the type generator either ignores them or trips over them. */
const withoutEffectOnTypes = new Set([
  "if",
  "then",
  "else",
  "dependentRequired",
  "propertyNames",
  "$schema",
  "$id",
]);

/**
 * TypeScript of all schemas: one `export interface` for each kind, each spec and each shared definition,
 * everything readonly.
 */
export async function typesOf(schemas: readonly JsonObject[], banner: string): Promise<string> {
  const everything: JSONSchema = {
    title: "Unused",
    $defs: forTypes(definitionsOf(schemas)),
    type: "object",
    additionalProperties: false,
  };
  const text = await compile(everything, "Unused", {
    bannerComment: banner,
    format: false,
    unreachableDefinitions: true,
    unknownAny: true,
  });
  return readonlyTypes(text);
}

function forTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forTypes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(typeShape(value as JsonObject)).map(([k, v]) => [k, forTypes(v)])); // an object by the tests above
}

/** The generator knows tuples in the older form, and would spell out bounded arrays as unions of tuples. */
function typeShape(schema: JsonObject): JsonObject {
  const kept = Object.fromEntries(Object.entries(schema).filter(([key]) => !withoutEffectOnTypes.has(key)));
  if (schema["prefixItems"] !== undefined) {
    const { prefixItems, ...rest } = kept;
    return { ...rest, items: prefixItems, additionalItems: false };
  }
  if (schema["type"] !== "array") return kept;
  const { minItems: _min, maxItems: _max, ...array } = kept;
  return array;
}

function readonlyTypes(text: string): string {
  return text
    .replace(/export interface Unused \{\s*\}\n/, "")
    .replace(/ \* *\n \* This interface was referenced by .*\n \* via the .*\n/g, "")
    .replace(/^(\s*)((?:"[^"]+"|[A-Za-z_$][\w$]*)\??: )/gm, "$1readonly $2")
    .replace(/^(\s*)(\[k: string\]: )/gm, "$1readonly $2")
    .replace(/((?:\b[\w.]+|\([^()\n]+\)|\[[^[\]\n]+\])\[\])/g, "readonly $1");
}
