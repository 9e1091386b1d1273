import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { treeOf } from "./testdata/tree-of.ts";
import {
  encodeEntryTile,
  encodeHashTile,
  hasTile,
  readTilePath,
  type Tile,
  tileNodes,
  tilePath,
} from "./tiles.ts";

const tile = fc.record({
  level: fc.oneof(fc.nat(63), fc.constant("entries" as const)),
  index: fc.maxSafeNat(),
  width: fc.integer({ min: 1, max: 256 }),
});

describe("a tile", () => {
  it("has the path of the specification's example", () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe("0/x001/x234/067");
    expect(tilePath({ level: "entries", index: 0, width: 12 })).toBe("entries/000.p/12");
  });

  it("is known by its path, and by no other", () => {
    fc.assert(
      fc.property(tile, (some) => {
        expect(readTilePath(tilePath(some))).toEqual(some);
      }),
    );
  });

  it.each([
    "0/1",
    "0/0001",
    "0/x000/001",
    "00/001",
    "64/001",
    "0/001.p/0",
    "0/001.p/256",
    "0/001.p/01",
    "0/001/",
    "0//001",
    "x/001",
    "entries/x001",
    "0/x9007199/001",
    "",
  ])("is not at %j", (path) => {
    expect(readTilePath(path)).toBeNull();
  });

  it("is there as far as the specification's example of 70,000 leaves says", () => {
    const widths = (level: Tile["level"], index: number): number =>
      Math.max(0, ...[...Array(257).keys()].filter((width) => hasTile(70_000, { level, index, width })));
    expect([0, 272, 273, 274].map((index) => widths(0, index))).toEqual([256, 256, 112, 0]);
    expect([0, 1, 2].map((index) => widths(1, index))).toEqual([256, 17, 0]);
    expect([0, 1].map((index) => widths(2, index))).toEqual([1, 0]);
    expect(widths("entries", 273)).toBe(112);
    expect(widths(63, 0)).toBe(0);
  });

  it("holds the hashes of its nodes, and entries with their length", () => {
    const { nodeAt, leaves } = treeOf(512);
    const level1 = { level: 1, index: 0, width: 2 };
    const bytes = encodeHashTile(tileNodes(level1).map(nodeAt));
    expect(bytes).toEqual(
      Uint8Array.from([...nodeAt({ level: 8, index: 0 }), ...nodeAt({ level: 8, index: 1 })]),
    );
    const entries = encodeEntryTile(leaves.slice(0, 2));
    expect([...entries]).toEqual([0, 32, ...(leaves[0] ?? []), 0, 32, ...(leaves[1] ?? [])]);
  });
});
