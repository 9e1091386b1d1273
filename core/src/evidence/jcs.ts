import serialize from "canonicalize";

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

const encoder = new TextEncoder();

/**
 * RFC 8785 canonical JSON text of a value. Members whose value is undefined are left out.
 * @throws Error when the value has no canonical form (NaN, lone surrogate, a cycle, undefined).
 */
export function canonicalJson(value: unknown): string {
  const text = serialize(value);
  if (text === undefined) throw new Error("this value has no JSON form");
  return text;
}

/** The UTF-8 bytes of {@link canonicalJson}. */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(canonicalJson(value));
}
