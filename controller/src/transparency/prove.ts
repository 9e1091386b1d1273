import { hash } from "node:crypto";
import {
  consistencyProof,
  consistencyRanges,
  type HashBytes,
  inclusionProof,
  inclusionRanges,
  type LeafRange,
  type NodeAt,
  placesOf,
  rootAt,
} from "@compline/core";
import type { LogStore } from "../store/contract.ts";

/** SHA-256 as core's trees take it. */
export const treeHash: HashBytes = (bytes) => hash("sha256", bytes, "buffer");

type Nodes = Pick<LogStore, "logNodes">;

/** The root of a log's first `size` leaves. Throws STORE_IO when it has fewer. */
export async function logRoot(store: Nodes, log: string, size: number): Promise<Uint8Array> {
  const nodeAt = await nodesOf(store, log, [{ begin: 0, end: size }]);
  return rootAt(size, nodeAt, treeHash);
}

/** The proof that a leaf is among a log's first `size`. Throws STORE_IO. */
export async function proveInclusion(
  store: Nodes,
  log: string,
  { index, size }: { readonly index: number; readonly size: number },
): Promise<readonly Uint8Array[]> {
  const nodeAt = await nodesOf(store, log, inclusionRanges(index, size));
  return inclusionProof(index, size, nodeAt, treeHash);
}

/** The proof that a log's first `size` leaves begin with its first `old`. Throws STORE_IO. */
export async function proveConsistency(
  store: Nodes,
  log: string,
  { old, size }: { readonly old: number; readonly size: number },
): Promise<readonly Uint8Array[]> {
  const nodeAt = await nodesOf(store, log, consistencyRanges(old, size));
  return consistencyProof(old, size, nodeAt, treeHash);
}

async function nodesOf(store: Nodes, log: string, ranges: readonly LeafRange[]): Promise<NodeAt> {
  const places = ranges.flatMap(placesOf);
  const hashes = await store.logNodes(log, places);
  const known = new Map(places.map(({ level, index }, at) => [`${level}/${index}`, hashes[at]]));
  return ({ level, index }) => {
    const found = known.get(`${level}/${index}`);
    if (found === undefined) throw new Error("unreachable: a proof needs the hashes of its ranges");
    return found;
  };
}
