import type { DatabaseSync } from "node:sqlite";
import type {
  AcceptanceStore,
  AssignmentEntry,
  AssignmentStore,
  KeyChange,
  KeyMark,
  KeyPeriod,
  StoredAcceptance,
  StoredAssignment,
} from "./contract.ts";
import { inTransaction } from "./sqlite-open.ts";

const entry =
  "digest, keyid, appliance, site, generation, revision, issued_at AS issuedAt, heal_until AS healUntil";

/** The published assignments in SQLite. */
export function sqliteAssignments(database: DatabaseSync): AssignmentStore {
  const insert = database.prepare(
    `INSERT INTO assignment (digest, appliance, site, generation, revision, issued_at, heal_until, keyid, signature, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING`,
  );
  const byDigest = database.prepare(`SELECT ${entry}, signature, bytes FROM assignment WHERE digest = ?`);
  // Canonical JSON, in which nothing but a ULID stands before these; reading all of it takes twice as long.
  const checks = database.prepare(
    `SELECT CAST(substr(bytes, start, instr(substr(bytes, start), CAST('}' AS BLOB))) AS TEXT) AS checks
     FROM (SELECT bytes, instr(bytes, CAST('"checks":{' AS BLOB)) + length('"checks":') AS start
           FROM assignment WHERE digest = ?) WHERE start > length('"checks":')`,
  );
  const latest = database.prepare(
    `SELECT ${entry} FROM assignment AS a WHERE rowid =
     (SELECT rowid FROM assignment AS b WHERE b.appliance = a.appliance
      ORDER BY generation DESC, issued_at, digest LIMIT 1) ORDER BY appliance`,
  );
  const index = database.prepare(`SELECT ${entry} FROM assignment ORDER BY appliance, generation`);
  const keys = database.prepare(
    "SELECT keyid, min(issued_at) AS at FROM assignment GROUP BY keyid ORDER BY 2, min(rowid)",
  );
  const lost = database.prepare(
    `SELECT DISTINCT revision FROM assignment
     WHERE NOT EXISTS (SELECT 1 FROM acceptance WHERE acceptance.revision = assignment.revision)`,
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
    latestAssignments: async () => latest.all() as unknown as readonly AssignmentEntry[],
    assignmentKeys: async () => keys.all() as unknown as readonly { keyid: string; at: string }[],
    lostRevisions: async () => lost.all().map(({ revision }) => String(revision)),
    assignmentIndex: async () => index.all() as unknown as readonly AssignmentEntry[],
  };
}

/** The accepted revisions in SQLite. */
export function sqliteAcceptances(database: DatabaseSync): AcceptanceStore {
  const insert = database.prepare(
    `INSERT INTO acceptance (source, partner, revision, commits, accepted_at, position)
     VALUES (?, ?, ?, ?, ?, ${newest})`,
  );
  const claim = database.prepare(
    "INSERT INTO owner (identity, owner) VALUES (?, ?) ON CONFLICT (identity) DO NOTHING",
  );
  const owners = database.prepare("SELECT identity, owner FROM owner ORDER BY rowid");
  const all = database.prepare(
    "SELECT source, partner, revision, commits, accepted_at AS acceptedAt, position FROM acceptance ORDER BY id",
  );
  const keys = sqliteKeys(database);
  return {
    recordAcceptances: async (batch) =>
      inTransaction(database, () => {
        for (const a of batch.acceptances)
          insert.run(a.source, a.partner, a.revision, a.commits, a.acceptedAt);
        for (const { identity, owner } of batch.claims) claim.run(identity, owner);
        for (const change of batch.keys) keys.begin(change);
      }),
    endKeys: async (list) => inTransaction(database, () => list.forEach((change) => keys.end(change))),
    keyPeriods: async () => keys.all(),
    owners: async () => new Map(owners.all().map((row) => [String(row["identity"]), String(row["owner"])])),
    // The columns are named after the members and STRICT tables hold their types.
    acceptances: async () => all.all() as unknown as readonly StoredAcceptance[],
  };
}

/** How many bundles are kept in this moment. */
const newest = "(SELECT coalesce(max(position), 0) FROM bundle)";

interface Keys {
  /** Both inside a transaction that the caller opened. */
  begin(change: KeyChange): void;
  end(change: KeyChange): void;
  all(): readonly KeyPeriod[];
}

function sqliteKeys(database: DatabaseSync): Keys {
  const begin = database.prepare(
    `INSERT INTO key_period (public_key, owner, partner, site, name, from_revision, from_at, from_position)
     VALUES (?, ?, ?, ?, ?, ?, ?, ${newest}) ON CONFLICT (public_key) WHERE to_position IS NULL
     DO UPDATE SET name = excluded.name`,
  );
  const leave = database.prepare(
    `UPDATE key_period SET to_revision = ?, to_at = ?, to_position = ${newest}
     WHERE public_key = ? AND to_position IS NULL AND site IS NOT ?`,
  );
  const end = database.prepare(
    `UPDATE key_period SET to_revision = ?, to_at = ?, to_position = ${newest}
     WHERE public_key = ? AND to_position IS NULL`,
  );
  const all = database.prepare("SELECT * FROM key_period ORDER BY id");
  return {
    begin: ({ key, revision, at }) => {
      leave.run(revision, at, key.publicKey, key.site);
      begin.run(key.publicKey, key.owner, key.partner, key.site, key.name, revision, at);
    },
    end: ({ key, revision, at }) => void end.run(revision, at, key.publicKey),
    all: () => all.all().map(keyPeriodOf),
  };
}

function keyPeriodOf(row: Record<string, unknown>): KeyPeriod {
  const text = (column: string): string => String(row[column]);
  const mark = (side: "from" | "to"): KeyMark => ({
    revision: text(`${side}_revision`),
    at: text(`${side}_at`),
    position: Number(row[`${side}_position`]),
  });
  return {
    publicKey: text("public_key"),
    owner: text("owner"),
    partner: text("partner"),
    site: row["site"] === null ? null : text("site"),
    name: text("name"),
    from: mark("from"),
    to: row["to_position"] === null ? null : mark("to"),
  };
}
