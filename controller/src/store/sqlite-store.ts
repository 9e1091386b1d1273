import type { Store } from "./contract.ts";
import { sqliteAnchors } from "./sqlite-anchor.ts";
import { sqliteAttachments } from "./sqlite-attachment.ts";
import { sqliteChains } from "./sqlite-chain.ts";
import { sqliteAcceptances, sqliteAssignments } from "./sqlite-desired.ts";
import { sqliteEvidence } from "./sqlite-evidence.ts";
import { sqliteLogs } from "./sqlite-log.ts";
import { type OpenMode, openDatabase, touch } from "./sqlite-open.ts";
import { sqliteSessions, sqliteStatus } from "./sqlite-status.ts";

/**
 * The store in one SQLite file (WAL, synchronous=FULL): what a call wrote is on disk when it returns. Opened to
 * `read`, it can be used beside a running controller and changes nothing.
 * Throws STORE_MISSING, STORE_VERSION, STORE_IO.
 */
export function openSqliteStore(path: string, mode: OpenMode): Store {
  const database = openDatabase(path, mode);
  return {
    ...sqliteEvidence(database),
    ...sqliteChains(database),
    ...sqliteAttachments(database),
    ...sqliteLogs(database),
    ...sqliteAnchors(database),
    ...sqliteAssignments(database),
    ...sqliteAcceptances(database),
    ...sqliteStatus(database),
    ...sqliteSessions(database),
    checkWritable: async () => touch(database),
    close: async () => database.close(),
  };
}
