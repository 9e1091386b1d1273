import { bytesOf, type FuzzTarget, isWrittenAgain, textOf } from "../testdata/fuzz-target.ts";
import { bytesToHex } from "@noble/hashes/utils.js";
import { checkpointText, readCheckpoint, type SignedCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { cosign } from "./cosignature.ts";
import { encodeNote, encodeVerifierKey, NOTE_TYPES, readNote, readVerifierKey } from "./note.ts";
import {
  encodeConsistencyFile,
  encodeLoggedProof,
  readConsistencyFile,
  readLoggedProof,
} from "./proof-files.ts";
import { consistencyProof, inclusionProof } from "./proof.ts";
import { makeNoteKey } from "./testdata/keys.ts";
import { treeOf } from "./testdata/tree-of.ts";
import { readTilePath, tilePath } from "./tiles.ts";

/** What a log, a witness or whoever stands between says. */
export const fuzz: readonly FuzzTarget[] = [
  { name: "note", seeds: notes, judge: judgeNote },
  { name: "checkpoint", seeds: notes, judge: judgeCheckpoint },
  { name: "tlog-proof", seeds: loggedProofs, judge: judgeLoggedProof },
  { name: "consistency", seeds: consistencyFiles, judge: judgeConsistency },
  { name: "tile-path", seeds: tilePaths, judge: judgeTilePath },
  { name: "verifier-key", seeds: verifierKeys, judge: judgeVerifierKey },
];

function judgeNote(file: Uint8Array): boolean {
  const read = readNote(file);
  return read.ok && isWrittenAgain(file, encodeNote(read.value));
}

function judgeCheckpoint(file: Uint8Array): boolean {
  const read = readCheckpoint(file);
  if (!read.ok) return false;
  const { note, ...checkpoint } = read.value;
  return isWrittenAgain(file, encodeNote({ ...note, text: checkpointText(checkpoint) }));
}

function judgeLoggedProof(file: Uint8Array): boolean {
  const read = readLoggedProof(file);
  return read.ok && isWrittenAgain(file, encodeLoggedProof(read.value));
}

function judgeConsistency(file: Uint8Array): boolean {
  const read = readConsistencyFile(file);
  return read.ok && isWrittenAgain(file, encodeConsistencyFile(read.value));
}

function judgeTilePath(file: Uint8Array): boolean {
  const tile = readTilePath(textOf(file) ?? "");
  return tile !== null && isWrittenAgain(file, bytesOf(tilePath(tile)));
}

function judgeVerifierKey(file: Uint8Array): boolean {
  const read = readVerifierKey(textOf(file) ?? "", NOTE_TYPES.ed25519);
  return read.ok && isWrittenAgain(file, bytesOf(encodeVerifierKey(read.value)));
}

const SIZES = [1, 20, 300];

/** Checkpoints, each also with two witnesses. */
async function notes(): Promise<readonly Uint8Array[]> {
  const checkpoints = await Promise.all(SIZES.map((size) => checkpointOf(size)));
  return checkpoints.map(({ note }) => encodeNote(note));
}

async function checkpointOf(size: number): Promise<SignedCheckpoint> {
  const log = await makeNoteKey("log.example/harbour", 1);
  const root = bytesToHex(treeOf(size).edge.root());
  const signed = readCheckpoint(
    await signCheckpoint({ origin: log.key.name, size, root }, log.key.publicKey, log.sign),
  );
  if (!signed.ok) throw new Error(signed.message);
  const { note } = signed.value;
  const cosignatures = await Promise.all(
    [2, 3].map(async (seed) => {
      const witness = await makeNoteKey(`witness.example/${seed}`, seed, NOTE_TYPES.cosignature);
      return cosign(note.text, { ...witness, timeS: 1_790_000_000 });
    }),
  );
  return { ...signed.value, note: { ...note, signatures: [...note.signatures, ...cosignatures] } };
}

async function loggedProofs(): Promise<readonly Uint8Array[]> {
  return Promise.all(
    SIZES.map(async (size) => {
      const hashes = inclusionProof(size - 1, size, treeOf(size).nodeAt);
      return encodeLoggedProof({ index: size - 1, hashes, checkpoint: await checkpointOf(size) });
    }),
  );
}

async function consistencyFiles(): Promise<readonly Uint8Array[]> {
  return Promise.all(
    SIZES.map(async (size) => {
      const old = Math.floor(size / 2);
      const hashes = old === 0 ? [] : consistencyProof(old, size, treeOf(size).nodeAt);
      return encodeConsistencyFile({ old, hashes, checkpoint: await checkpointOf(size) });
    }),
  );
}

async function tilePaths(): Promise<readonly Uint8Array[]> {
  return ["0/000", "0/x001/x234/067", "7/001.p/255", "entries/x999/000.p/1", "63/x009/007"].map(bytesOf);
}

async function verifierKeys(): Promise<readonly Uint8Array[]> {
  const keys = await Promise.all([1, 2].map((seed) => makeNoteKey(`log.example/${seed}`, seed)));
  return keys.map(({ key }) => bytesOf(encodeVerifierKey(key)));
}
