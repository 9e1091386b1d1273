import type { SchemaError, Validate } from "@compline/schemas";
import type { DiagnosticCode } from "../errors.ts";
import { nearestHint } from "./nearest.ts";
import { type Aspect, joinPointer } from "./yaml.ts";

/** A violation of a schema in the words of a diagnostic, without file and place. */
export interface FormFault {
  readonly code: DiagnosticCode;
  readonly pointer: string;
  readonly aspect: Aspect;
  readonly expected: string;
  readonly found: string;
  readonly hint: string | null;
}

/** Every violation of the schema by a value that is not known to be anything. */
export function formFaults(validate: Validate, value: unknown): FormFault[] {
  if (validate(value)) return [];
  const errors = withoutEchoes(validate.errors ?? []);
  const seen = new Set<string>();
  return errors.map(faultOf).filter((fault) => {
    const key = `${fault.pointer} ${fault.code} ${fault.expected}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

/** The validator also reports what only leads to another report: `if`, the branches of a choice, a key's own errors. */
function withoutEchoes(errors: readonly SchemaError[]): SchemaError[] {
  const choices = errors.filter((error) => error.keyword === "anyOf");
  const branch = (error: SchemaError): boolean => choices.some((choice) => isBranchOf(error, choice));
  const told = errors.filter(
    (error) => branch(error) && error.keyword !== "const" && error.keyword !== "type",
  );
  return errors.filter((error) => {
    if (error.keyword === "if" || error.propertyName !== undefined) return false;
    if (error.keyword === "anyOf") return !told.some((one) => isBranchOf(one, error));
    return !branch(error) || told.includes(error);
  });
}

function isBranchOf(error: SchemaError, choice: SchemaError): boolean {
  return (
    error.schemaPath.startsWith(`${choice.schemaPath}/`) && error.instancePath.startsWith(choice.instancePath)
  );
}

type Words = Omit<FormFault, "pointer" | "aspect" | "hint"> & Partial<FormFault>;

function faultOf(error: SchemaError): FormFault {
  return { pointer: error.instancePath, aspect: "value", hint: null, ...wordsOf(error) };
}

function wordsOf(error: SchemaError): Words {
  const { params, data, instancePath } = error;
  const found = describe(data);
  const limit = String(params["limit"]);
  switch (error.keyword) {
    case "required":
      return missingOf(error);
    case "dependentRequired":
      return missing(String(params["missingProperty"]), ` beside ${quote(String(params["property"]))}`);
    case "additionalProperties":
      return unexpected(error, String(params["additionalProperty"]));
    case "false schema":
      return { code: "SCHEMA_UNEXPECTED", expected: "nothing here", found, aspect: "key" };
    case "propertyNames":
      return keyForm(error, String(params["propertyName"]));
    case "enum":
      return notListed(params["allowedValues"], data);
    case "const":
      return { code: "SCHEMA_CONST", expected: describe(params["allowedValue"]), found };
    case "type":
      return { code: "SCHEMA_TYPE", expected: articleFor(String(params["type"])), found };
    case "anyOf":
      return { code: "SCHEMA_TYPE", expected: meaning(error), found };
    case "pattern":
      return { code: "SCHEMA_PATTERN", expected: meaning(error), found };
    case "minLength":
    case "maxLength":
      return {
        code: "SCHEMA_LENGTH",
        expected: bound(error, "character"),
        found: lengthOf(data, "character"),
      };
    case "minItems":
    case "maxItems":
      return { code: "SCHEMA_ITEMS", expected: bound(error, "item"), found: lengthOf(data, "item") };
    case "minimum":
      return { code: "SCHEMA_RANGE", expected: `at least ${limit}`, found };
    case "maximum":
      return { code: "SCHEMA_RANGE", expected: `at most ${limit}`, found };
    case "uniqueItems":
      return duplicateItem(instancePath, data, Number(params["i"]));
    case "minProperties":
    case "maxProperties":
      return memberCount(error, data);
    default:
      throw new Error(`unreachable: no words for the schema keyword ${error.keyword}`);
  }
}

/** Where members may stand for one another, the schema says in words what is missing. */
function missingOf(error: SchemaError): Words {
  const isChoice = error.parentSchema?.["properties"] === undefined;
  const words = missing(String(error.params["missingProperty"]));
  return isChoice && error.parentSchema?.["description"] !== undefined
    ? { ...words, expected: meaning(error) }
    : words;
}

function missing(name: string, beside = ""): Words {
  return { code: "SCHEMA_MISSING", expected: `a member ${quote(name)}${beside}`, found: "none" };
}

function unexpected(error: SchemaError, name: string): Words {
  const allowed = Object.keys(asRecord(error.parentSchema?.["properties"]));
  return {
    code: "SCHEMA_UNEXPECTED",
    pointer: joinPointer(error.instancePath, name),
    aspect: "key",
    expected: allowed.length === 0 ? "no members" : `one of ${allowed.join(", ")}`,
    found: quote(name),
    hint: nearestHint(name, allowed),
  };
}

function keyForm(error: SchemaError, name: string): Words {
  const { pattern, $ref } = asRecord(error.parentSchema?.["propertyNames"]);
  // A form that several places share stands elsewhere in the schema, under its name.
  const form = typeof pattern === "string" ? pattern : textOf($ref).replace("#/$defs/", "");
  const pointer = joinPointer(error.instancePath, name);
  return {
    code: "SCHEMA_KEY",
    pointer,
    aspect: "key",
    expected: `a key of the form ${form}`,
    found: quote(name),
  };
}

function notListed(allowed: unknown, data: unknown): Words {
  const words = Array.isArray(allowed) ? allowed.map(String) : [];
  const hint = typeof data === "string" ? nearestHint(data, words.filter(isWord)) : null;
  const shown = words.map((word) => (isWord(word) ? word : JSON.stringify(word)));
  return { code: "SCHEMA_ENUM", expected: `one of ${shown.join(", ")}`, found: describe(data), hint };
}

function isWord(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}

function duplicateItem(pointer: string, data: unknown, at: number): Words {
  const item: unknown = Array.isArray(data) ? data[at] : undefined;
  const found = `${describe(item)} twice`;
  return { code: "SCHEMA_DUPLICATE", pointer: joinPointer(pointer, at), expected: "each item once", found };
}

function memberCount(error: SchemaError, data: unknown): Words {
  const { minProperties, maxProperties, properties } = asRecord(error.parentSchema);
  const names = Object.keys(asRecord(data));
  const found = names.length === 0 ? "none" : names.join(", ");
  const single = minProperties === 1 && maxProperties === 1;
  const expected = single
    ? `exactly one of ${Object.keys(asRecord(properties)).join(", ")}`
    : bound(error, "member");
  return { code: "SCHEMA_MEMBERS", expected, found };
}

function bound(error: SchemaError, what: string): string {
  const side = error.keyword.startsWith("min") ? "at least" : "at most";
  return `${side} ${counted(Number(error.params["limit"]), what)}`;
}

function lengthOf(data: unknown, what: string): string {
  return counted(typeof data === "string" || Array.isArray(data) ? data.length : 0, what);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** What the schema says a value means: the first sentence of its description, without the full stop. */
function meaning(error: SchemaError): string {
  const text = textOf(error.parentSchema?.["description"]).replace(/\.(?: [A-Z].*)?$/, "");
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function articleFor(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: "an object",
    array: "a list",
    integer: "a whole number",
  };
  return names[type] ?? `a ${type.replaceAll(",", " or ")}`;
}

const longestShown = 60;

/** A value as it may be shown in a message: short, on one line. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? quote(value) : String(value);
}

/** A text in quotes, shortened. */
export function quote(text: string): string {
  return JSON.stringify(text.length > longestShown ? `${text.slice(0, longestShown)}…` : text);
}

function textOf(value: unknown): string {
  if (typeof value !== "string")
    throw new Error("unreachable: a schema has a description and a pattern here");
  return value;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return value as Readonly<Record<string, unknown>>; // an object by the test above
}
