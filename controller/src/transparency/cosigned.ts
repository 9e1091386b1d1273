import { encodeNote, readCheckpoint, type SignedCheckpoint } from "@compline/core";
import type { CosignedCheckpoint, LogStore, StoredCheckpoint } from "../store/contract.ts";

/** A checkpoint with the lines of all witnesses that are known to have cosigned it. */
export interface SeenCheckpoint {
  readonly log: string;
  readonly size: number;
  readonly note: Uint8Array;
}

/** The newest checkpoint; cosignature lines stand below it when there are any. Throws STORE_IO. */
export async function newestCheckpoint(store: LogStore, log: string): Promise<SeenCheckpoint | null> {
  const newest = await store.checkpoint(log);
  return newest === null ? null : mergeLines(newest, await store.cosigned(log));
}

/** The newest checkpoint that a witness cosigned, with the lines of all who did. Throws STORE_IO. */
export async function newestCosigned(store: LogStore, log: string): Promise<SeenCheckpoint | null> {
  const all = await store.cosigned(log);
  const newest = all[0];
  return newest === undefined ? null : mergeLines(newest, all);
}

/** The note with the lines of those of its size; one size of a log has one text, since both were compared with it. */
export function mergeLines(
  { log, size, note }: StoredCheckpoint | CosignedCheckpoint,
  all: readonly CosignedCheckpoint[],
): SeenCheckpoint {
  const own = readKept(note);
  const others = all.filter((one) => one.size === size).flatMap((one) => readKept(one.note).note.signatures);
  const lines = new Map(
    [...own.note.signatures, ...others].map((line) => [
      `${line.name} ${line.keyId} ${Buffer.from(line.bytes).toString("hex")}`,
      line,
    ]),
  );
  return { log, size, note: encodeNote({ text: own.note.text, signatures: [...lines.values()] }) };
}

/** A checkpoint out of the store, which has none that was not read before. */
export function readKept(note: Uint8Array): SignedCheckpoint {
  const read = readCheckpoint(note);
  if (!read.ok) throw new Error(`unreachable: a checkpoint that is kept cannot be read: ${read.message}`);
  return read.value;
}
