import type { DatabaseSync } from "node:sqlite";
import {
  type AttemptOutcome,
  type Breaker,
  type Checkpoint,
  type Digest,
  pairKey,
} from "@compline/core/appliance";
import type { VerdictMap } from "../evidence/verdict-map.ts";
import type { TimeMark } from "../steady-time.ts";
import {
  closeBreaker,
  endAttempts,
  insertAttempt,
  readAttempts,
  readBreaker,
  readInterrupted,
} from "./attempts.ts";
import { type Assignments, createAssignments } from "./assignments.ts";
import { type AttachedFile, type Attachments, createAttachments, insertAttachments } from "./attachments.ts";
import { inTransaction } from "./database.ts";
import { type ChainPlace, createOutbox, type Envelope, insertEnvelopes, type Outbox } from "./outbox.ts";
import { insertOverride, readStoredOverride, type StoredOverride } from "./overrides.ts";
import { createRoom, dropEvidence, type Dropping, type Room } from "./room.ts";
import { createRotations, insertRotation, type Rotations, type StoredRotation } from "./rotation.ts";
import { readHead, readPairs, readTime, replacePairs, writeHead, writeTime } from "./rows.ts";

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

/** All that one bundle changes; written together or not at all. */
export interface BundleCommit {
  readonly envelopes: readonly Envelope[];
  /** The assignment that they name. */
  readonly assignment: Digest;
  /** Files that the last of them names. */
  readonly attachments: readonly AttachedFile[];
  readonly head: ChainHead;
  /** The map it leaves; null when it changes no verdict. */
  readonly map: VerdictMap | null;
  readonly time: TimeMark;
  /** The heals this bundle reports. */
  readonly attempts: readonly { readonly id: number; readonly outcome: AttemptOutcome }[];
  /** What the event brings about; null for an observation. */
  readonly event: EventEffects | null;
}

/** What happens together with an event of which the chain tells. */
export interface EventEffects {
  /** The evidence that it says was dropped. */
  readonly drop: Dropping | null;
  /** The next key, of a rotation: `head` is then the place before the first of its epoch. */
  readonly rotation: Pick<StoredRotation, "publicKey" | "seq"> | null;
  /** What a person allowed. */
  readonly override: Omit<StoredOverride, "digest"> | null;
}

/** What is written down before a heal's first step. */
export interface BegunAttempt {
  readonly host: string;
  readonly check: string;
  readonly rule: string;
  readonly runbook: string;
  /** The assignment in force. */
  readonly assignment: Digest;
  /** Effective now, for evidence. */
  readonly startedAt: number;
  /** By steady time, for the guards. */
  readonly steadyAt: number;
}

/** One heal of a pair as it is kept. */
export interface StoredAttempt {
  readonly rule: string;
  /** When it began, by steady time. */
  readonly steadyAt: number;
  /** Null: it is going on, or the process died in it. */
  readonly outcome: AttemptOutcome | null;
}

/** A checkpoint of the partner's log, as the controller told of it; nobody here has the log's key. */
export interface ToldCheckpoint extends Checkpoint {
  /** The signed note, exact text. */
  readonly note: string;
}

/**
 * What an appliance must not forget. Every change is durable when the call returns. One process at a time.
 * Throws `AgentError` STATE_FULL when the disk has no space: then nothing was changed, and it may be tried again;
 * STATE_FAILED when the disk fails: the process then ends, and starts from what was durable.
 */
export interface AgentStore extends Assignments, Outbox, Attachments, Room, Rotations {
  head(): ChainHead;
  /** Writes what is there already, to find out whether the disk takes it. Throws STATE_FULL when not. */
  checkSpace(): void;
  pairs(): VerdictMap;
  /** What the clocks said last; no time is taken to be before it. Null in a state that is new. */
  lastTime(): TimeMark | null;
  commitBundle(commit: BundleCommit): void;
  /** Keeps when pairs were last seen and what that came to, without a bundle. */
  touch(map: VerdictMap, time: TimeMark): void;
  /** Marks a heal as begun, before its first step. Answers its id. */
  beginAttempt(attempt: BegunAttempt, time: TimeMark): number;
  /** Heals under an assignment that began and were never reported, oldest first. */
  interrupted(assignment: Digest): readonly (BegunAttempt & { readonly id: number })[];
  /** Newest first. */
  attemptsOf(host: string, check: string): readonly StoredAttempt[];
  /** The largest checkpoint that the controller told of; null before the first. */
  checkpoint(): ToldCheckpoint | null;
  saveCheckpoint(checkpoint: ToldCheckpoint): void;
  /** The site's circuit breaker, by steady time. */
  breaker(): Breaker;
  /** Closes it for a person who let the box go on; `now` is steady time. */
  closeBreaker(now: number): void;
  /** What a person allowed last, as the chain tells. */
  override(): StoredOverride | null;
  close(): void;
}

/** The store over an open database; `quota` is the most that bundles may take, in bytes. */
export function createStore(database: DatabaseSync, quota: number = Number.POSITIVE_INFINITY): AgentStore {
  const run = (sql: string, ...values: (string | number | Uint8Array | null)[]): number =>
    Number(database.prepare(sql).run(...values).lastInsertRowid);
  return {
    ...createAssignments(database),
    ...createOutbox(database),
    ...createAttachments(database),
    ...createRoom(database, quota),
    ...createRotations(database),
    head: () => readHead(database),
    lastTime: () => readTime(database),
    checkSpace: () => inTransaction(database, () => void run("UPDATE head SET seq = seq")),
    pairs: () => new Map(readPairs(database).map((row) => [pairKey(row.host, row.check), row])),
    commitBundle: (commit) =>
      inTransaction(database, () => {
        const { event, head } = commit;
        insertEnvelopes(database, commit, placeOf(commit));
        insertAttachments(database, commit.attachments, commit.envelopes.at(-1)?.digest ?? "");
        if (event !== null) takeEffects(database, event, head);
        writeHead(database, commit.head);
        writeTime(database, commit.time);
        if (commit.map !== null) replacePairs(database, commit.map);
        endAttempts(database, commit.attempts, commit.time);
      }),
    touch: (map, time) =>
      inTransaction(database, () => {
        writeTime(database, time);
        const sql = "UPDATE pair SET observed_at = ?, recent = ? WHERE host = ? AND check_name = ?";
        for (const { host, check, observedAt, recent } of map.values()) {
          run(sql, observedAt, JSON.stringify(recent), host, check);
        }
      }),
    beginAttempt: (attempt, time) =>
      inTransaction(database, () => {
        // Its end, told by another process, must not come before its beginning.
        writeTime(database, time);
        return insertAttempt(database, attempt);
      }),
    interrupted: (assignment) => readInterrupted(database, assignment),
    attemptsOf: (host, check) => readAttempts(database, host, check),
    checkpoint: () => readToldCheckpoint(database),
    saveCheckpoint: ({ origin, size, root, note }) =>
      inTransaction(
        database,
        () => void run("INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?, ?)", origin, size, root, note),
      ),
    breaker: () => readBreaker(database),
    closeBreaker: (now) => closeBreaker(database, now),
    override: () => readStoredOverride(database),
    close: () => database.close(),
  };
}

/** The place of the last of a commit's envelopes. */
function placeOf({ event, head }: BundleCommit): ChainPlace {
  const rotation = event?.rotation ?? null;
  return rotation === null ? head : { epoch: head.epoch - 1, seq: rotation.seq };
}

function takeEffects(
  database: DatabaseSync,
  { drop, rotation, override }: EventEffects,
  head: ChainHead,
): void {
  if (drop !== null) dropEvidence(database, drop);
  if (rotation !== null) insertRotation(database, { ...rotation, epoch: head.epoch });
  if (override === null) return;
  if (head.digest === null) throw new Error("unreachable: an event was just signed");
  insertOverride(database, { ...override, digest: head.digest });
}

function readToldCheckpoint(database: DatabaseSync): ToldCheckpoint | null {
  const row = database.prepare("SELECT * FROM checkpoint").get();
  if (row === undefined) return null;
  const { origin, size, root, note } = row;
  return { origin: String(origin), size: Number(size), root: String(root), note: String(note) };
}
