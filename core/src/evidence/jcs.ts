import serialize from "canonicalize";

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

const encoder = new TextEncoder();

/**
 * RFC 8785 canonical JSON text of a value. Members whose value is undefined are left out.
 * @throws Error when the value has no canonical form (NaN, lone surrogate, a cycle, undefined).
 */
export function canonicalJson(value: unknown): string {
  // The value of canonical text is in order already, and then the engine's own printer gives the same text.
  const text = isInOrder(value, 0) ? JSON.stringify(value) : serialize(value);
  if (text === undefined) throw new Error("this value has no JSON form");
  return text;
}

const deepest = 64;

/**
 * Whether `JSON.stringify` writes the canonical form: plain JSON, members sorted by UTF-16 code units, no lone
 * surrogate. False only means that it has to be written the slow way, which also says what has no form at all.
 */
function isInOrder(value: unknown, depth: number): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return typeof value === "boolean";
  if (value === null) return true;
  if (depth > deepest) return false;
  return Array.isArray(value) ? isListInOrder(value, depth) : isObjectInOrder(value, depth);
}

function isListInOrder(list: readonly unknown[], depth: number): boolean {
  // By index: holes, which other loops skip, are not JSON.
  for (let index = 0; index < list.length; index++) if (!isInOrder(list[index], depth + 1)) return false;
  return true;
}

function isObjectInOrder(object: object, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return false;
  let before: string | null = null;
  const members = object as Readonly<Record<string, unknown>>; // plain, as just seen
  for (const name of Object.keys(members)) {
    if ((before !== null && before >= name) || !name.isWellFormed()) return false;
    if (!isInOrder(members[name], depth + 1)) return false;
    before = name;
  }
  return true;
}

/** The UTF-8 bytes of {@link canonicalJson}. */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(canonicalJson(value));
}

/** Whether JSON text of unknown origin is the canonical form of its value. */
export function isCanonical(parsed: { readonly text: string; readonly value: unknown }): boolean {
  try {
    return canonicalJson(parsed.value) === parsed.text;
  } catch {
    return false; // a lone surrogate has no canonical form
  }
}
