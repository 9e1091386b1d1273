const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PAD = 61;
// All bits set: the bitwise or of four values is this exactly when one of them is.
const INVALID = -1;

const values = new Int32Array(128).fill(INVALID);
for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i;
const characters = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const ascii = new TextDecoder();

/** Standard padded base64 (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PAD);
  for (let i = 0, o = 0; i < bytes.length; i += 3, o += 4) {
    const left = bytes.length - i;
    const group = (at(bytes, i) << 16) | (at(bytes, i + 1) << 8) | at(bytes, i + 2);
    out[o] = at(characters, group >> 18);
    out[o + 1] = at(characters, (group >> 12) & 63);
    if (left > 1) out[o + 2] = at(characters, (group >> 6) & 63);
    if (left > 2) out[o + 3] = at(characters, group & 63);
  }
  return ascii.decode(out);
}

/**
 * Strict inverse of {@link encodeBase64}: one text per byte sequence. Undefined for any other text: another
 * alphabet, white space, missing padding, non-zero trailing bits.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  return native === undefined ? decodePortably(text) : decodeNatively(text, native);
}

type FromBase64 = (
  text: string,
  options: { readonly lastChunkHandling: "strict" },
) => Uint8Array<ArrayBuffer>;

// ES2026, and so not everywhere: where it is missing the rest of this file does the same, several times as slowly.
const native = (Uint8Array as { readonly fromBase64?: FromBase64 }).fromBase64?.bind(Uint8Array);

/** Strict about alphabet, padding and trailing bits; white space it skips, which shows in the length. */
function decodeNatively(text: string, decode: FromBase64): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  try {
    const bytes = decode(text, { lastChunkHandling: "strict" });
    return bytes.length === (text.length / 4) * 3 - paddingOf(text) ? bytes : undefined;
  } catch {
    return undefined; // no text of the alphabet
  }
}

function paddingOf(text: string): 0 | 1 | 2 {
  return text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
}

/** {@link decodeBase64} where the engine has none. */
export function decodePortably(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = paddingOf(text);
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  const whole = padding === 0 ? text.length : text.length - 4;
  for (let i = 0, o = 0; i < whole; i += 4, o += 3) {
    const group = groupAt(text, i);
    if (group < 0) return undefined;
    out[o] = group >> 16;
    out[o + 1] = group >> 8;
    out[o + 2] = group;
  }
  return padding === 0 || decodeLast(text, padding, out) ? out : undefined;
}

/** The last, padded group: its unused bits are zero, or two texts would give the same bytes. */
function decodeLast(text: string, padding: 1 | 2, out: Uint8Array): boolean {
  const group = groupAt(`${text.slice(-4, -padding)}${"A".repeat(padding)}`, 0);
  if (group < 0 || (group & (padding === 1 ? 0xff : 0xffff)) !== 0) return false;
  out[out.length - 3 + padding] = group >> 16;
  if (padding === 1) out[out.length - 1] = group >> 8;
  return true;
}

/** The 24 bits of four letters, or a negative number when one is no letter of the alphabet. */
function groupAt(text: string, start: number): number {
  const a = valueAt(text, start);
  const b = valueAt(text, start + 1);
  const c = valueAt(text, start + 2);
  const d = valueAt(text, start + 3);
  return (a | b | c | d) === INVALID ? -1 : (a << 18) | (b << 12) | (c << 6) | d;
}

function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code < 128 ? at(values, code) : INVALID;
}

function at(bytes: Uint8Array | Int32Array, index: number): number {
  return bytes[index] ?? 0;
}
