import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { decodeBase64, encodeBase64 } from "../evidence/base64.ts";
import type { Sign, SignatureEngine } from "../evidence/signature.ts";
import type { Digest } from "../evidence/statement.ts";
import {
  encodeNote,
  type Note,
  type NoteKey,
  noteKeyId,
  NOTE_TYPES,
  type Read,
  readNote,
  refused,
  signaturesBy,
} from "./note.ts";
import { HASH_BYTES } from "./tree.ts";

/** A tree head under the name of its log (C2SP tlog-checkpoint, without extension lines). */
export interface Checkpoint {
  readonly origin: string;
  /** How many leaves. */
  readonly size: number;
  readonly root: Digest;
}

/** A checkpoint with the note it is the text of; no signature is verified yet. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note;
}

/** Our origins: what a manifest may declare. */
const ORIGIN = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/;
const COUNT = /^(?:0|[1-9]\d{0,15})$/;

/** The text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${encodeBase64(hexToBytes(root))}\n`;
}

/** Strict inverse of {@link checkpointText}. */
export function readCheckpointText(text: string): Read<Checkpoint> {
  const lines = text.split("\n");
  const [origin = "", count = "", base64 = ""] = lines;
  if (lines.length !== 4 || lines[3] !== "") return refused("expected three lines: origin, size and root");
  if (!ORIGIN.test(origin))
    return refused(`expected an origin, found ${JSON.stringify(origin.slice(0, 80))}`);
  const size = readCount(count);
  if (size === null) return refused(`expected a size, found ${JSON.stringify(count.slice(0, 80))}`);
  const root = readHash(base64);
  if (root === null)
    return refused(
      `expected a root of ${HASH_BYTES} bytes in base64, found ${JSON.stringify(base64.slice(0, 80))}`,
    );
  return { ok: true, value: { origin, size, root: bytesToHex(root) } };
}

/** A signed checkpoint as served. */
export function readCheckpoint(bytes: Uint8Array): Read<SignedCheckpoint> {
  const note = readNote(bytes);
  if (!note.ok) return note;
  const checkpoint = readCheckpointText(note.value.text);
  return checkpoint.ok ? { ok: true, value: { ...checkpoint.value, note: note.value } } : checkpoint;
}

/** Signs a checkpoint by the key of its log, whose name is the origin. */
export async function signCheckpoint(
  checkpoint: Checkpoint,
  publicKey: Uint8Array,
  sign: Sign,
): Promise<Uint8Array> {
  const text = checkpointText(checkpoint);
  const key: NoteKey = { name: checkpoint.origin, type: NOTE_TYPES.ed25519, publicKey };
  const bytes = await sign(utf8ToBytes(text));
  return encodeNote({ text, signatures: [{ name: key.name, keyId: noteKeyId(key), bytes }] });
}

/**
 * Whether the log signed the checkpoint: the origin is the key's name, there is a signature by the key, and no other
 * line that claims to be one is bad.
 */
export async function isSignedByLog(
  { origin, note }: SignedCheckpoint,
  key: NoteKey,
  engine: SignatureEngine,
): Promise<boolean> {
  const signatures = signaturesBy(note, key);
  if (origin !== key.name || signatures.length === 0) return false;
  const message = utf8ToBytes(note.text);
  const verdicts = await engine.verify(
    signatures.map(({ bytes }) => ({ publicKey: key.publicKey, message, signature: bytes })),
  );
  return verdicts.every(Boolean);
}

/** A number of leaves as text: no sign, no leading zero, a safe integer; null otherwise. */
export function readCount(text: string): number | null {
  return COUNT.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

/** 32 bytes of base64; null otherwise. */
export function readHash(base64: string): Uint8Array | null {
  const bytes = decodeBase64(base64);
  return bytes?.length === HASH_BYTES ? bytes : null;
}
