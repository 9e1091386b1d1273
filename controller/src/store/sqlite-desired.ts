import type { DatabaseSync } from "node:sqlite";
import type {
  AcceptanceStore,
  AssignmentEntry,
  AssignmentStore,
  StoredAcceptance,
  StoredAssignment,
} from "./contract.ts";
import { inTransaction } from "./sqlite-open.ts";

const columns =
  "digest, appliance, site, generation, revision, issued_at AS issuedAt, heal_until AS healUntil, keyid, signature, bytes";

/** The published assignments in SQLite. */
export function sqliteAssignments(database: DatabaseSync): AssignmentStore {
  const insert = database.prepare(
    `INSERT INTO assignment (digest, appliance, site, generation, revision, issued_at, heal_until, keyid, signature, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING`,
  );
  const byDigest = database.prepare(`SELECT ${columns} FROM assignment WHERE digest = ?`);
  const checks = database.prepare(
    "SELECT json_extract(CAST(bytes AS TEXT), '$.checks') AS checks FROM assignment WHERE digest = ?",
  );
  const latest = database.prepare(
    `SELECT ${columns} FROM assignment AS a WHERE generation =
     (SELECT max(generation) FROM assignment AS b WHERE b.appliance = a.appliance) ORDER BY appliance`,
  );
  const index = database.prepare(
    `SELECT digest, appliance, site, generation, revision, issued_at AS issuedAt, heal_until AS healUntil
     FROM assignment ORDER BY appliance, generation`,
  );
  const put = (a: StoredAssignment): unknown =>
    insert.run(
      a.digest,
      a.appliance,
      a.site,
      a.generation,
      a.revision,
      a.issuedAt,
      a.healUntil,
      a.keyid,
      a.signature,
      a.bytes,
    );
  return {
    putAssignments: async (batch) => inTransaction(database, () => batch.forEach(put)),
    // The columns are named after the members and STRICT tables hold their types (below, too).
    assignment: async (digest) => (byDigest.get(digest) as unknown as StoredAssignment | undefined) ?? null,
    assignmentChecks: async (digest) => {
      const found = checks.get(digest)?.["checks"];
      return typeof found === "string" ? found : null;
    },
    latestAssignments: async () => latest.all() as unknown as readonly StoredAssignment[],
    assignmentIndex: async () => index.all() as unknown as readonly AssignmentEntry[],
  };
}

/** The accepted revisions in SQLite. */
export function sqliteAcceptances(database: DatabaseSync): AcceptanceStore {
  const insert = database.prepare(
    `INSERT INTO acceptance (source, partner, revision, accepted_at, position)
     VALUES (?, ?, ?, ?, (SELECT coalesce(max(position), 0) FROM bundle))`,
  );
  const claim = database.prepare(
    "INSERT INTO owner (identity, owner) VALUES (?, ?) ON CONFLICT (identity) DO NOTHING",
  );
  const owners = database.prepare("SELECT identity, owner FROM owner ORDER BY rowid");
  const all = database.prepare(
    "SELECT source, partner, revision, accepted_at AS acceptedAt, position FROM acceptance ORDER BY id",
  );
  return {
    recordAcceptances: async (batch, claims) =>
      inTransaction(database, () => {
        for (const a of batch) insert.run(a.source, a.partner, a.revision, a.acceptedAt);
        for (const { identity, owner } of claims) claim.run(identity, owner);
      }),
    owners: async () => new Map(owners.all().map((row) => [String(row["identity"]), String(row["owner"])])),
    // The columns are named after the members and STRICT tables hold their types.
    acceptances: async () => all.all() as unknown as readonly StoredAcceptance[],
  };
}
