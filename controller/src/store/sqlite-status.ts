import type { DatabaseSync } from "node:sqlite";
import type { Condition, SessionStore, StatusStore, StoredReport, StoredSession } from "./contract.ts";
import { inTransaction } from "./sqlite-open.ts";

/** Reports and conditions in SQLite. */
export function sqliteStatus(database: DatabaseSync): StatusStore {
  const putReport = database.prepare(
    `INSERT INTO report (appliance, received_at, body) VALUES (?, ?, ?)
     ON CONFLICT (appliance) DO UPDATE SET received_at = excluded.received_at, body = excluded.body`,
  );
  const reports = database.prepare(
    "SELECT appliance, received_at AS receivedAt, body FROM report ORDER BY appliance",
  );
  const clear = database.prepare("DELETE FROM condition");
  const putCondition = database.prepare(
    `INSERT INTO condition (subject, type, status, reason, message, revision, since) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const conditions = database.prepare(
    "SELECT subject, type, status, reason, message, revision, since FROM condition ORDER BY subject, type",
  );
  const put = (c: Condition): unknown =>
    putCondition.run(c.subject, c.type, c.status, c.reason, c.message, c.revision, c.since);
  return {
    putReport: async (r) =>
      inTransaction(database, () => void putReport.run(r.appliance, r.receivedAt, r.body)),
    // The columns are named after the members and STRICT tables hold their types (twice below).
    reports: async () => reports.all() as unknown as readonly StoredReport[],
    putConditions: async (list) =>
      inTransaction(database, () => {
        clear.run();
        list.forEach(put);
      }),
    conditions: async () => conditions.all() as unknown as readonly Condition[],
  };
}

/** Sessions in SQLite. */
export function sqliteSessions(database: DatabaseSync): SessionStore {
  const drop = database.prepare("DELETE FROM session WHERE expires_at <= ?");
  const put = database.prepare("INSERT INTO session (id, created_at, expires_at) VALUES (?, ?, ?)");
  const get = database.prepare(
    "SELECT id, created_at AS createdAt, expires_at AS expiresAt FROM session WHERE id = ?",
  );
  return {
    putSession: async (s) =>
      inTransaction(database, () => {
        drop.run(s.createdAt);
        put.run(s.id, s.createdAt, s.expiresAt);
      }),
    // The columns are named after the members and the STRICT table holds their types.
    session: async (id) => (get.get(id) as unknown as StoredSession | undefined) ?? null,
  };
}
