import { hash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { foldPeaks, type HashBytes, leafHash, type NodePlace, TILE_LEVELS, TILE_WIDTH } from "@compline/core";
import { ControllerError } from "../errors.ts";
import type { CosignedCheckpoint, LogKey, LogStore, StoredCheckpoint } from "./contract.ts";
import { inTransaction } from "./sqlite-open.ts";

/**
 * Logs in SQLite. A leaf is a column of its bundle. Of the tree's other hashes only those at the foot of a tile above
 * the first are kept (one for 256 leaves); what lies between is at most 128 of these, hashed together when it is asked for.
 */
export function sqliteLogs(database: DatabaseSync): LogStore {
  return { ...leavesAndCheckpoints(database), ...cosignedCheckpoints(database) };
}

function cosignedCheckpoints(database: DatabaseSync): Pick<LogStore, "putCosigned" | "cosigned"> {
  const put = database.prepare(
    `INSERT INTO cosigned_checkpoint (log, witness, size, cosigned_at, note) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET size = excluded.size, cosigned_at = excluded.cosigned_at, note = excluded.note
     WHERE excluded.size > size`,
  );
  const all = database.prepare(
    `SELECT log, witness, size, cosigned_at AS cosignedAt, note FROM cosigned_checkpoint
     WHERE log = ? ORDER BY size DESC, witness`,
  );
  return {
    putCosigned: async ({ log, witness, size, cosignedAt, note }) =>
      inTransaction(database, () => void put.run(log, witness, size, cosignedAt, note)),
    // The columns are named after the members and STRICT tables hold their types.
    cosigned: async (log) => all.all(log) as unknown as readonly CosignedCheckpoint[],
  };
}

function leavesAndCheckpoints(database: DatabaseSync): Omit<LogStore, "putCosigned" | "cosigned"> {
  const nodes = nodeReader(database);
  const put = database.prepare(
    "INSERT INTO log_checkpoint (log, size, signed_at, vkey, note) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const largest = database.prepare(
    `SELECT log, size, signed_at AS signedAt, vkey, note FROM log_checkpoint
     WHERE log = ? AND size <= ? ORDER BY size DESC LIMIT 1`,
  );
  const keys = database.prepare(
    `SELECT vkey, signed_at AS at, min(size) AS size FROM log_checkpoint WHERE log = ? GROUP BY vkey ORDER BY 3`,
  );
  const positionOf = database.prepare("SELECT position FROM bundle WHERE log = ? AND leaf = ?");
  const checkpoint = (log: string, size: number): StoredCheckpoint | null =>
    // The columns are named after the members and STRICT tables hold their types.
    (largest.get(log, size) as unknown as StoredCheckpoint | undefined) ?? null;
  return {
    logSize: async (log) => nodes.size(log),
    logSizeAt: async (log, position) =>
      countWhile(nodes.size(log), (leaf) => Number(positionOf.get(log, leaf)?.["position"]) <= position),
    logNodes: async (log, places) => places.map((place) => nodes.hashAt(log, place)),
    logLeaves: async (log, from, end) => nodes.digests(log, from, end),
    putCheckpoint: async ({ log, size, signedAt, vkey, note }) =>
      inTransaction(database, () => {
        put.run(log, size, signedAt, vkey, note);
        const kept = checkpoint(log, size);
        if (kept?.size !== size || !Buffer.from(kept.note).equals(note)) throw twoOfOneSize(log, size);
      }),
    // The columns are named after the members and STRICT tables hold their types.
    logKeys: async (log) => keys.all(log) as unknown as readonly LogKey[],
    checkpoint: async (log, size = Number.MAX_SAFE_INTEGER) => checkpoint(log, size),
  };
}

/** What appends to a log inside a transaction that its caller opened. */
export interface LogAppender {
  /** The place of the next leaf. */
  nextLeaf(log: string): number;
  /** Keeps the hashes that are complete with a leaf that was just kept. */
  complete(log: string, leaf: number): void;
}

/** The appender of a database. */
export function logAppender(database: DatabaseSync): LogAppender {
  const nodes = nodeReader(database);
  const insert = database.prepare("INSERT INTO log_node (log, level, number, hash) VALUES (?, ?, ?, ?)");
  return {
    nextLeaf: (log) => nodes.size(log),
    complete: (log, leaf) => {
      let count = leaf + 1;
      for (let level = TILE_LEVELS; count % TILE_WIDTH === 0; level += TILE_LEVELS) {
        count /= TILE_WIDTH;
        const place = { level, index: count - 1 };
        insert.run(log, level, place.index, nodes.overTile(log, place));
      }
    },
  };
}

interface NodeReader {
  size(log: string): number;
  digests(log: string, from: number, end: number): readonly string[];
  hashAt(log: string, place: NodePlace): Uint8Array;
  /** The hash over a full tile: as {@link hashAt}, without asking for the hash itself. */
  overTile(log: string, place: NodePlace): Uint8Array;
}

const sha256: HashBytes = (bytes) => hash("sha256", bytes, "buffer");

function nodeReader(database: DatabaseSync): NodeReader {
  const size = database.prepare("SELECT coalesce(max(leaf) + 1, 0) AS size FROM bundle WHERE log = ?");
  const leaves = database.prepare(
    "SELECT digest FROM bundle WHERE log = ? AND leaf >= ? AND leaf < ? ORDER BY leaf",
  );
  const kept = database.prepare(
    "SELECT hash FROM log_node WHERE log = ? AND level = ? AND number >= ? AND number < ? ORDER BY number",
  );
  const digests: NodeReader["digests"] = (log, from, end) =>
    leaves.all(log, from, end).map(({ digest }) => String(digest));
  const hashesOf = (log: string, level: number, from: number, end: number): readonly Uint8Array[] =>
    level === 0
      ? digests(log, from, end).map((digest) => leafHash(Buffer.from(digest, "hex"), sha256))
      : kept.all(log, level, from, end).map(({ hash: found }) => found as Uint8Array); // a BLOB, NOT NULL
  const over = (log: string, { level, index }: NodePlace, foot: number): Uint8Array => {
    const width = 2 ** (level - foot);
    const below = hashesOf(log, foot, index * width, (index + 1) * width);
    if (below.length !== width) throw new ControllerError("STORE_IO", `the log ${log} lacks hashes`);
    return foldPairs(below);
  };
  return {
    size: (log) => Number(size.get(log)?.["size"]),
    digests,
    hashAt: (log, place) => over(log, place, place.level - (place.level % TILE_LEVELS)),
    overTile: (log, place) => over(log, place, place.level - TILE_LEVELS),
  };
}

/** The root over hashes of one level, whose number is a power of two. */
function foldPairs(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += 2) above.push(foldPeaks(level.slice(at, at + 2), sha256));
    level = above;
  }
  return foldPeaks(level, sha256);
}

/** How many of the numbers from 0 below `end` something holds of that holds of the first ones only. */
function countWhile(end: number, holds: (number: number) => boolean): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two roots of one size would be two histories. */
function twoOfOneSize(log: string, size: number): Error {
  return new Error(`unreachable: the log ${log} has two checkpoints of ${size} leaves`);
}
