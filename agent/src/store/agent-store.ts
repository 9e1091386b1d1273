import type { DatabaseSync } from "node:sqlite";
import { type AttemptOutcome, type Digest, type HealAttempt, pairKey } from "@compline/core";
import type { VerdictMap } from "../evidence/verdict-map.ts";
import { inTransaction } from "./database.ts";
import { readHead, readPairs, replacePairs, writeHead } from "./rows.ts";

/** Where the chain stands. `seq` is -1 and `digest` null before the first bundle. Times in milliseconds since 1970. */
export interface ChainHead {
  readonly epoch: number;
  readonly seq: number;
  readonly digest: Digest | null;
  readonly windowEnd: number | null;
  readonly bundleAt: number | null;
  readonly snapshotAt: number | null;
  /** The assignment the last snapshot was made under. */
  readonly snapshotAssignment: Digest | null;
  /** The last event of its kind was `suspend`. */
  readonly suspended: boolean;
}

/** One bundle, exactly as it was signed. */
export interface Envelope {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

/** All that one bundle changes; written together or not at all. */
export interface BundleCommit {
  readonly envelopes: readonly Envelope[];
  readonly head: ChainHead;
  /** The map it leaves; null when it changes no verdict. */
  readonly map: VerdictMap | null;
  readonly now: number;
  /** The heals this bundle reports. */
  readonly attempts: readonly { readonly id: number; readonly outcome: AttemptOutcome }[];
}

/** What is written down before a heal's first step. */
export interface BegunAttempt {
  readonly host: string;
  readonly check: string;
  readonly rule: string;
  readonly runbook: string;
  /** The assignment in force. */
  readonly assignment: Digest;
  readonly startedAt: number;
}

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
 * What an appliance must not forget. Every change is durable when the call returns. One process at a time.
 * Throws `AgentError` STATE_FAILED when the disk does; the process then ends, and starts from what was durable.
 */
export interface AgentStore {
  head(): ChainHead;
  pairs(): VerdictMap;
  /** The latest time this store has seen; the clock is never taken to be before it. */
  lastTime(): number;
  assignment(): KeptAssignment | null;
  saveAssignment(assignment: KeptAssignment, now: number): void;
  /** Lets the next assignment be of a lower generation than the one in force. */
  markRepinned(): void;
  commitBundle(commit: BundleCommit): void;
  /** Keeps when pairs were last seen, without a bundle. */
  touch(map: VerdictMap, now: number): void;
  /** Marks a heal as begun, before its first step. Answers its id. */
  beginAttempt(attempt: BegunAttempt): number;
  /** Heals under an assignment that began and were never reported, oldest first. */
  interrupted(assignment: Digest): readonly (BegunAttempt & { readonly id: number })[];
  attemptsOf(host: string, check: string): readonly HealAttempt[];
  /** The oldest bundle that waits to be sent. */
  nextEnvelope(): Envelope | null;
  /** How many wait, and how many were refused by the API and are kept aside. */
  outbox(): { readonly waiting: number; readonly refused: number };
  /** The API has it: it may be forgotten here. */
  acknowledge(digest: Digest): void;
  /** The API will never take it: kept aside, out of the way of the others. */
  setAside(digest: Digest, code: string): void;
  close(): void;
}

const INSERT_ATTEMPT =
  "INSERT INTO attempt (host, check_name, rule, runbook, assignment, started_at) VALUES (?, ?, ?, ?, ?, ?)";

/** The store over an open database. */
export function createStore(database: DatabaseSync): AgentStore {
  const run = (sql: string, ...values: (string | number | Uint8Array | null)[]): number =>
    Number(database.prepare(sql).run(...values).lastInsertRowid);
  return {
    head: () => readHead(database).head,
    lastTime: () => readHead(database).lastTime,
    pairs: () => new Map(readPairs(database).map((row) => [pairKey(row.host, row.check), row])),
    assignment: () => readAssignment(database),
    saveAssignment: ({ digest, signature, bytes, controllerKey, repinned }, now) =>
      inTransaction(database, () => {
        const values = [digest, signature, bytes, controllerKey, repinned ? 1 : 0];
        run("INSERT OR REPLACE INTO assignment VALUES (1, ?, ?, ?, ?, ?)", ...values);
        run("UPDATE head SET last_time = max(last_time, ?)", now);
      }),
    markRepinned: () => void run("UPDATE assignment SET repinned = 1"),
    commitBundle: (commit) =>
      inTransaction(database, () => {
        for (const { digest, bytes } of commit.envelopes) {
          run("INSERT INTO outbox (digest, envelope) VALUES (?, ?)", digest, bytes);
        }
        writeHead(database, commit.head, commit.now);
        if (commit.map !== null) replacePairs(database, commit.map);
        for (const { id, outcome } of commit.attempts) {
          run("UPDATE attempt SET ended_at = ?, outcome = ? WHERE id = ?", commit.now, outcome, id);
        }
      }),
    touch: (map, now) =>
      inTransaction(database, () => {
        run("UPDATE head SET last_time = max(last_time, ?)", now);
        for (const { host, check, observedAt } of map.values()) {
          run("UPDATE pair SET observed_at = ? WHERE host = ? AND check_name = ?", observedAt, host, check);
        }
      }),
    beginAttempt: ({ host, check, rule, runbook, assignment, startedAt }) =>
      inTransaction(database, () => {
        // Its end, told by another process, must not come before its beginning.
        run("UPDATE head SET last_time = max(last_time, ?)", startedAt);
        return run(INSERT_ATTEMPT, host, check, rule, runbook, assignment, startedAt);
      }),
    interrupted: (assignment) => readInterrupted(database, assignment),
    attemptsOf: (host, check) => readAttempts(database, host, check),
    nextEnvelope: () => {
      const row = database
        .prepare("SELECT digest, envelope FROM outbox WHERE refused IS NULL ORDER BY position LIMIT 1")
        .get();
      return row === undefined ? null : { digest: String(row["digest"]), bytes: bytesOf(row["envelope"]) };
    },
    outbox: () => {
      const row = database.prepare("SELECT count(*) AS rows, count(refused) AS refused FROM outbox").get();
      const refused = Number(row?.["refused"]);
      return { waiting: Number(row?.["rows"]) - refused, refused };
    },
    acknowledge: (digest) => void run("DELETE FROM outbox WHERE digest = ?", digest),
    setAside: (digest, code) => void run("UPDATE outbox SET refused = ? WHERE digest = ?", code, digest),
    close: () => database.close(),
  };
}

function readAssignment(database: DatabaseSync): KeptAssignment | null {
  const row = database.prepare("SELECT * FROM assignment").get();
  if (row === undefined) return null;
  return {
    digest: String(row["digest"]),
    signature: String(row["signature"]),
    bytes: bytesOf(row["bytes"]),
    controllerKey: String(row["controller_key"]),
    repinned: row["repinned"] === 1,
  };
}

/** Newest first, as many as any budget could count. */
function readAttempts(database: DatabaseSync, host: string, check: string): readonly HealAttempt[] {
  const sql =
    "SELECT rule, started_at, outcome FROM attempt WHERE host = ? AND check_name = ? ORDER BY id DESC LIMIT 100";
  return database
    .prepare(sql)
    .all(host, check)
    .map((row) => ({
      rule: String(row["rule"]),
      startedAt: Number(row["started_at"]),
      outcome: row["outcome"] === null ? null : (row["outcome"] as AttemptOutcome), // written by this file only
    }));
}

function readInterrupted(database: DatabaseSync, assignment: Digest): ReturnType<AgentStore["interrupted"]> {
  return database
    .prepare("SELECT * FROM attempt WHERE outcome IS NULL AND assignment = ? ORDER BY id")
    .all(assignment)
    .map((row) => ({
      id: Number(row["id"]),
      host: String(row["host"]),
      check: String(row["check_name"]),
      rule: String(row["rule"]),
      runbook: String(row["runbook"]),
      assignment,
      startedAt: Number(row["started_at"]),
    }));
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error("unreachable: a BLOB column is not bytes");
}
