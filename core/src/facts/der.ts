/** One value of DER (X.690): its tag byte and where its content lies. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The whole value with tag and length. */
  readonly bytes: Uint8Array;
}

/** Tags that certificates are made of. */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** Longer lengths than this take more than four bytes, which no certificate needs. */
const maxLengthBytes = 4;

/** The value that starts at `at`; null when there is none, or when it is not whole. Tags of several bytes are not read. */
export function readDer(bytes: Uint8Array, at = 0): DerValue | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  if (first < 0x80) return slice(bytes, { tag, at, start: at + 2, length: first });
  const count = first & 0x7f;
  if (count === 0 || count > maxLengthBytes) return null;
  let length = 0;
  for (let i = 0; i < count; i += 1) {
    const byte = bytes[at + 2 + i];
    if (byte === undefined) return null;
    length = length * 256 + byte;
  }
  return slice(bytes, { tag, at, start: at + 2 + count, length });
}

/** The values one after the other within `content`; null when something is left over or is no value. */
export function readDerList(content: Uint8Array): readonly DerValue[] | null {
  const values: DerValue[] = [];
  for (let at = 0; at < content.length; ) {
    const value = readDer(content, at);
    if (value === null) return null;
    values.push(value);
    at += value.bytes.length;
  }
  return values;
}

interface Extent {
  readonly tag: number;
  readonly at: number;
  readonly start: number;
  readonly length: number;
}

function slice(bytes: Uint8Array, { tag, at, start, length }: Extent): DerValue | null {
  const end = start + length;
  if (end > bytes.length) return null;
  return { tag, content: bytes.subarray(start, end), bytes: bytes.subarray(at, end) };
}

/** An object identifier in hexadecimal, as its content bytes: enough to tell them apart. */
export function hexOf(content: Uint8Array): string {
  return Array.from(content, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
