import type { DatabaseSync } from "node:sqlite";
import { nodeSha256 } from "../crypto.ts";
import type { ChainPlace, CommitResult, EvidenceStore, IngestItem, StoredBundle } from "./contract.ts";
import { chainForgetter } from "./sqlite-chain.ts";
import { logAppender } from "./sqlite-log.ts";
import { inTransaction } from "./sqlite-open.ts";

const places = "position, digest, chain, epoch, seq, site, keyid, received_at AS receivedAt, log, leaf";
const columns = `${places}, bytes`;
/** An envelope is never empty, unless it was erased. */
const isThere = "length(bytes) > 0";

/** The bundles in SQLite. */
export function sqliteEvidence(database: DatabaseSync): EvidenceStore {
  const byDigest = database.prepare(`SELECT ${columns} FROM bundle WHERE digest = ? AND ${isThere}`);
  const since = database.prepare(
    `SELECT ${columns} FROM bundle WHERE position > ? AND ${isThere} ORDER BY position LIMIT ?`,
  );
  const head = database.prepare(
    `SELECT ${places} FROM bundle WHERE chain = ? ORDER BY epoch DESC, seq DESC, position LIMIT 1`,
  );
  const range = database.prepare(
    `SELECT ${columns} FROM bundle WHERE chain = ? AND (epoch, seq) >= (?, ?) AND ${isThere}
     ORDER BY epoch, seq, position LIMIT ?`,
  );
  const last = database.prepare("SELECT coalesce(max(position), 0) AS position FROM bundle");
  const erased = database.prepare(
    `SELECT epoch, seq FROM bundle WHERE chain = ? AND NOT ${isThere} ORDER BY epoch, seq, position`,
  );
  const keep = keeper(database);
  const erase = eraser(database);
  return {
    commit: async (batch) => inTransaction(database, () => batch.map(keep)),
    bundle: async (digest) => bundleOf(byDigest.get(digest)),
    chainRange: async ({ chain, from, limit }) =>
      bundlesOf(range.all(chain, from?.epoch ?? 0, from?.seq ?? 0, limit)),
    bundlesSince: async (position, limit) => bundlesOf(since.all(position, limit)),
    chainHead: async (chain) => bundleOf(head.get(chain)),
    position: async () => Number(last.get()?.["position"] ?? 0),
    erase: async (digest, decision) => erase(digest, decision),
    erasedPlaces: async (chain) => erased.all(chain) as unknown as readonly ChainPlace[],
  };
}

/** Overwrites the bytes in the file (`secure_delete`), and in the log of writes, where they may still be. */
function eraser(database: DatabaseSync): (digest: string, decision: string) => boolean {
  const decide = database.prepare(
    "INSERT INTO erasure (digest, decision) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
  );
  const empty = database.prepare(`UPDATE bundle SET bytes = x'' WHERE digest = ? AND ${isThere}`);
  const dropAttachments = database.prepare("DELETE FROM attachment WHERE bundle = ?");
  const forgetChain = chainForgetter(database);
  return (digest, decision) => {
    const changes = inTransaction(database, () => {
      decide.run(digest, decision);
      forgetChain(digest);
      dropAttachments.run(digest);
      return Number(empty.run(digest).changes);
    });
    if (changes > 0) database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return changes > 0;
  };
}

/** Keeps one item inside a transaction that its caller opened. */
function keeper(database: DatabaseSync): (item: IngestItem) => CommitResult {
  const known = database.prepare("SELECT position FROM bundle WHERE digest = ?");
  const siblings = database.prepare(
    "SELECT digest FROM bundle WHERE chain = ? AND epoch = ? AND seq = ? ORDER BY position",
  );
  const insert = database.prepare(
    `INSERT INTO bundle (position, digest, chain, epoch, seq, site, keyid, received_at, log, leaf, bytes)
     VALUES ((SELECT coalesce(max(position), 0) + 1 FROM bundle), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING position`,
  );
  const log = logAppender(database);
  return (item) => {
    if (nodeSha256(item.bytes) !== item.digest) {
      return {
        status: "refused",
        code: "DIGEST_MISMATCH",
        message: "the bytes do not have the digest they came with",
      };
    }
    const before = known.get(item.digest)?.["position"];
    if (before !== undefined) return { status: "duplicate", position: Number(before) };
    const others = siblings.all(item.chain, item.epoch, item.seq).map((row) => String(row["digest"]));
    const leaf = item.log === null ? null : log.nextLeaf(item.log);
    const row = insert.get(
      item.digest,
      item.chain,
      item.epoch,
      item.seq,
      item.site,
      item.keyid,
      item.receivedAt,
      item.log,
      leaf,
      item.bytes,
    );
    if (item.log !== null && leaf !== null) log.complete(item.log, leaf);
    const position = Number(row?.["position"]);
    return others.length === 0 ? { status: "accepted", position } : { status: "fork", position, others };
  };
}

type Row = Record<string, unknown>;

function bundlesOf(rows: readonly Row[]): readonly StoredBundle[] {
  // The columns are named after the members and STRICT tables hold their types.
  return rows as unknown as readonly StoredBundle[];
}

function bundleOf(row: Row | undefined): StoredBundle | null {
  return row === undefined ? null : (bundlesOf([row])[0] ?? null);
}
