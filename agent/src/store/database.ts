import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { AgentError } from "../errors.ts";

/** The schema this program reads and writes; any other is refused, never migrated silently. */
const SCHEMA_VERSION = 3;
/** Another process on the same folder would fork the chain; one that is just ending gets this long. */
const LOCK_WAIT_MS = 2000;

const SCHEMA = `
CREATE TABLE head (
  one INTEGER PRIMARY KEY CHECK (one = 1), epoch INTEGER NOT NULL, seq INTEGER NOT NULL, digest TEXT,
  window_end INTEGER, bundle_at INTEGER, snapshot_at INTEGER, snapshot_assignment TEXT, suspended INTEGER NOT NULL
) STRICT;
INSERT INTO head VALUES (1, 0, -1, NULL, NULL, NULL, NULL, NULL, 0);
CREATE TABLE time (
  one INTEGER PRIMARY KEY CHECK (one = 1), latest INTEGER NOT NULL, wall INTEGER NOT NULL, monotonic INTEGER NOT NULL,
  boot TEXT NOT NULL, steady INTEGER NOT NULL
) STRICT;
CREATE TABLE pair (
  host TEXT NOT NULL, check_name TEXT NOT NULL, check_digest TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT,
  observed TEXT, since INTEGER, observed_at INTEGER, told TEXT, recent TEXT NOT NULL, PRIMARY KEY (host, check_name)
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, envelope BLOB NOT NULL, refused TEXT
) STRICT;
CREATE TABLE assignment (
  one INTEGER PRIMARY KEY CHECK (one = 1), digest TEXT NOT NULL, signature TEXT NOT NULL, bytes BLOB NOT NULL,
  controller_key TEXT NOT NULL, repinned INTEGER NOT NULL
) STRICT;
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT, host TEXT NOT NULL, check_name TEXT NOT NULL, rule TEXT NOT NULL,
  runbook TEXT NOT NULL, assignment TEXT NOT NULL, started_at INTEGER NOT NULL, steady_at INTEGER NOT NULL,
  ended_at INTEGER, outcome TEXT
) STRICT;
CREATE INDEX attempt_of_pair ON attempt (host, check_name, id);
CREATE INDEX attempt_by_time ON attempt (steady_at);
CREATE TABLE breaker (
  one INTEGER PRIMARY KEY CHECK (one = 1), opened_at INTEGER, counted_from INTEGER NOT NULL
) STRICT;
INSERT INTO breaker VALUES (1, NULL, 0);
PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Opens an appliance's database and keeps it locked until it is closed. A transaction that returned is durable.
 * @throws AgentError STATE_LOCKED, STATE_VERSION or STATE_FAILED
 */
export function openDatabase(file: string, lockWaitMs: number = LOCK_WAIT_MS): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // Made for its owner only; the files SQLite puts beside it take its mode.
    closeSync(openSync(file, "a", 0o600));
    database = new DatabaseSync(file, { timeout: lockWaitMs });
    prepare(database, file);
    return database;
  } catch (error) {
    database?.close();
    throw asAgentError(error, file);
  }
}

/** Runs `change` in one transaction: all of it or nothing. */
export function inTransaction<T>(database: DatabaseSync, change: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = change();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw new AgentError("STATE_FAILED", "the state could not be written", { cause: error });
  }
}

function prepare(database: DatabaseSync, file: string): void {
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  // The first write takes the lock.
  database.exec("BEGIN IMMEDIATE");
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version === 0) database.exec(SCHEMA);
  database.exec("COMMIT");
  if (version !== 0 && version !== SCHEMA_VERSION) {
    throw new AgentError(
      "STATE_VERSION",
      `${file}: expected schema version ${SCHEMA_VERSION}, found ${version}`,
    );
  }
}

function asAgentError(error: unknown, file: string): AgentError {
  if (error instanceof AgentError) return error;
  if (error instanceof Error && "errcode" in error && error.errcode === 5) {
    return new AgentError("STATE_LOCKED", `${file}: an agent runs on this folder`, { cause: error });
  }
  return new AgentError("STATE_FAILED", `${file}: the state cannot be opened`, { cause: error });
}
