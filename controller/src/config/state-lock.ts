import { closeSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ControllerError } from "../errors.ts";

/** Holds the controller's folder until it is released or the process is gone, however it went. */
export interface StateLock {
  release(): void;
}

/** How long one that is just ending is waited for. */
const patienceMs = 500;

/**
 * Takes the folder for this process. Two controllers on one would clear away each other's builds and git locks and
 * publish against each other. Node has no file locks of its own, so it is the lock of an empty SQLite file: the system
 * gives it back even after SIGKILL. Throws STATE_IN_USE.
 */
export function lockState(path: string): StateLock {
  closeSync(openSync(path, "a", 0o600));
  const database = new DatabaseSync(path, { timeout: patienceMs });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    const message = `another controller runs on ${dirname(path)}`;
    throw new ControllerError("STATE_IN_USE", message, { cause });
  }
  return { release: () => database.close() };
}
