import type { NodeAt } from "./proof.ts";
import type { NodePlace } from "./ranges.ts";
import { TILE_LEVELS, TILE_WIDTH, type Tile, tilePath } from "./tiles.ts";
import { foldPeaks, HASH_BYTES, type HashBytes } from "./tree.ts";

/** Fetches a tile of hashes, by its path below `tile/`; throws what the place it comes from throws. */
export type ReadTile = (path: string) => Promise<Uint8Array>;

/**
 * The hashes of complete subtrees of a tree of `size` leaves, from the tiles that hold them; each tile is read once.
 * Null when one has another length than such a tree's has: it is no tile of this tree.
 */
export async function nodesFromTiles(
  places: readonly NodePlace[],
  { size, readTile, hash }: { readonly size: number; readonly readTile: ReadTile; readonly hash: HashBytes },
): Promise<NodeAt | null> {
  const tiles = new Map<string, Uint8Array>();
  for (const place of places) {
    const tile = tileOf(place, size);
    const path = tilePath(tile);
    const bytes = tiles.get(path) ?? (await readTile(path));
    if (bytes.length !== tile.width * HASH_BYTES) return null;
    tiles.set(path, bytes);
  }
  return (place) => nodeIn(tiles.get(tilePath(tileOf(place, size))) ?? new Uint8Array(0), place, hash);
}

/** The tile of hashes below a subtree; as wide as it is in a tree of `size` leaves. */
function tileOf({ level, index }: NodePlace, size: number): Tile {
  const tileLevel = Math.floor(level / TILE_LEVELS);
  const first = index * 2 ** (level % TILE_LEVELS);
  const tileIndex = Math.floor(first / TILE_WIDTH);
  const hashes = Math.floor(size / TILE_WIDTH ** tileLevel);
  return { level: tileLevel, index: tileIndex, width: Math.min(TILE_WIDTH, hashes - tileIndex * TILE_WIDTH) };
}

function nodeIn(bytes: Uint8Array, { level, index }: NodePlace, hash: HashBytes): Uint8Array {
  const count = 2 ** (level % TILE_LEVELS);
  const from = (index * count) % TILE_WIDTH;
  let row = Array.from({ length: count }, (_, at) =>
    bytes.subarray((from + at) * HASH_BYTES, (from + at + 1) * HASH_BYTES),
  );
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, at) => foldPeaks(row.slice(2 * at, 2 * at + 2), hash));
  return row[0] ?? new Uint8Array(0);
}
