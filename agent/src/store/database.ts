import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { AgentError } from "../errors.ts";
import { SCHEMA, SCHEMA_VERSION } from "./schema.ts";

/** Another process on the same folder would fork the chain; one that is just ending gets this long. */
const LOCK_WAIT_MS = 2000;

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

/** Runs `change` in one transaction: all of it or nothing. @throws AgentError STATE_FULL, STATE_FAILED */
export function inTransaction<T>(database: DatabaseSync, change: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = change();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // A disk without space has rolled it back already.
    if (database.isTransaction) database.exec("ROLLBACK");
    if (isFull(error)) throw new AgentError("STATE_FULL", "the disk of the state is full", { cause: error });
    throw new AgentError("STATE_FAILED", "the state could not be written", { cause: error });
  }
}

function prepare(database: DatabaseSync, file: string): void {
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  // The log beside the file is brought into it early: on a small disk its usual 4 MB are much.
  database.exec("PRAGMA wal_autocheckpoint = 100; PRAGMA journal_size_limit = 1048576;");
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

/** SQLITE_FULL, which is what SQLite makes of ENOSPC. */
function isFull(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 13;
}

function asAgentError(error: unknown, file: string): AgentError {
  if (error instanceof AgentError) return error;
  if (error instanceof Error && "errcode" in error && error.errcode === 5) {
    return new AgentError("STATE_LOCKED", `${file}: an agent runs on this folder`, { cause: error });
  }
  return new AgentError("STATE_FAILED", `${file}: the state cannot be opened`, { cause: error });
}
