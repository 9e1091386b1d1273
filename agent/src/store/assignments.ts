import type { DatabaseSync } from "node:sqlite";
import type { Digest } from "@compline/core/appliance";
import type { TimeMark } from "../steady-time.ts";
import { inTransaction } from "./database.ts";
import { writeTime } from "./rows.ts";
import { WAITING } from "./schema.ts";

/** An assignment, exactly as it was signed. */
export interface StoredAssignment {
  readonly digest: Digest;
  readonly signature: string;
  readonly bytes: Uint8Array;
}

/** The assignment in force, and by which key. */
export interface KeptAssignment extends StoredAssignment {
  /** The key that was pinned when it was accepted. */
  readonly controllerKey: string;
  /** Another key was pinned since: it stays until that one's first comes, and nothing is healed by it. */
  readonly repinned: boolean;
}

/**
 * The assignment in force, and those before it that bundles in the outbox name: a controller that is set back to an old
 * copy lacks both together. Changes are durable when the call returns.
 */
export interface Assignments {
  assignment(): KeptAssignment | null;
  /** Puts it in force. Of the others stay those that a bundle here names, and with it at most 64 MiB: the oldest go. */
  saveAssignment(assignment: KeptAssignment, time: TimeMark): void;
  /** Lets the next assignment be of a lower generation than the one in force. */
  markRepinned(): void;
  /** Those that bundles name which wait to be sent, and the one in force; the oldest first. */
  assignmentsToSend(): readonly Digest[];
  /** One of them; null when it is not kept. */
  assignmentOf(digest: Digest): StoredAssignment | null;
}

const KEPT_BYTES = 64 * 1024 * 1024;

/** The assignments in an open database. */
export function createAssignments(database: DatabaseSync): Assignments {
  const run = (sql: string, ...values: (string | number | Uint8Array)[]): void =>
    void database.prepare(sql).run(...values);
  return {
    assignment: () => {
      const row = database.prepare("SELECT * FROM assignment ORDER BY position DESC LIMIT 1").get();
      if (row === undefined) return null;
      return {
        ...storedIn(row),
        controllerKey: String(row["controller_key"]),
        repinned: row["repinned"] === 1,
      };
    },
    saveAssignment: ({ digest, signature, bytes, controllerKey, repinned }, time) =>
      inTransaction(database, () => {
        const sql = `INSERT OR REPLACE INTO assignment (digest, signature, bytes, controller_key, repinned)
          VALUES (?, ?, ?, ?, ?)`;
        run(sql, digest, signature, bytes, controllerKey, repinned ? 1 : 0);
        run(FORGET, KEPT_BYTES);
        writeTime(database, time);
      }),
    markRepinned: () => run("UPDATE assignment SET repinned = 1"),
    assignmentsToSend: () =>
      database
        .prepare(TO_SEND)
        .all()
        .map(({ digest }) => String(digest)),
    assignmentOf: (digest) => {
      const row = database.prepare("SELECT * FROM assignment WHERE digest = ?").get(digest);
      return row === undefined ? null : storedIn(row);
    },
  };
}

const NEWEST = "(SELECT max(position) FROM assignment)";

const FORGET = `DELETE FROM assignment WHERE position < ${NEWEST} AND (
  NOT EXISTS (SELECT 1 FROM outbox WHERE assignment = assignment.digest)
  OR position IN (SELECT position FROM
    (SELECT position, sum(length(bytes)) OVER (ORDER BY position DESC) AS total FROM assignment) WHERE total > ?))`;

const TO_SEND = `SELECT digest FROM assignment WHERE position = ${NEWEST}
  OR EXISTS (SELECT 1 FROM outbox WHERE assignment = assignment.digest AND ${WAITING}) ORDER BY position`;

function storedIn(row: Readonly<Record<string, unknown>>): StoredAssignment {
  const bytes = row["bytes"];
  if (!(bytes instanceof Uint8Array)) throw new Error("unreachable: a BLOB column is not bytes");
  return { digest: String(row["digest"]), signature: String(row["signature"]), bytes };
}
