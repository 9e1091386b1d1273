import { statfsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { Digest, LostRun } from "@compline/core/appliance";
import { inTransaction } from "./database.ts";
import { UNTAKEN } from "./schema.ts";

/** Bundles take at most this much of a disk, and at most this share of it. */
const LARGEST_QUOTA = 1024 ** 3;
const SHARE = 1 / 4;
/** So much of its quota is left when room was made, so that it is not made for each bundle. */
const LEFT = 0.9;
/** The most runs, and attachments, that one event names; what else has to go, goes with the next. */
const NAMED = 200;

/** What is to be dropped, and what is to be signed about it. */
export interface Dropping {
  /** Digests of attached files. */
  readonly attachments: readonly Digest[];
  readonly runs: readonly LostRun[];
  /** Where the observations of the runs lie. */
  readonly positions: readonly number[];
}

/** What of the outbox may be on the disk. Changes are durable when the call returns. */
export interface Room {
  /**
   * Gives up the oldest copies of what the API took when more is kept than the quota. Answers what must be dropped when
   * that is not enough, and drops none of it: the oldest attached files that were not sent, and when these are not
   * enough either, the oldest observations. Events never are.
   */
  makeRoom(): Dropping | null;
  usage(): RoomUsage;
}

/** What bundles and attached files take of the disk, those included that the API took and that are kept for a while. */
export interface RoomUsage {
  readonly bytes: number;
  /** The most that they may take, in bytes. */
  readonly quota: number;
  /** How many observations were ever dropped before they were sent. */
  readonly dropped: number;
}

/** The quota on the disk of a folder, in bytes. */
export function quotaOf(folder: string): number {
  const { blocks, bsize } = statfsSync(folder);
  return Math.min(LARGEST_QUOTA, blocks * bsize * SHARE);
}

/** The room in an open database. */
export function createRoom(database: DatabaseSync, quota: number): Room {
  const total = (column: "bytes" | "dropped"): number =>
    Number(database.prepare(`SELECT ${column} AS total FROM outbox_total`).get()?.["total"]);
  const excess = (): number => total("bytes") - quota * LEFT;
  return {
    makeRoom() {
      if (total("bytes") <= quota) return null;
      giveUpCopies(database, "attachment", excess());
      giveUpCopies(database, "outbox", excess());
      return total("bytes") <= quota ? null : oldestOf(database, excess());
    },
    usage: () => ({ bytes: total("bytes"), quota, dropped: total("dropped") }),
  };
}

/** Deletes evidence that the event in the same transaction tells of. */
export function dropEvidence(database: DatabaseSync, { attachments, positions }: Dropping): void {
  const removeFile = database.prepare("DELETE FROM attachment WHERE digest = ?");
  for (const digest of attachments) removeFile.run(digest);
  const remove = database.prepare("DELETE FROM outbox WHERE position = ?");
  for (const position of positions) remove.run(position);
  database.prepare("UPDATE outbox_total SET dropped = dropped + ?").run(positions.length);
}

/** The tables, and which of their columns has the bytes. */
const BYTES = { attachment: "bytes", outbox: "envelope" };

function giveUpCopies(database: DatabaseSync, table: keyof typeof BYTES, excess: number): void {
  const sql = `SELECT position, length(${BYTES[table]}) AS size FROM ${table} WHERE taken_at IS NOT NULL ORDER BY position`;
  let [left, last] = [excess, -1];
  for (const { position, size } of database.prepare(sql).iterate()) {
    if (left <= 0) break;
    left -= Number(size);
    last = Number(position);
  }
  inTransaction(
    database,
    () =>
      void database.prepare(`DELETE FROM ${table} WHERE taken_at IS NOT NULL AND position <= ?`).run(last),
  );
}

function oldestOf(database: DatabaseSync, excess: number): Dropping | null {
  const { attachments, left } = oldestAttachments(database, excess);
  // While there are more of them, no observation goes.
  const isNext = attachments.length < NAMED && left > 0;
  const observations = isNext ? oldestObservations(database, left) : { runs: [], positions: [] };
  if (attachments.length === 0 && observations.positions.length === 0) return null;
  return { attachments, ...observations };
}

function oldestAttachments(
  database: DatabaseSync,
  excess: number,
): { readonly attachments: readonly Digest[]; readonly left: number } {
  const sql = `SELECT digest, length(bytes) AS size FROM attachment WHERE ${UNTAKEN} ORDER BY position LIMIT ?`;
  const attachments: Digest[] = [];
  let left = excess;
  for (const { digest, size } of database.prepare(sql).iterate(NAMED)) {
    if (left <= 0) break;
    left -= Number(size);
    attachments.push(String(digest));
  }
  return { attachments, left };
}

function oldestObservations(database: DatabaseSync, excess: number): Pick<Dropping, "runs" | "positions"> {
  const sql = `SELECT position, epoch, seq, digest, length(envelope) AS size FROM outbox
    WHERE taken_at IS NULL AND is_event = 0 ORDER BY position`;
  const runs: LostRun[] = [];
  const positions: number[] = [];
  let left = excess;
  for (const row of database.prepare(sql).iterate()) {
    if (left <= 0 || !extend(runs, placeIn(row))) break;
    left -= Number(row["size"]);
    positions.push(Number(row["position"]));
  }
  return { runs, positions };
}

function placeIn(row: Readonly<Record<string, unknown>>): LostRun {
  const seq = Number(row["seq"]);
  return { epoch: Number(row["epoch"]), from: seq, to: seq, last: String(row["digest"]) };
}

/** Adds a place to the run that it follows, or begins another. False when there is no room for another. */
function extend(runs: LostRun[], place: LostRun): boolean {
  const run = runs.at(-1);
  if (run?.epoch === place.epoch && run.to === place.from - 1)
    runs[runs.length - 1] = { ...place, from: run.from };
  else if (runs.length === NAMED) return false;
  else runs.push(place);
  return true;
}
