import { generateKeyPairSync, sign } from "node:crypto";
import {
  cosign,
  encodeNote,
  encodeVerifierKey,
  NOTE_TYPES,
  type NoteKey,
  readCheckpoint,
  type Sign,
} from "@compline/core";
import type { CosignedCheckpoint, StoredCheckpoint } from "../store/contract.ts";

/** A witness for tests: its key, and what it signs with. */
export interface TestWitness {
  readonly key: NoteKey;
  readonly vkey: string;
  readonly sign: Sign;
}

/** Makes one of that name. */
export function makeWitness(name: string): TestWitness {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const key: NoteKey = { name, type: NOTE_TYPES.cosignature, publicKey: new Uint8Array(raw) };
  return { key, vkey: encodeVerifierKey(key), sign: async (message) => sign(null, message, privateKey) };
}

/** A checkpoint with the lines of witnesses below those that it has. */
export async function cosignNote(
  checkpoint: Pick<StoredCheckpoint, "note"> | null,
  witnesses: readonly TestWitness[],
  timeS: number,
): Promise<Uint8Array> {
  const read = readCheckpoint(checkpoint?.note ?? new Uint8Array());
  if (!read.ok) throw new Error(read.message);
  const { text, signatures } = read.value.note;
  const lines = await Promise.all(witnesses.map(({ key, sign: by }) => cosign(text, { key, timeS, sign: by })));
  return encodeNote({ text, signatures: [...signatures, ...lines] });
}

/** A checkpoint as it is kept when a witness cosigned it. */
export async function cosignedBy(
  witness: TestWitness,
  checkpoint: StoredCheckpoint | null,
  timeS = 1_795_000_000,
): Promise<CosignedCheckpoint> {
  if (checkpoint === null) throw new Error("nothing was signed");
  const { log, size } = checkpoint;
  const note = await cosignNote(checkpoint, [witness], timeS);
  return { log, witness: witness.vkey, size, cosignedAt: new Date(timeS * 1000).toISOString(), note };
}
