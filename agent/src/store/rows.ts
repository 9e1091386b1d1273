import type { DatabaseSync } from "node:sqlite";
import type { PairState, VerdictMap } from "../evidence/verdict-map.ts";
import type { TimeMark } from "../steady-time.ts";
import type { ChainHead } from "./agent-store.ts";

type Row = Readonly<Record<string, unknown>>;

/** The one row of `head`. */
export function readHead(database: DatabaseSync): ChainHead {
  const row: Row = database.prepare("SELECT * FROM head").get() ?? {};
  return {
    epoch: Number(row["epoch"]),
    seq: Number(row["seq"]),
    digest: textOrNull(row["digest"]),
    windowEnd: numberOrNull(row["window_end"]),
    bundleAt: numberOrNull(row["bundle_at"]),
    snapshotAt: numberOrNull(row["snapshot_at"]),
    snapshotAssignment: textOrNull(row["snapshot_assignment"]),
    suspended: row["suspended"] === 1,
  };
}

/** Moves the chain. */
export function writeHead(database: DatabaseSync, head: ChainHead): void {
  const sql = `UPDATE head SET epoch = ?, seq = ?, digest = ?, window_end = ?, bundle_at = ?, snapshot_at = ?,
    snapshot_assignment = ?, suspended = ?`;
  const { epoch, seq, digest, windowEnd, bundleAt, snapshotAt, snapshotAssignment, suspended } = head;
  const times = [windowEnd, bundleAt, snapshotAt];
  database.prepare(sql).run(epoch, seq, digest, ...times, snapshotAssignment, suspended ? 1 : 0);
}

/** What the clocks said when something was written last; null before the first time. */
export function readTime(database: DatabaseSync): TimeMark | null {
  const row: Row | undefined = database.prepare("SELECT * FROM time").get();
  if (row === undefined) return null;
  return {
    now: Number(row["latest"]),
    wall: Number(row["wall"]),
    monotonic: Number(row["monotonic"]),
    bootId: String(row["boot"]),
    steady: Number(row["steady"]),
  };
}

/** Keeps what the clocks say; the latest time stays the latest. */
export function writeTime(database: DatabaseSync, mark: TimeMark): void {
  const sql = `INSERT INTO time VALUES (1, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET latest = max(latest, excluded.latest),
    wall = excluded.wall, monotonic = excluded.monotonic, boot = excluded.boot, steady = excluded.steady`;
  const { now, wall, monotonic, bootId, steady } = mark;
  database.prepare(sql).run(now, wall, monotonic, bootId, steady);
}

/** The map as it was after the last bundle. */
export function readPairs(database: DatabaseSync): readonly PairState[] {
  return database.prepare("SELECT * FROM pair").all().map(pairOf);
}

/** Puts a map in place of the stored one. */
export function replacePairs(database: DatabaseSync, map: VerdictMap): void {
  database.exec("DELETE FROM pair");
  const insert = database.prepare("INSERT INTO pair VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const row of map.values()) {
    const observed = row.observed === null ? null : JSON.stringify(row.observed);
    const { host, check, checkDigest, verdict, reason, since, observedAt, told, recent } = row;
    insert.run(
      host,
      check,
      checkDigest,
      verdict,
      reason,
      observed,
      since,
      observedAt,
      told,
      JSON.stringify(recent),
    );
  }
}

function pairOf(row: Row): PairState {
  const observed = textOrNull(row["observed"]);
  return {
    host: String(row["host"]),
    check: String(row["check_name"]),
    checkDigest: String(row["check_digest"]),
    // Written by `replacePairs` only, so these four hold what their types say.
    verdict: String(row["verdict"]) as PairState["verdict"],
    observed: observed === null ? null : (JSON.parse(observed) as PairState["observed"]),
    told: textOrNull(row["told"]) as PairState["told"],
    recent: JSON.parse(String(row["recent"])) as PairState["recent"],
    reason: textOrNull(row["reason"]),
    since: numberOrNull(row["since"]),
    observedAt: numberOrNull(row["observed_at"]),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
