import type { DatabaseSync } from "node:sqlite";
import type { Digest } from "@compline/core/appliance";
import { inTransaction } from "./database.ts";
import { UNTAKEN } from "./schema.ts";

/** A file that a bundle names, exactly as it was signed for. */
export interface AttachedFile {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

/** One that is on its way, and the bundle that names it. */
export interface WaitingAttachment extends AttachedFile {
  readonly bundle: Digest;
}

/** Attached files beside the outbox. Changes are durable when the call returns; they throw AgentError STATE_FAILED. */
export interface Attachments {
  /** The oldest that waits and whose bundle the API has: without it, it would be refused. */
  waitingAttachment(): WaitingAttachment | null;
  /** The API answered: it is kept as long as a copy of its bundle is. `now` in milliseconds since 1970. */
  settleAttachment(digest: Digest, now: number): void;
}

/** The attachments in an open database. */
export function createAttachments(database: DatabaseSync): Attachments {
  const next = database.prepare(
    `SELECT digest, bundle, bytes FROM attachment WHERE ${UNTAKEN}
     AND bundle NOT IN (SELECT digest FROM outbox WHERE taken_at IS NULL) ORDER BY position LIMIT 1`,
  );
  return {
    waitingAttachment() {
      const row = next.get();
      if (row === undefined) return null;
      const { digest, bundle, bytes } = row;
      if (!(bytes instanceof Uint8Array)) throw new Error("unreachable: a BLOB column is not bytes");
      return { digest: String(digest), bundle: String(bundle), bytes };
    },
    settleAttachment: (digest, now) =>
      inTransaction(
        database,
        () => void database.prepare("UPDATE attachment SET taken_at = ? WHERE digest = ?").run(now, digest),
      ),
  };
}

/** Puts files behind the others. Only within a transaction. */
export function insertAttachments(
  database: DatabaseSync,
  files: readonly AttachedFile[],
  bundle: Digest,
): void {
  const insert = database.prepare("INSERT INTO attachment (digest, bundle, bytes) VALUES (?, ?, ?)");
  for (const { digest, bytes } of files) insert.run(digest, bundle, bytes);
}

/** What is sent again with bundles that are: the API may have lost it, too. Only within a transaction. */
export function resendAttachments(database: DatabaseSync): void {
  database.exec(
    "UPDATE attachment SET taken_at = NULL WHERE bundle IN (SELECT digest FROM outbox WHERE taken_at IS NULL)",
  );
}

/** Forgets those whose bundle is not kept any more, and which the API answered to. Only within a transaction. */
export function forgetAttachments(database: DatabaseSync): void {
  database.exec(
    "DELETE FROM attachment WHERE taken_at IS NOT NULL AND bundle NOT IN (SELECT digest FROM outbox)",
  );
}

/** Those of a bundle that the API will never take. Only within a transaction. */
export function dropAttachmentsOf(database: DatabaseSync, bundle: Digest): void {
  database.prepare("DELETE FROM attachment WHERE bundle = ?").run(bundle);
}
