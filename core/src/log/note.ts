import { decodeBase64, encodeBase64 } from "../evidence/base64.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { checkPublicKey } from "../evidence/ed25519-noble.ts";

/** What a text was read as, or what is wrong with it: expected and found, in a sentence. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** Signature types of notes that we know (C2SP signed-note, "Signature types"). */
export const NOTE_TYPES = { ed25519: 0x01, cosignature: 0x04 } as const;

/** What signs or verifies a note: a name, a type and an Ed25519 key. */
export interface NoteKey {
  readonly name: string;
  readonly type: (typeof NOTE_TYPES)[keyof typeof NOTE_TYPES];
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** One signature line. */
export interface NoteSignature {
  readonly name: string;
  /** 4 bytes as 8 hex digits: which of the keys of that name. */
  readonly keyId: string;
  /** What follows the key id; its form is a matter of the type. */
  readonly bytes: Uint8Array;
}

/** A text and the signatures below it; nothing is verified yet. */
export interface Note {
  /** With its last line end. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A note is at most this long: 16 signatures, the largest that are assigned, have room. */
export const MAX_NOTE_BYTES = 131_072;
const MAX_SIGNATURES = 64;

const KEY_ID_BYTES = 4;
/** No space of any script, no plus, no control character. */
const NAME = /^[^\s+\p{Z}\p{Cc}]{1,256}$/u;
const DASH = "— ";
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The id of a key: SHA-256(name ‖ "\n" ‖ type ‖ key), its first 4 bytes, as 8 hex digits. */
export function noteKeyId({ name, type, publicKey }: NoteKey): string {
  const input = concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(type), publicKey);
  return bytesToHex(sha256(input).subarray(0, KEY_ID_BYTES));
}

/** The text form of a key: `name+id+base64(type ‖ key)` (C2SP signed-note, "Verifier keys"). */
export function encodeVerifierKey(key: NoteKey): string {
  const material = encodeBase64(concatBytes(Uint8Array.of(key.type), key.publicKey));
  return `${key.name}+${noteKeyId(key)}+${material}`;
}

/** Strict inverse of {@link encodeVerifierKey}; the key is checked to be one that can be trusted. */
export function readVerifierKey(text: string, type: NoteKey["type"]): Read<NoteKey> {
  const [name = "", id = "", ...rest] = text.split("+");
  const material = decodeBase64(rest.join("+"));
  if (!NAME.test(name) || material === undefined)
    return refused(`expected name+id+base64, found ${JSON.stringify(text)}`);
  if (material[0] !== type) return refused(`expected a key of type ${type}, found type ${material[0]}`);
  const key: NoteKey = { name, type, publicKey: material.subarray(1) };
  const wrong = checkPublicKey(key.publicKey);
  if (wrong !== null) return refused(wrong);
  if (noteKeyId(key) !== id)
    return refused(`expected the id ${noteKeyId(key)} of ${name}, found ${JSON.stringify(id)}`);
  return { ok: true, value: key };
}

/** A note as written: text, an empty line, signature lines. Strict: {@link encodeNote} of what is read gives the same bytes. */
export function readNote(bytes: Uint8Array): Read<Note> {
  if (bytes.length > MAX_NOTE_BYTES)
    return refused(`expected at most ${MAX_NOTE_BYTES} bytes, found ${bytes.length}`);
  const whole = decodeText(bytes);
  if (whole === null) return refused("expected UTF-8 text without control characters");
  const end = whole.lastIndexOf("\n\n");
  if (end < 0 || !whole.endsWith("\n")) return refused("expected a text, an empty line and signature lines");
  const lines = whole.slice(end + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES)
    return refused(`expected at most ${MAX_SIGNATURES} signatures, found ${lines.length}`);
  const signatures = lines.map(readSignature);
  const bad = signatures.indexOf(null);
  if (bad >= 0)
    return refused(
      `expected "${DASH}name base64" as signature ${bad + 1}, found ${JSON.stringify(lines[bad]?.slice(0, 80))}`,
    );
  return {
    ok: true,
    value: { text: whole.slice(0, end + 1), signatures: signatures.filter((one) => one !== null) },
  };
}

/** The bytes of a note. */
export function encodeNote({ text, signatures }: Note): Uint8Array {
  return utf8ToBytes(`${text}\n${signatures.map(encodeSignature).join("")}`);
}

/** The line of a signature, with its line end. */
function encodeSignature({ name, keyId, bytes }: NoteSignature): string {
  return `${DASH}${name} ${encodeBase64(concatBytes(hexToBytes(keyId), bytes))}\n`;
}

/** The signatures of a note that claim to be by a key. */
export function signaturesBy({ signatures }: Note, key: NoteKey): readonly NoteSignature[] {
  const id = noteKeyId(key);
  return signatures.filter(({ name, keyId }) => name === key.name && keyId === id);
}

/** The text of UTF-8 bytes without control characters but line ends; null otherwise. */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x0a)) return null;
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** Says what is wrong with a text. */
export function refused(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

function readSignature(line: string): NoteSignature | null {
  const [name = "", base64 = "", ...more] = line.startsWith(DASH) ? line.slice(DASH.length).split(" ") : [];
  const bytes = decodeBase64(base64);
  if (!NAME.test(name) || more.length > 0 || bytes === undefined || bytes.length <= KEY_ID_BYTES) return null;
  return { name, keyId: bytesToHex(bytes.subarray(0, KEY_ID_BYTES)), bytes: bytes.subarray(KEY_ID_BYTES) };
}
