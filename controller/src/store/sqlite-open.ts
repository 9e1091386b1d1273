import { closeSync, existsSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { ControllerError } from "../errors.ts";
import { schemaSql, schemaVersion } from "./sqlite-schema.ts";

/**
 * `write` makes the store when there is none; `read` neither makes nor changes anything in it. `glance` is `read` for a
 * moment: where no other process has the store open, not even SQLite's files come into being beside it. It is to be
 * closed at once, for a writer that begins meanwhile is not kept from changing what is being read.
 */
export type OpenMode = "glance" | "read" | "write";

/**
 * Opens the database file and checks its schema version.
 * Throws STORE_MISSING (read only), STORE_VERSION, STORE_IO.
 */
export function openDatabase(path: string, mode: OpenMode): DatabaseSync {
  if (mode !== "write" && !existsSync(path)) {
    throw new ControllerError("STORE_MISSING", `no store at ${path}; has the controller run yet?`);
  }
  try {
    if (mode === "write") closeSync(openSync(path, "a", 0o600));
    const database = new DatabaseSync(locate(path, mode), { readOnly: mode !== "write", timeout: 5000 });
    return prepare(database, path, mode);
  } catch (error) {
    if (error instanceof ControllerError) throw error;
    throw new ControllerError("STORE_IO", `the store at ${path} could not be opened`, { cause: error });
  }
}

/** A store without a log of writes is open in no other process: then nothing of it changes while it is read. */
function locate(path: string, mode: OpenMode): string | URL {
  if (mode !== "glance" || existsSync(`${path}-wal`)) return path;
  const url = pathToFileURL(path);
  url.searchParams.set("immutable", "1");
  return url;
}

function prepare(database: DatabaseSync, path: string, mode: OpenMode): DatabaseSync {
  try {
    if (mode === "write") {
      database.exec(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
      );
      createWhenEmpty(database);
    }
    checkVersion(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function createWhenEmpty(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"];
    if (tables === 0) database.exec(schemaSql);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

function checkVersion(database: DatabaseSync, path: string): void {
  const found = readVersion(database);
  if (found === schemaVersion) return;
  throw new ControllerError(
    "STORE_VERSION",
    `the store at ${path} has schema version ${found ?? "none"}; this Compline reads version ${schemaVersion} only`,
  );
}

function readVersion(database: DatabaseSync): number | null {
  const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'").get();
  if (known === undefined) return null;
  const version = database.prepare("SELECT max(version) AS version FROM schema_version").get()?.["version"];
  return typeof version === "number" ? version : null;
}

/** Runs `work` in one transaction: all of it is durable when this returns, or nothing of it happened. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      database.exec("COMMIT");
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  } catch (error) {
    throw new ControllerError("STORE_IO", "the store could not be written", { cause: error });
  }
}

/** Writes the header's free number, which nothing reads: a commit like any other, on disk when this returns. */
export function touch(database: DatabaseSync): void {
  inTransaction(database, () => database.exec("PRAGMA user_version = 1"));
}
