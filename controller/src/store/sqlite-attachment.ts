import type { DatabaseSync } from "node:sqlite";
import type { AttachmentStore, StoredAttachment } from "./contract.ts";
import { inTransaction } from "./sqlite-open.ts";

/** Attached files in SQLite, where nothing of the log depends on them. */
export function sqliteAttachments(database: DatabaseSync): AttachmentStore {
  const put = database.prepare(
    `INSERT INTO attachment (digest, bundle, retain_until, bytes)
     SELECT ?, digest, ?, ? FROM bundle WHERE digest = ? AND length(bytes) > 0 ON CONFLICT (digest) DO NOTHING`,
  );
  const select = "SELECT digest, bundle, retain_until AS retainUntil, bytes FROM attachment";
  const get = database.prepare(`${select} WHERE digest = ?`);
  const ofBundle = database.prepare(`${select} WHERE bundle = ? ORDER BY digest`);
  const due = database.prepare("SELECT 1 FROM attachment WHERE retain_until <= ? LIMIT 1");
  const erase = database.prepare("DELETE FROM attachment WHERE retain_until <= ?");
  return {
    putAttachment: async ({ digest, bundle, retainUntil, bytes }) =>
      inTransaction(database, () => void put.run(digest, retainUntil, bytes, bundle)),
    // The columns are named after the members and STRICT tables hold their types (twice).
    attachment: async (digest) => (get.get(digest) as unknown as StoredAttachment | undefined) ?? null,
    attachmentsOf: async (bundle) => ofBundle.all(bundle) as unknown as readonly StoredAttachment[],
    eraseAttachments: async (now) => {
      if (due.get(now) === undefined) return 0;
      const erased = inTransaction(database, () => Number(erase.run(now).changes));
      // The log of writes may still have them.
      database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return erased;
    },
  };
}
