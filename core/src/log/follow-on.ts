import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { SignatureEngine } from "../evidence/signature.ts";
import { isSignedByLog, type SignedCheckpoint } from "./checkpoint.ts";
import type { NoteKey } from "./note.ts";
import { rootAt } from "./proof.ts";
import { placesOf } from "./ranges.ts";
import { nodesFromTiles, type ReadTile } from "./tile-nodes.ts";
import type { HashBytes } from "./tree.ts";

/** Why a checkpoint is not taken as what follows on from the one that was seen before. */
export type FollowOnRefusal =
  | "WRONG_ORIGIN"
  | "BAD_CHECKPOINT_SIGNATURE"
  | "ROLLED_BACK"
  | "SPLIT_VIEW"
  | "BAD_TILES";

/** Whether a log's newest checkpoint follows on from what was seen of it. */
export type FollowOn =
  /** `same`: nothing was added. */
  | { readonly kind: "follows" | "same" }
  | { readonly kind: "refused"; readonly code: FollowOnRefusal; readonly message: string };

/** What is compared: what the log shows now, and what a witness saw last, verified by the witness's own cosignature. */
export interface Views {
  readonly next: SignedCheckpoint;
  /** Null when nothing was ever seen: then whatever the log signed is the beginning. */
  readonly last: SignedCheckpoint | null;
}

/** What the judging needs. */
export interface FollowOnPorts {
  readonly logKey: NoteKey;
  readonly engine: SignatureEngine;
  readonly readTile: ReadTile;
  readonly hash?: HashBytes;
}

/**
 * Judges by the log's own tiles, not by a proof it sends: when they come to the root of the newest checkpoint, they are
 * what it signed, and the root of their first leaves is what it says now about the past. A larger tree over another past
 * is then a split view beyond doubt, while tiles that do not come to the newest root only say that they are damaged.
 */
export async function judgeFollowOn({ next, last }: Views, ports: FollowOnPorts): Promise<FollowOn> {
  const { origin, size } = next;
  if (origin !== ports.logKey.name)
    return refuse("WRONG_ORIGIN", `expected the log ${ports.logKey.name}, found ${JSON.stringify(origin)}`);
  if (!(await isSignedByLog(next, ports.logKey, ports.engine)))
    return refuse("BAD_CHECKPOINT_SIGNATURE", "the newest checkpoint is not signed by the key of the log");
  if (last === null) return { kind: "follows" };
  if (size < last.size)
    return refuse("ROLLED_BACK", `the log had ${last.size} leaves when it was last seen, and shows ${size}`);
  if (size > last.size) return await judgeGrown({ next, last }, ports);
  return next.root === last.root
    ? { kind: "same" }
    : refuse("SPLIT_VIEW", `two checkpoints of ${size} leaves with different roots`);
}

async function judgeGrown(
  { next, last }: { readonly next: SignedCheckpoint; readonly last: SignedCheckpoint },
  { readTile, hash = sha256 }: FollowOnPorts,
): Promise<FollowOn> {
  const { size } = next;
  const places = [next, last].flatMap((head) => placesOf({ begin: 0, end: head.size }));
  const nodeAt = await nodesFromTiles(places, { size, readTile, hash });
  if (nodeAt === null || bytesToHex(rootAt(size, nodeAt, hash)) !== next.root)
    return refuse("BAD_TILES", `the log's tiles do not come to the root of its ${size} leaves`);
  return bytesToHex(rootAt(last.size, nodeAt, hash)) === last.root
    ? { kind: "follows" }
    : refuse("SPLIT_VIEW", `the first ${last.size} of ${size} leaves are not those that were seen before`);
}

function refuse(code: FollowOnRefusal, message: string): FollowOn {
  return { kind: "refused", code, message };
}
