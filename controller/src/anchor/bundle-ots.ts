import { deriveOts, encodeTimestamp, readOts } from "@compline/core";
import type { AnchorStore, LogStore, StoredAnchor, StoredBundle } from "../store/contract.ts";
import { proveInclusion } from "../transparency/prove.ts";

/**
 * The `.ots` file of a bundle, which any OpenTimestamps client reads: by the first root that covers it and has a block,
 * else by the first that was stamped. Null without a log, and while no stamped root covers it. Throws STORE_IO.
 */
export async function otsOfBundle(
  { digest, log, leaf }: Pick<StoredBundle, "digest" | "log" | "leaf">,
  store: LogStore & AnchorStore,
): Promise<Uint8Array | null> {
  if (log === null || leaf === null) return null;
  const covering = (await store.anchors(log)).filter(({ size }) => size > leaf);
  const anchor = covering.find(({ state }) => state !== "pending") ?? covering[0];
  if (anchor === undefined) return null;
  const { size } = anchor;
  const proof = await proveInclusion(store, log, { index: leaf, size });
  return deriveOts(
    { digest: new Uint8Array(Buffer.from(digest, "hex")), index: leaf, size, proof },
    ofRoot(anchor),
  );
}

function ofRoot({ size, ots }: StoredAnchor): Uint8Array {
  const read = readOts(ots);
  if (!read.ok)
    throw new Error(`unreachable: the anchor of ${size} leaves was written here: ${read.message}`);
  return encodeTimestamp(read.timestamp);
}
