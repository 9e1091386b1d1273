const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PAD = 61;
const INVALID = 64;

const values = new Uint8Array(128).fill(INVALID);
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
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const digits = text.length - padding;
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let group = 0;
  for (let i = 0, o = 0; i < digits; i++) {
    const value = valueOf(text.charCodeAt(i));
    if (value === INVALID) return undefined;
    group = ((group << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[o++] = (group >> bits) & 255;
  }
  return (group & ((1 << bits) - 1)) === 0 ? out : undefined;
}

function valueOf(code: number): number {
  return code < 128 ? at(values, code) : INVALID;
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
