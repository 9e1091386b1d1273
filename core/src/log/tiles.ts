import type { NodePlace } from "./ranges.ts";
import { HASH_BYTES } from "./tree.ts";

/** How many hashes a full tile has. */
export const TILE_WIDTH = 256;
/** How many levels of the tree a tile spans. */
export const TILE_LEVELS = 8;

/** A resource of C2SP tlog-tiles: hashes of a level (in steps of 8 levels), or the entries themselves. */
export interface Tile {
  readonly level: number | "entries";
  /** The n-th tile of its level. */
  readonly index: number;
  /** How many hashes or entries; {@link TILE_WIDTH} when it is full. */
  readonly width: number;
}

const PATH = /^(entries|0|[1-9]\d?)((?:\/x\d{3})*\/\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
const MOST_LEVEL = 63;

/** The path below `tile/`: three digits a part, all but the last with an x (`x001/x234/067`). */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, "0");
  const parts = digits.match(/\d{3}/g) ?? [];
  const path = parts.map((part, at) => (at === parts.length - 1 ? part : `x${part}`)).join("/");
  return `${level}/${path}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** Strict inverse of {@link tilePath}: null for every other text. */
export function readTilePath(path: string): Tile | null {
  const [, name = "", numbers = "", partial] = PATH.exec(path) ?? [];
  if (name === "") return null;
  const level = name === "entries" ? name : Number(name);
  const tile: Tile = {
    level,
    index: Number(numbers.replaceAll(/[/x]/g, "")),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  };
  const isInside = level === "entries" || level <= MOST_LEVEL;
  return isInside && Number.isSafeInteger(tile.index) && tilePath(tile) === path ? tile : null;
}

/** Whether a tree of `size` leaves has all of a tile. */
export function hasTile(size: number, { level, index, width }: Tile): boolean {
  const nodes = Math.floor(size / TILE_WIDTH ** (level === "entries" ? 0 : level));
  return width >= 1 && width <= TILE_WIDTH && index * TILE_WIDTH + width <= nodes;
}

/** The nodes whose hashes a tile of hashes holds, in its order. */
export function tileNodes({ level, index, width }: Tile & { readonly level: number }): readonly NodePlace[] {
  return Array.from({ length: width }, (_, at) => ({
    level: level * TILE_LEVELS,
    index: index * TILE_WIDTH + at,
  }));
}

/** The bytes of a tile of hashes. */
export function encodeHashTile(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * HASH_BYTES);
  hashes.forEach((hash, at) => bytes.set(hash, at * HASH_BYTES));
  return bytes;
}

/** The bytes of a bundle of entries: each with its length as two bytes before it. Ours all have 32 bytes. */
export function encodeEntryTile(entries: readonly Uint8Array[]): Uint8Array {
  const step = 2 + HASH_BYTES;
  const bytes = new Uint8Array(entries.length * step);
  entries.forEach((entry, at) => {
    bytes[at * step + 1] = HASH_BYTES;
    bytes.set(entry, at * step + 2);
  });
  return bytes;
}
