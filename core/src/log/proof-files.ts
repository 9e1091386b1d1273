import { utf8ToBytes } from "@noble/hashes/utils.js";
import { encodeBase64 } from "../evidence/base64.ts";
import { readCheckpoint, readCount, readHash, type SignedCheckpoint } from "./checkpoint.ts";
import { decodeText, encodeNote, MAX_NOTE_BYTES, type Read, refused } from "./note.ts";
import { MAX_PROOF_HASHES } from "./proof.ts";

/** Where a leaf is in a log, and the proof of it (C2SP tlog-proof, without extra data). */
export interface LoggedProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: SignedCheckpoint;
}

/** That a checkpoint follows on from an older size: the body of an add-checkpoint request (C2SP tlog-witness). */
export interface ConsistencyFile {
  /** Leaves of the older tree. */
  readonly old: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: SignedCheckpoint;
}

const PROOF_HEADER = "c2sp.org/tlog-proof@v1";
const MAX_FILE_BYTES = MAX_NOTE_BYTES + 64 * 1024;

/** The file of a proof that a leaf is in a log. */
export function encodeLoggedProof({ index, hashes, checkpoint }: LoggedProof): Uint8Array {
  return encodeFile([PROOF_HEADER, `index ${index}`], hashes, checkpoint);
}

/** Strict inverse of {@link encodeLoggedProof}; nothing is verified. */
export function readLoggedProof(bytes: Uint8Array): Read<LoggedProof> {
  const file = readFile(bytes, 2);
  if (!file.ok) return file;
  const { head, hashes, checkpoint } = file.value;
  const [first, second = ""] = head;
  if (first !== PROOF_HEADER) return refused(`expected ${PROOF_HEADER}, found ${JSON.stringify(first)}`);
  const index = numberAfter("index ", second);
  if (index === null) return refused(`expected "index" and a number, found ${JSON.stringify(second)}`);
  return { ok: true, value: { index, hashes, checkpoint } };
}

/** The file of a proof that a checkpoint follows on. */
export function encodeConsistencyFile({ old, hashes, checkpoint }: ConsistencyFile): Uint8Array {
  return encodeFile([`old ${old}`], hashes, checkpoint);
}

/** Strict inverse of {@link encodeConsistencyFile}; nothing is verified. */
export function readConsistencyFile(bytes: Uint8Array): Read<ConsistencyFile> {
  const file = readFile(bytes, 1);
  if (!file.ok) return file;
  const { head, hashes, checkpoint } = file.value;
  const old = numberAfter("old ", head[0] ?? "");
  if (old === null) return refused(`expected "old" and a number, found ${JSON.stringify(head[0])}`);
  return { ok: true, value: { old, hashes, checkpoint } };
}

function encodeFile(
  head: readonly string[],
  hashes: readonly Uint8Array[],
  { note }: SignedCheckpoint,
): Uint8Array {
  const lines = [...head, ...hashes.map(encodeBase64), ""].map((line) => `${line}\n`).join("");
  const above = utf8ToBytes(lines);
  const below = encodeNote(note);
  const file = new Uint8Array(above.length + below.length);
  file.set(above);
  file.set(below, above.length);
  return file;
}

interface ProofLines {
  readonly head: readonly string[];
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: SignedCheckpoint;
}

/** Head lines, lines of one hash each, an empty line, and a checkpoint. */
function readFile(bytes: Uint8Array, headLines: number): Read<ProofLines> {
  if (bytes.length > MAX_FILE_BYTES)
    return refused(`expected at most ${MAX_FILE_BYTES} bytes, found ${bytes.length}`);
  const text = decodeText(bytes);
  if (text === null) return refused("expected UTF-8 text without control characters");
  const end = text.indexOf("\n\n");
  if (end < 0) return refused("expected an empty line before the checkpoint");
  const lines = text.slice(0, end).split("\n");
  if (lines.length > headLines + MAX_PROOF_HASHES)
    return refused(`expected at most ${MAX_PROOF_HASHES} hashes`);
  const hashes = lines.slice(headLines).map(readHash);
  if (hashes.includes(null))
    return refused(`expected 32 bytes in base64 as hash ${hashes.indexOf(null) + 1}`);
  const checkpoint = readCheckpoint(utf8ToBytes(text.slice(end + 2)));
  if (!checkpoint.ok) return checkpoint;
  const head = lines.slice(0, headLines);
  return {
    ok: true,
    value: { head, hashes: hashes.filter((one) => one !== null), checkpoint: checkpoint.value },
  };
}

function numberAfter(prefix: string, line: string): number | null {
  return line.startsWith(prefix) ? readCount(line.slice(prefix.length)) : null;
}
