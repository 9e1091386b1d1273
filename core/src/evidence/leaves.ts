import { bytesToHex } from "@noble/hashes/utils.js";
import { HASH_BYTES, type HashBytes, leafHash, TreeEdge } from "../log/tree.ts";
import type { Digest } from "./statement.ts";

/** A log as its leaves tell it, recomputed. */
export interface LogLeaves {
  /** How many leaves there are. */
  readonly size: number;
  /** The lowest index of each digest. */
  readonly indexOf: ReadonlyMap<Digest, number>;
  /** The root of the first leaves, by their number, as far as it was asked for. */
  readonly roots: ReadonlyMap<number, Digest>;
}

/** Recomputes a log from `log/entries`: 32 bytes a leaf. Null when the length is no multiple of that. */
export function readLeaves(
  entries: Uint8Array,
  sizes: ReadonlySet<number>,
  hash: HashBytes,
): LogLeaves | null {
  if (entries.length % HASH_BYTES !== 0) return null;
  const edge = new TreeEdge(hash);
  const indexOf = new Map<Digest, number>();
  const roots = new Map<number, Digest>();
  for (;;) {
    if (sizes.has(edge.size)) roots.set(edge.size, bytesToHex(edge.root()));
    const at = edge.size * HASH_BYTES;
    if (at === entries.length) return { size: edge.size, indexOf, roots };
    const leaf = entries.subarray(at, at + HASH_BYTES);
    const digest = bytesToHex(leaf);
    if (!indexOf.has(digest)) indexOf.set(digest, edge.size);
    edge.append(leafHash(leaf, hash));
  }
}
