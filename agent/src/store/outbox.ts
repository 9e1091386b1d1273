import type { DatabaseSync } from "node:sqlite";
import type { Digest } from "@compline/core/appliance";
import type { BundleCommit } from "./agent-store.ts";
import { dropAttachmentsOf, forgetAttachments, resendAttachments } from "./attachments.ts";
import { inTransaction } from "./database.ts";
import { WAITING } from "./schema.ts";

/** One bundle, exactly as it was signed. */
export interface Envelope {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

/** A place in the chain. */
export interface ChainPlace {
  readonly epoch: number;
  readonly seq: number;
}

/** How many bundles wait to be sent, and how many the API refused. */
export interface OutboxCount {
  readonly waiting: number;
  readonly refused: number;
}

/**
 * What was signed and is on its way. What the API took stays for a while, for a controller that is set back to an old
 * backup. Changes are durable when the call returns; they throw AgentError STATE_FAILED.
 */
export interface Outbox {
  /**
   * The oldest bundles that wait, in the order of the chain: as many as fit, and at least one when there is one. While a
   * rotation is pending none by the new key.
   */
  waiting(limit: { readonly count: number; readonly bytes: number }): readonly Envelope[];
  outbox(): OutboxCount;
  /** The API has them. `now` in milliseconds since 1970; what was taken too long ago is forgotten. */
  acknowledge(digests: readonly Digest[], now: number): void;
  /** The API will never take it: kept aside, out of the way of the others, without the files attached to it. */
  setAside(digest: Digest, code: string): void;
  /**
   * Sends again what is kept of the chain after a place (null: of all of it), and the files attached to it. Answers how many
   * bundles that are.
   */
  resendAfter(place: ChainPlace | null): number;
  /** The first place that is still kept; null when none is. */
  oldestKept(): ChainPlace | null;
}

/** How long, and how many, bundles are kept after the API took them. */
const KEEP_TAKEN = {
  ms: 30 * 24 * 60 * 60 * 1000,
  count: 10_000,
};

/** The outbox in an open database. */
export function createOutbox(database: DatabaseSync): Outbox {
  const count = (where: string): number =>
    Number(database.prepare(`SELECT count(*) AS rows FROM outbox WHERE ${where}`).get()?.["rows"]);
  return {
    waiting: (limit) => readWaiting(database, limit),
    outbox: () => ({ waiting: count(WAITING), refused: count("refused IS NOT NULL") }),
    acknowledge: (digests, now) =>
      inTransaction(database, () => {
        const take = database.prepare("UPDATE outbox SET taken_at = ? WHERE digest = ?");
        for (const digest of digests) take.run(now, digest);
        forget(database, now);
        forgetAttachments(database);
      }),
    setAside: (digest, code) =>
      inTransaction(database, () => {
        database.prepare("UPDATE outbox SET refused = ? WHERE digest = ?").run(code, digest);
        dropAttachmentsOf(database, digest);
      }),
    resendAfter: (place) =>
      inTransaction(database, () => {
        const sql = "UPDATE outbox SET taken_at = NULL WHERE taken_at IS NOT NULL AND (epoch, seq) > (?, ?)";
        const { epoch, seq } = place ?? { epoch: 0, seq: -1 };
        const again = Number(database.prepare(sql).run(epoch, seq).changes);
        resendAttachments(database);
        return again;
      }),
    oldestKept: () => {
      const row = database.prepare("SELECT epoch, seq FROM outbox ORDER BY position LIMIT 1").get();
      return row === undefined ? null : { epoch: Number(row["epoch"]), seq: Number(row["seq"]) };
    },
  };
}

/** Epochs from this one on are signed by a key that git does not have yet. */
const SENDABLE = "coalesce((SELECT epoch FROM rotation WHERE settled = 0), 9007199254740991)";

/** Puts bundles behind the others; the last one is at `head`. Only within a transaction. */
export function insertEnvelopes(
  database: DatabaseSync,
  { envelopes, assignment, event }: Pick<BundleCommit, "envelopes" | "assignment" | "event">,
  head: ChainPlace,
): void {
  const insert = database.prepare(
    "INSERT INTO outbox (epoch, seq, digest, assignment, envelope, is_event) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const first = head.seq - envelopes.length + 1;
  for (const [index, { digest, bytes }] of envelopes.entries())
    insert.run(head.epoch, first + index, digest, assignment, bytes, event === null ? 0 : 1);
}

/** Row by row, so that no more is ever in memory than is sent at once. */
function readWaiting(
  database: DatabaseSync,
  { count, bytes }: Parameters<Outbox["waiting"]>[0],
): readonly Envelope[] {
  const sql = `SELECT digest, envelope FROM outbox WHERE ${WAITING}
    AND epoch < ${SENDABLE} ORDER BY position LIMIT ?`;
  const envelopes: Envelope[] = [];
  let left = bytes;
  for (const row of database.prepare(sql).iterate(count)) {
    const envelope = row["envelope"];
    if (!(envelope instanceof Uint8Array)) throw new Error("unreachable: a BLOB column is not bytes");
    left -= envelope.length;
    if (left < 0 && envelopes.length > 0) break;
    envelopes.push({ digest: String(row["digest"]), bytes: envelope });
  }
  return envelopes;
}

function forget(database: DatabaseSync, now: number): void {
  database.prepare("DELETE FROM outbox WHERE taken_at < ?").run(now - KEEP_TAKEN.ms);
  database
    .prepare(
      "DELETE FROM outbox WHERE taken_at IS NOT NULL AND position <= (SELECT max(position) FROM outbox) - ?",
    )
    .run(KEEP_TAKEN.count);
}
