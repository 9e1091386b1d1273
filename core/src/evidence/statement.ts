/** SHA-256 as 64 lowercase hex digits. */
export type Digest = string;
/** UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export type Instant = string;

/** What one check on one host came to. */
export type Verdict = "pass" | "fail" | "error" | "not_applicable" | "unknown";
/** Healing levels: a rule matched, a planner proposed, a person was told. */
export type HealLevel = "L1" | "L2" | "L3";
/** What a heal came to. */
export type HealOutcome = "healed" | "failed" | "escalated" | "dry_run";

/** A place in a chain. `prev` is null only at epoch 0, seq 0. */
export interface ChainPlace {
  readonly id: string;
  readonly epoch: number;
  readonly seq: number;
  readonly prev: Digest | null;
}

/** The agent that wrote the bundle. */
export interface Software {
  readonly name: string;
  readonly version: string;
  readonly digest: Digest;
}

/** What judged: a git commit and the digest of the assignment in force. */
export interface PolicyReference {
  readonly revision: string;
  readonly assignment: Digest;
}

/** A span of time; `end` is not before `start`. */
export interface TimeWindow {
  readonly start: Instant;
  readonly end: Instant;
}

/** What the appliance says about its clock: a claim. */
export interface ClockClaim {
  readonly source: "ntp" | "rtc" | "none";
  readonly offsetMs: number | null;
  readonly uncertaintyMs: number | null;
  readonly lastSyncAt: Instant | null;
  readonly bootId: string;
  readonly monotonicMs: number;
}

/** The newest public facts the appliance knew: the bundle is not older than these. */
export interface Seen {
  readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: Digest } | null;
  readonly block: { readonly height: number; readonly hash: Digest } | null;
}

/** How much of the assignment was looked at. */
export interface Coverage {
  readonly expected: number;
  readonly fresh: number;
  readonly ran: number;
  readonly oldestAt: Instant | null;
}

/** What a check recorded: one flat object of integers, booleans, nulls and short tokens. */
export type Observed = Readonly<Record<string, number | boolean | string | null>>;

/** One row of results: the raw verdict of a host and check. */
export interface ObservationResult {
  readonly host: string;
  readonly check: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly observed: Observed | null;
  readonly since: Instant | null;
  readonly exception: string | null;
}

/** One heal with the verdict before it and after its re-check. */
export interface HealRecord {
  readonly host: string;
  readonly check: string;
  readonly level: HealLevel;
  readonly rule: string | null;
  readonly runbook: string | null;
  readonly runbookDigest: Digest | null;
  readonly before: Verdict;
  readonly after: Verdict | null;
  readonly outcome: HealOutcome;
  readonly errorClass: string | null;
  readonly skipped: readonly string[];
  readonly approval: Digest | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/** The whole verdict map after a bundle: how many pairs, and their digest. */
export interface StateClaim {
  readonly count: number;
  readonly digest: Digest;
}

/** A file kept outside the chain. */
export interface Attachment {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly size: number;
  readonly salted: boolean;
  readonly class: string;
  readonly retainUntil: Instant;
}

/** What every bundle of an appliance carries. */
export interface ApplianceHeader {
  readonly schema: "1";
  readonly site: string;
  readonly chain: ChainPlace;
  readonly software: Software;
  readonly policy: PolicyReference;
  readonly clock: ClockClaim;
  readonly seen: Seen;
}

/** What an appliance saw in a window. */
export interface Observation extends ApplianceHeader {
  readonly kind: "snapshot" | "delta";
  readonly window: TimeWindow;
  readonly coverage: Coverage;
  readonly results: readonly ObservationResult[];
  readonly heals: readonly HealRecord[];
  readonly state: StateClaim;
  readonly parts: { readonly part: number; readonly of: number } | null;
  readonly attachments: readonly Attachment[];
  readonly scrubber: { readonly version: string; readonly digest: Digest };
}

/** Observations of one epoch that follow on and that an appliance dropped before they were sent. */
export interface LostRun {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  /** Digest of the one at `to`; by `prev` it names all before it. */
  readonly last: Digest;
}

/** What can happen to an appliance. */
export type ApplianceEventDetail =
  | { readonly type: "rotate"; readonly publicKey: string; readonly newEpoch: number }
  | { readonly type: "suspend" }
  | { readonly type: "resume" }
  | { readonly type: "override"; readonly reason: string }
  | { readonly type: "loss"; readonly runs: readonly LostRun[]; readonly attachments: readonly Digest[] };

/** An event in an appliance's chain; it leaves the state as it is. */
export interface ApplianceEvent extends ApplianceHeader {
  readonly kind: "event";
  readonly at: Instant;
  readonly event: ApplianceEventDetail;
}

/** What a partner's authority can decide. */
export type AuthorityEventDetail =
  | { readonly type: "enrol"; readonly site: string; readonly appliance: string; readonly publicKey: string }
  | {
      readonly type: "revoke";
      readonly keyid: Digest;
      readonly lastTrusted: Digest | null;
      readonly compromisedAt: Instant | null;
      readonly reason: string;
    }
  | { readonly type: "fork"; readonly digests: readonly Digest[] }
  | {
      readonly type: "resolve";
      readonly chain: string;
      readonly surviving: Digest;
      readonly newEpoch: number;
    }
  | { readonly type: "tombstone"; readonly digest: Digest; readonly basis: string }
  | { readonly type: "rotate"; readonly publicKey: string };

/** A decision in the partner's authority chain, and the reviewed file it carries out. */
export interface AuthorityEvent {
  readonly schema: "1";
  readonly kind: "authority";
  readonly partner: string;
  readonly chain: ChainPlace;
  readonly at: Instant;
  readonly file: { readonly revision: string; readonly path: string; readonly sha256: Digest } | null;
  readonly event: AuthorityEventDetail;
}

/** The three closed shapes a bundle can have. */
export type Predicate = Observation | ApplianceEvent | AuthorityEvent;

/** What a subject names: a digest; the name is not evaluated. */
export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: Digest };
}

/** The in-toto statement inside an envelope. */
export interface Statement<P extends Predicate = Predicate> {
  readonly _type: "https://in-toto.io/Statement/v1";
  readonly subject: readonly Subject[];
  readonly predicateType: "https://compline.dev/evidence/v1";
  readonly predicate: P;
}

/** True for a snapshot or delta. */
export function isObservation(predicate: Predicate): predicate is Observation {
  return predicate.kind === "snapshot" || predicate.kind === "delta";
}
