import { bytesToHex } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nobleEngine } from "../evidence/ed25519-noble.ts";
import { readCheckpoint, type SignedCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { judgeFollowOn } from "./follow-on.ts";
import { rootAt } from "./proof.ts";
import { makeNoteKey } from "./testdata/keys.ts";
import { treeOf } from "./testdata/tree-of.ts";
import type { ReadTile } from "./tile-nodes.ts";
import { encodeHashTile, hasTile, readTilePath, tileNodes } from "./tiles.ts";

const origin = "log.example/acme";
const log = await makeNoteKey(origin, 1);
const impostor = await makeNoteKey(origin, 2);
const elsewhere = await makeNoteKey("log.example/birch", 1);
const engine = nobleEngine();
/** Above 256 × 256 leaves there are tiles of three levels. */
const tree = treeOf(66_000);
const rewritten = treeOf(66_000, (n) => (n === 3 ? "another" : String(n)));

type Tree = typeof tree;

async function checkpointOf(of: Tree, size: number, by = log): Promise<SignedCheckpoint> {
  const root = bytesToHex(rootAt(size, of.nodeAt));
  const signed = await signCheckpoint({ origin: by.key.name, size, root }, by.key.publicKey, by.sign);
  const read = readCheckpoint(signed);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

/** Serves the tiles that a tree of `size` leaves has, and no other. */
function tilesOf(of: Tree, size: number): ReadTile {
  return async (path) => {
    const tile = readTilePath(path);
    if (tile === null || tile.level === "entries" || !hasTile(size, tile))
      throw new Error(`no tile ${path} in a tree of ${size}`);
    return encodeHashTile(tileNodes({ ...tile, level: tile.level }).map(of.nodeAt));
  };
}

/** Of a log that shows `shown` and whose newest checkpoint has `size` leaves, to whoever saw `saw` leaves of the tree. */
async function judge(shown: Tree, size: number, saw: number | null): Promise<unknown> {
  const next = await checkpointOf(shown, size);
  const last = saw === null ? null : await checkpointOf(tree, saw);
  return await judgeFollowOn({ next, last }, { logKey: log.key, engine, readTile: tilesOf(shown, size) });
}

const refused = (code: string): unknown => expect.objectContaining({ kind: "refused", code });

describe("whether a checkpoint follows on", () => {
  const sizes = fc.oneof(
    fc.integer({ min: 1, max: 600 }),
    fc.integer({ min: 65_000, max: 66_000 }),
    fc.constantFrom(256, 512, 65_536),
  );

  it("of any two sizes of one tree the larger follows on the smaller, and the smaller is rolled back", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, async (one, two) => {
        const [small, large] = [Math.min(one, two), Math.max(one, two)];
        fc.pre(small < large);
        expect(await judge(tree, large, small)).toEqual({ kind: "follows" });
        expect(await judge(tree, small, large)).toEqual(refused("ROLLED_BACK"));
        expect(await judge(tree, small, small)).toEqual({ kind: "same" });
      }),
      { numRuns: 30 },
    );
  });

  it("of a tree with another past none does, at any size", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, async (one, two) => {
        const [saw, size] = [Math.min(one, two), Math.max(one, two)];
        fc.pre(saw > 3);
        expect(await judge(rewritten, size, saw)).toEqual(refused("SPLIT_VIEW"));
      }),
      { numRuns: 30 },
    );
  });

  it("takes what the log signed as the beginning when nothing was seen", async () => {
    expect(await judge(tree, 5, null)).toEqual({ kind: "follows" });
  });

  it("refuses another key's signature and another log's checkpoint", async () => {
    const ports = { logKey: log.key, engine, readTile: tilesOf(tree, 5) };
    const byImpostor = { next: await checkpointOf(tree, 5, impostor), last: null };
    expect(await judgeFollowOn(byImpostor, ports)).toEqual(refused("BAD_CHECKPOINT_SIGNATURE"));
    const ofAnother = { next: await checkpointOf(tree, 5, elsewhere), last: null };
    expect(await judgeFollowOn(ofAnother, ports)).toEqual(refused("WRONG_ORIGIN"));
  });

  it("blames tiles that are not what the log signed on the tiles", async () => {
    const [next, last] = [await checkpointOf(tree, 600), await checkpointOf(tree, 300)];
    for (const readTile of [tilesOf(rewritten, 600), async () => new Uint8Array(32)])
      expect(await judgeFollowOn({ next, last }, { logKey: log.key, engine, readTile })).toEqual(
        refused("BAD_TILES"),
      );
  });
});
