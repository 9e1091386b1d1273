/**
 * What the controller keeps. One contract, met by SQLite now and by a server database later: every call is
 * asynchronous, and what writes takes a batch. Evidence is append-only; nothing in it is ever changed or renumbered.
 */

import type { NodePlace } from "@compline/core";

/** One bundle that was verified and is to be kept. `bytes` are exactly what came, `digest` is their SHA-256. */
export interface IngestItem {
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** The chain's id: the appliance's ULID. */
  readonly chain: string;
  readonly epoch: number;
  readonly seq: number;
  readonly site: string;
  readonly keyid: string;
  /** When the controller had it, by its own clock. */
  readonly receivedAt: string;
  /** The log of the partner it belongs to, by its origin; null when the partner has none. */
  readonly log: string | null;
}

/** A bundle as it is kept. `position` counts what was kept from 1 without a gap, whatever the chain. */
export interface StoredBundle extends IngestItem {
  readonly position: number;
  /** Its place in the log, from 0; null without a log. */
  readonly leaf: number | null;
}

/**
 * What became of one item: `accepted` and kept; `duplicate`, kept before; `fork`, kept, and so are the others that
 * name the same place in the chain; `refused`, not kept.
 */
export type CommitResult =
  | { readonly status: "accepted"; readonly position: number }
  | { readonly status: "duplicate"; readonly position: number }
  | { readonly status: "fork"; readonly position: number; readonly others: readonly string[] }
  | { readonly status: "refused"; readonly code: "DIGEST_MISMATCH"; readonly message: string };

/** A place in a chain. */
export interface ChainPlace {
  readonly epoch: number;
  readonly seq: number;
}

/** Part of a chain in (epoch, seq, position) order; a fork gives two rows for a place. */
export interface ChainRange {
  readonly chain: string;
  /** First place, included; the beginning when absent. */
  readonly from?: ChainPlace;
  readonly limit: number;
}

/** Bundles. */
export interface EvidenceStore {
  /**
   * Keeps a batch, in its order, in one transaction. Durable when it returns (power may go the next moment); all
   * answers or a rejection and then nothing of the batch is kept. Idempotent by digest: sending again is safe. A
   * later place with a gap before it is accepted: a gap is shown, never refused and never filled.
   */
  commit(batch: readonly IngestItem[]): Promise<readonly CommitResult[]>;
  bundle(digest: string): Promise<StoredBundle | null>;
  chainRange(range: ChainRange): Promise<readonly StoredBundle[]>;
  /** Those after `position`, in order of position. */
  bundlesSince(position: number, limit: number): Promise<readonly StoredBundle[]>;
  /** The bundle at the highest (epoch, seq); of a fork the one kept first. */
  chainHead(chain: string): Promise<Omit<StoredBundle, "bytes"> | null>;
  /** How many bundles are kept: the newest position. */
  position(): Promise<number>;
  /**
   * Erases the bytes of a bundle for good, because of a decision (its digest), also from what was written before; durable
   * when it returns. Its digest, its place in chain and log and its position stay, and sent again it is a duplicate.
   * The calls above do not have it any more, but for `chainHead`, and what was kept of its chain is forgotten. Answers
   * whether there was something to erase.
   */
  erase(digest: string, decision: string): Promise<boolean>;
  /** Places of a chain whose bytes were erased, in order. */
  erasedPlaces(chain: string): Promise<readonly ChainPlace[]>;
}

/** A file that a bundle names, outside chain and log. */
export interface StoredAttachment {
  /** SHA-256 of the bytes. */
  readonly digest: string;
  /** Digest of the bundle that names it. */
  readonly bundle: string;
  readonly retainUntil: string;
  readonly bytes: Uint8Array;
}

/** Attached files: unlike evidence they end. */
export interface AttachmentStore {
  /** Keeps one of a bundle that is kept; durable when it returns; the same again changes nothing. */
  putAttachment(attachment: StoredAttachment): Promise<void>;
  attachment(digest: string): Promise<StoredAttachment | null>;
  /** Those of a bundle that are kept, by digest. */
  attachmentsOf(bundle: string): Promise<readonly StoredAttachment[]>;
  /**
   * Erases those whose `retainUntil` is not after `now` for good, also from what was written before; durable when it
   * returns. Answers how many. To erase a bundle erases what it names, too.
   */
  eraseAttachments(now: string): Promise<number>;
}

/** What a chain comes to, as it was worked out from its bundles up to a position. */
export interface StoredChain {
  readonly chain: string;
  readonly position: number;
  /** JSON; null when it is to be worked out anew, because bytes of the chain were erased. */
  readonly state: string | null;
}

/** All that is kept of chains: each as of its own position, and all of them as of `upTo` or later. */
export interface StoredChains {
  /** No chain but these has a bundle up to here. */
  readonly upTo: number;
  readonly chains: readonly StoredChain[];
}

/** What was worked out from evidence, so that not every bundle is read at every start. Nothing is lost with it. */
export interface ChainStore {
  /**
   * Keeps chains in the place of what was kept of them, and with `upTo` that these and the others kept are all up to
   * there. What has another `form` is forgotten. Durable when it returns.
   */
  putChains(
    form: string,
    kept: { readonly chains: readonly StoredChain[]; readonly upTo: number | null },
  ): Promise<void>;
  /** Those of that form. */
  chains(form: string): Promise<StoredChains>;
}

/** A checkpoint as it was signed: what was ever handed out is kept. */
export interface StoredCheckpoint {
  readonly log: string;
  /** How many leaves. */
  readonly size: number;
  readonly signedAt: string;
  /** The key that signed it, as a note's verifier key. */
  readonly vkey: string;
  /** The signed note, exact bytes. */
  readonly note: Uint8Array;
}

/** A checkpoint of ours that came back with the line of a witness, both verified. */
export interface CosignedCheckpoint {
  readonly log: string;
  /** The witness's key, as a note's verifier key. */
  readonly witness: string;
  /** How many leaves. */
  readonly size: number;
  /** By the witness's clock. */
  readonly cosignedAt: string;
  /** The note with the lines of the log and of this witness alone. */
  readonly note: Uint8Array;
}

/** A key of a log, by the first checkpoint that it signed. */
export interface LogKey {
  readonly vkey: string;
  readonly at: string;
  readonly size: number;
}

/**
 * Logs of bundles, one for each partner, by origin. A bundle becomes the next leaf of its log in the transaction that
 * keeps it, so that no crash leaves one without the other.
 */
export interface LogStore {
  /** How many leaves there are; 0 for a log that nobody heard of. */
  logSize(log: string): Promise<number>;
  /** How many there were when the first `position` bundles were kept, of all chains. */
  logSizeAt(log: string, position: number): Promise<number>;
  /** The hashes of complete subtrees, all of them within the log. */
  logNodes(log: string, places: readonly NodePlace[]): Promise<readonly Uint8Array[]>;
  /** Leaves `from` to `end` (not included) as the digests of bundles. */
  logLeaves(log: string, from: number, end: number): Promise<readonly string[]>;
  /** Keeps a checkpoint; durable when it returns. The same again changes nothing, another of that size is refused. */
  putCheckpoint(checkpoint: StoredCheckpoint): Promise<void>;
  /** Keys that signed checkpoints of it, as notes' verifier keys: when and over how many leaves first, in that order. */
  logKeys(log: string): Promise<readonly LogKey[]>;
  /** The largest, of at most `size` leaves when that is given. */
  checkpoint(log: string, size?: number): Promise<StoredCheckpoint | null>;
  /** Keeps what a witness cosigned in the place of a smaller one of its; durable when it returns. */
  putCosigned(checkpoint: CosignedCheckpoint): Promise<void>;
  /** The largest of each witness, the largest first. */
  cosigned(log: string): Promise<readonly CosignedCheckpoint[]>;
}

/** By what a block that an anchor names was looked up, and what was found. */
export interface AnchorConfirmation {
  /** `node`: the operator's own Bitcoin node. `explorer`, `file`: a header from elsewhere, with the work of its time. */
  readonly by: "node" | "explorer" | "file";
  readonly height: number;
  /** The block's, 80 bytes, which say its hash and its time. */
  readonly header: Uint8Array;
  readonly confirmedAt: string;
}

/**
 * How far an anchor is. `pending`: calendars promised. `attested`: one names a block, and no header was held against
 * it. `confirmed`: a header was.
 */
export type AnchorState = "pending" | "attested" | "confirmed";

/** The timestamp of a log's root. */
export interface StoredAnchor {
  readonly log: string;
  /** How many leaves the root is over. */
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly root: string;
  readonly stampedAt: string;
  readonly state: AnchorState;
  /** The root's `.ots` file, with all that is known of it. */
  readonly ots: Uint8Array;
  /** Not null exactly when confirmed. */
  readonly confirmation: AnchorConfirmation | null;
}

/** Timestamps of roots, one for a size of a log. Unlike evidence they grow: a promise becomes a block. */
export interface AnchorStore {
  /** Keeps an anchor in the place of the one of its log and size; durable when it returns. */
  putAnchor(anchor: StoredAnchor): Promise<void>;
  /** All of a log, or those of some states, by size. */
  anchors(log: string, states?: readonly AnchorState[]): Promise<readonly StoredAnchor[]>;
  /** The one of the largest size, of all or of some states. */
  newestAnchor(log: string, states?: readonly AnchorState[]): Promise<StoredAnchor | null>;
}

/** A published assignment: exact bytes, their SHA-256, and the signature beside them. */
export interface StoredAssignment {
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
  readonly keyid: string;
  /** ULIDs of the appliance and of the site it worked for. */
  readonly appliance: string;
  readonly site: string;
  readonly generation: number;
  readonly revision: string;
  readonly issuedAt: string;
  readonly healUntil: string;
}

/** What an assignment is, without its bytes. */
export type AssignmentEntry = Pick<
  StoredAssignment,
  "digest" | "keyid" | "appliance" | "site" | "generation" | "revision" | "issuedAt" | "healUntil"
>;

/** Assignments. All are kept: a bundle may name any of them for years. */
export interface AssignmentStore {
  /** Keeps a batch in one transaction; durable when it returns; idempotent by digest. */
  putAssignments(batch: readonly StoredAssignment[]): Promise<void>;
  assignment(digest: string): Promise<StoredAssignment | null>;
  /** Of one of them the member `checks` alone, as JSON text. */
  assignmentChecks(digest: string): Promise<string | null>;
  /**
   * The one with the highest generation for each appliance that ever had one. Two have the same when the store was set
   * back, and the first came back: that was issued before, and is the one that the appliance has.
   */
  latestAssignments(): Promise<readonly AssignmentEntry[]>;
  /** Keys that signed assignments, and when each did first, in that order. */
  assignmentKeys(): Promise<readonly { readonly keyid: string; readonly at: string }[]>;
  /** All there ever were, by appliance and generation. */
  assignmentIndex(): Promise<readonly AssignmentEntry[]>;
  /** Revisions that assignments name and that no acceptance does: the store lost that, and the assignments came back. */
  lostRevisions(): Promise<readonly string[]>;
}

/**
 * A revision that came into force: for the library of a source (`partner` null), or for a partner (the library and
 * that partner's tree, accepted whole).
 */
export interface Acceptance {
  readonly source: string;
  readonly partner: string | null;
  readonly revision: string;
  /**
   * Commits reachable from it: more than from any that was in force before it. What a store lost, because it was set back,
   * is recorded after what came later.
   */
  readonly commits: number;
  readonly acceptedAt: string;
}

/** An acceptance and how many bundles were kept when it was made: from there on it is in force. */
export interface StoredAcceptance extends Acceptance {
  readonly position: number;
}

/** That an identity (a ULID or a key, with its kind before it) belongs to an owner. */
export interface Claim {
  readonly identity: string;
  readonly owner: string;
}

/** What git says of a key: whose it is, and where its owner stands. */
export interface KeyClaim {
  /** 64 hex digits. */
  readonly publicKey: string;
  /** ULID of the appliance, or of the partner for its authority's key. */
  readonly owner: string;
  /** ULIDs; the site is null for an authority's key. */
  readonly partner: string;
  readonly site: string | null;
  readonly name: string;
}

/** A key that git began, or ceased, to have. */
export type KeyChange = Omit<KeyMark, "position"> & { readonly key: KeyClaim };

/** The revision that changed something, when it was accepted, and how many bundles were kept then. */
export interface KeyMark {
  readonly revision: string;
  readonly at: string;
  readonly position: number;
}

/** While git had a key for an owner at a site: `to` is null as long as it has. The name is the last one. */
export interface KeyPeriod extends KeyClaim {
  readonly from: KeyMark;
  readonly to: KeyMark | null;
}

/** What comes into force together. */
export interface AcceptanceBatch {
  readonly acceptances: readonly Acceptance[];
  readonly claims: readonly Claim[];
  readonly keys: readonly KeyChange[];
}

/** Accepted revisions, what they gave an owner to, and while which key was whose. */
export interface AcceptanceStore {
  /**
   * Adds a batch and what it claims in one transaction; durable when it returns. What is owned already stays with its
   * owner; of a key that git has already the name is noted, and at another site another period begins where the one before
   * ends.
   */
  recordAcceptances(batch: AcceptanceBatch): Promise<void>;
  /** Ends the periods of keys that git does not have any more, with the bundles that are kept now; durable. */
  endKeys(keys: readonly KeyChange[]): Promise<void>;
  /** All there ever were, oldest first. */
  keyPeriods(): Promise<readonly KeyPeriod[]>;
  /** Owners by identity, of all there ever were, in the order of their first acceptance. */
  owners(): Promise<ReadonlyMap<string, string>>;
  /** All, in the order in which they were recorded. */
  acceptances(): Promise<readonly StoredAcceptance[]>;
}

/** What an appliance last said about itself: liveness, never a verdict. */
export interface StoredReport {
  readonly appliance: string;
  readonly receivedAt: string;
  /** The body as JSON text. */
  readonly body: string;
}

/** A condition in the Kubernetes manner, of a source or of a partner. */
export interface Condition {
  /** `source/<name>`, `partner/<name>`, `log/<name of the partner>` or `authority/<name of the partner>`. */
  readonly subject: string;
  readonly type: "Ready" | "Reconciling" | "Stalled";
  readonly status: "True" | "False";
  /** A stable code. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  readonly revision: string | null;
  /** Since when the status and reason have been these. */
  readonly since: string;
}

/** Status that outlives the process, so that `compline status` can tell it while the controller is down. */
export interface StatusStore {
  /** Keeps the newest report of an appliance. */
  putReport(report: StoredReport): Promise<void>;
  reports(): Promise<readonly StoredReport[]>;
  /** Puts these in the place of all conditions there were. */
  putConditions(conditions: readonly Condition[]): Promise<void>;
  conditions(): Promise<readonly Condition[]>;
}

/** A signed-in browser. `id` is the SHA-256 of the cookie's value: the store never has what opens a session. */
export interface StoredSession {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** Sessions of the operator's browsers. */
export interface SessionStore {
  /** Adds one and drops those expired at its `createdAt`. */
  putSession(session: StoredSession): Promise<void>;
  session(id: string): Promise<StoredSession | null>;
}

/** Everything the controller keeps. */
export interface Store
  extends EvidenceStore,
    ChainStore,
    AttachmentStore,
    LogStore,
    AnchorStore,
    AssignmentStore,
    AcceptanceStore,
    StatusStore,
    SessionStore {
  /** Writes something of no meaning and flushes it, to find out whether the store can be written. Throws STORE_IO. */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}
