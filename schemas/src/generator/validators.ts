import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { definitionsOf, type JsonObject } from "./schema-files.ts";

/** All schemas go into one, so that the code for a shared definition is written once. */
const bundleId = "https://compline.dev/schemas/bundle.schema.json";

/** The exported name of a schema's validator. */
function validatorName(schema: JsonObject): string {
  return `validate${String(schema["title"])}`;
}

/**
 * An ECMAScript module with one validator for each schema, which needs nothing at run time.
 * All errors are reported.
 */
export function validatorsOf(schemas: readonly JsonObject[], banner: string): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addSchema({ $id: bundleId, $defs: definitionsOf(schemas) });
  const names = schemas.map((schema) => [
    validatorName(schema),
    `${bundleId}#/$defs/${String(schema["title"])}`,
  ]);
  const code = standalone.default(ajv, Object.fromEntries(names)).replaceAll(lengthImport, lengthFunction);
  if (code.includes("require(")) throw new Error("the validators would need a module at run time");
  return `${banner}\n${code}`;
}

const lengthImport = /const (\w+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/g;
const lengthFunction = "function $1(text) { let length = 0; for (const _ of text) length++; return length; }";

/** The declarations that go with `validatorsOf`. */
export function declarationsOf(schemas: readonly JsonObject[], banner: string): string {
  const lines = schemas.map((schema) => `export declare const ${validatorName(schema)}: Validate;`);
  return `${banner}\n${declarations}${lines.join("\n")}\n`;
}

const declarations = `/**
 * One violation: \`instancePath\` is the JSON pointer of the value \`data\`, \`schemaPath\` that of the rule,
 * \`parentSchema\` the schema that holds the rule.
 */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly data?: unknown;
  /** Set when the violation is that of a member's name. */
  readonly propertyName?: string;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}
/** True when the value fits; else \`errors\` holds every violation until the next call. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}
`;
