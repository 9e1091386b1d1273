import type { DatabaseSync } from "node:sqlite";
import type { PairState, VerdictMap } from "../evidence/verdict-map.ts";
import type { ChainHead } from "./agent-store.ts";

type Row = Readonly<Record<string, unknown>>;

/** The one row of `head`. */
export function readHead(database: DatabaseSync): { readonly head: ChainHead; readonly lastTime: number } {
  const row: Row = database.prepare("SELECT * FROM head").get() ?? {};
  const head = {
    epoch: Number(row["epoch"]),
    seq: Number(row["seq"]),
    digest: textOrNull(row["digest"]),
    windowEnd: numberOrNull(row["window_end"]),
    bundleAt: numberOrNull(row["bundle_at"]),
    snapshotAt: numberOrNull(row["snapshot_at"]),
    snapshotAssignment: textOrNull(row["snapshot_assignment"]),
    suspended: row["suspended"] === 1,
  };
  return { head, lastTime: Number(row["last_time"]) };
}

/** Moves the chain; `now` becomes the latest known time unless a later one is known. */
export function writeHead(database: DatabaseSync, head: ChainHead, now: number): void {
  const sql = `UPDATE head SET epoch = ?, seq = ?, digest = ?, window_end = ?, bundle_at = ?, snapshot_at = ?,
    snapshot_assignment = ?, suspended = ?, last_time = max(last_time, ?)`;
  const { epoch, seq, digest, windowEnd, bundleAt, snapshotAt, snapshotAssignment, suspended } = head;
  const times = [windowEnd, bundleAt, snapshotAt];
  database.prepare(sql).run(epoch, seq, digest, ...times, snapshotAssignment, suspended ? 1 : 0, now);
}

/** The map as it was after the last bundle. */
export function readPairs(database: DatabaseSync): readonly PairState[] {
  return database.prepare("SELECT * FROM pair").all().map(pairOf);
}

/** Puts a map in place of the stored one. */
export function replacePairs(database: DatabaseSync, map: VerdictMap): void {
  database.exec("DELETE FROM pair");
  const insert = database.prepare("INSERT INTO pair VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const row of map.values()) {
    const observed = row.observed === null ? null : JSON.stringify(row.observed);
    const { host, check, checkDigest, verdict, reason, since, observedAt, told } = row;
    insert.run(host, check, checkDigest, verdict, reason, observed, since, observedAt, told);
  }
}

function pairOf(row: Row): PairState {
  const observed = textOrNull(row["observed"]);
  return {
    host: String(row["host"]),
    check: String(row["check_name"]),
    checkDigest: String(row["check_digest"]),
    // Written by `replacePairs` only, so these three hold what their types say.
    verdict: String(row["verdict"]) as PairState["verdict"],
    observed: observed === null ? null : (JSON.parse(observed) as PairState["observed"]),
    told: textOrNull(row["told"]) as PairState["told"],
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
