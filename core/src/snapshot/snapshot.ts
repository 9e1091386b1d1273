import type {
  Digest,
  HealLevel,
  HealOutcome,
  HealRecord,
  ApplianceEventDetail,
  Instant,
  ObservationResult,
  Observed,
  Coverage,
  ChainPlace,
  Software,
  TimeWindow,
  Verdict,
} from "../evidence/statement.ts";
import type { Transcript } from "../evidence/transcript.ts";
import type {
  CheckSpec,
  Control,
  DeclaredWindow,
  FrameworkSpec,
  HealingMode,
  KillSwitch,
  LabReport,
  Platform,
  Risk,
} from "@compline/schemas";
import type { SigningKey } from "../keys/signing-keys.ts";
import type { HostCheckVerdict } from "../verdict/host-checks.ts";
import type { Score } from "../verdict/score.ts";
import type { SiteStatus } from "../verdict/status.ts";
import type { ApplianceDoubt } from "./appliance-doubts.ts";
import type { HistoryDay } from "./history.ts";
import type { BoxCeiling, HeldPair, Override } from "./report.ts";

/**
 * All that one build of the portal is made from: one partner's slice of the desired state at a revision, and the
 * verdicts at a position. JSON; every time is UTC with milliseconds.
 */
export interface Snapshot {
  readonly schemaVersion: "1";
  readonly asOf: Instant;
  /** The next time at which a verdict of this snapshot stops being known; it is rebuilt then. */
  readonly validUntil: Instant;
  readonly revision: string | null;
  /** How many bundles were accepted. */
  readonly position: number;
  readonly notices: readonly Notice[];
  readonly partner: PartnerView;
  readonly frameworks: readonly FrameworkView[];
  readonly checks: readonly CheckView[];
  readonly sites: readonly SiteView[];
  /** Exact text of every assignment that a shown bundle or an appliance names. */
  readonly assignments: readonly AssignmentFile[];
  /** Exact text of the trust file. */
  readonly trust: string;
  /** The partner's log; null when it has none. */
  readonly log: LogView | null;
  /** Who may sign what, since when and until when: by holder, then in the order of time. */
  readonly keys: readonly SigningKey[];
  /** What every drill came to on real machines, as the revision says; null when it says nothing. Not signed. */
  readonly lab: LabReport | null;
}

/** Something the reader must know first; `code` is stable, `message` is for people. */
export interface Notice {
  readonly code: string;
  readonly message: string;
  /** ULID of the only site that it is about. */
  readonly site?: string;
  /** Since when it has been so, where that is known. */
  readonly since?: Instant;
}

/** A partner's log, and how far it is signed. */
export interface LogView {
  readonly origin: string;
  /** Bundles in it. */
  readonly size: number;
  /** The newest that was signed; null before the first. */
  readonly checkpoint: { readonly size: number; readonly root: Digest; readonly signedAt: Instant } | null;
  /** Who watches it from elsewhere; null when nobody is declared. */
  readonly witnesses: WitnessesView | null;
  /** How its roots are timestamped; null when nothing declares that they are. */
  readonly anchors: AnchorsView | null;
}

/** Who watches a log from elsewhere, and how far. */
export interface WitnessesView {
  /** By how many a bundle must have been seen to count as witnessed; 0 when nothing is asked. */
  readonly quorum: number;
  /** So many of the first bundles were seen by as many witnesses, or by one when nothing is asked. */
  readonly size: number;
  /** When the last of these witnesses cosigned; null while too few did. */
  readonly at: Instant | null;
  /** As they are declared. */
  readonly seen: readonly WitnessSight[];
}

/** How far one witness saw a log. */
export interface WitnessSight {
  readonly name: string;
  /** The first bundles that it saw; 0 before it cosigned any. */
  readonly size: number;
  /** By the witness's clock. */
  readonly at: Instant | null;
}

/** How roots of a log are timestamped by OpenTimestamps. A root covers all bundles of the smaller ones. */
export interface AnchorsView {
  /** How many calendars are declared. */
  readonly calendars: number;
  /** The largest root of which a calendar named a block; null before the first. */
  readonly newest: AnchorView | null;
  /** When the oldest of the larger roots was stamped, of which there are only promises; null when there is none. */
  readonly pendingSince: Instant | null;
}

/** A root of which a calendar named a block. */
export interface AnchorView {
  /** Bundles that it covers. */
  readonly size: number;
  readonly stampedAt: Instant;
  /** The block whose header has the root's message, and where the header came from; null while none was seen. */
  readonly block: {
    readonly by: "node" | "explorer" | "file";
    readonly height: number;
    readonly hash: Digest;
    /** By the header: good to two hours. */
    readonly time: Instant;
  } | null;
}

/** The partner whose slice this is; its status is over its sites. */
export interface PartnerView extends SiteStatus {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly killSwitch: KillSwitch | null;
  readonly logOrigin: string | null;
  readonly authorityKeyid: Digest | null;
}

/** A framework that a site of the partner uses, with all its controls. */
export interface FrameworkView {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly source: string;
  readonly licence: string;
  /** Whether the source's text may not be copied, so that every title is in our own words. */
  readonly restricted: boolean;
  readonly status: FrameworkSpec["status"];
  readonly review: FrameworkSpec["review"];
  readonly note: string | null;
  readonly families: readonly FamilyView[];
}

/** Controls that belong together. */
export interface FamilyView {
  readonly name: string;
  readonly title: string;
  readonly controls: readonly ControlView[];
}

/** One control and the checks that look at part of it. */
export interface ControlView {
  readonly id: string;
  readonly title: string;
  readonly nature: Control["nature"];
  readonly requirement: Control["requirement"];
  /** The maturity level that asks for it; null where the framework has none. */
  readonly level: NonNullable<Control["level"]> | null;
  readonly checks: readonly string[];
  /** What shows it where no check does; null beside checks. */
  readonly shown: NonNullable<Control["shown"]> | null;
  readonly note: string | null;
}

/** A check as it is written, and what it serves. */
export interface CheckView {
  readonly name: string;
  readonly title: string;
  readonly rationale: string;
  readonly severity: CheckSpec["severity"];
  readonly platforms: readonly Platform[];
  readonly interval: string;
  /** In words: "file /etc/ssh/sshd_config and what it includes". */
  readonly looksAt: string;
  readonly expected: string;
  /** The expression that must hold. */
  readonly assert: string;
  readonly digest: Digest;
  /** Of the YAML file. */
  readonly path: string;
  readonly controls: readonly { readonly framework: string; readonly id: string }[];
  /** The rule that answers its fail; the one of highest priority when there are several. */
  readonly rule: RuleView | null;
  /** Why no rule heals it, where the check says so. */
  readonly byHand: string | null;
}

/** How a fail is healed. */
export interface RuleView {
  readonly name: string;
  readonly runbook: string;
  readonly runbookTitle: string;
  readonly runbookDigest: Digest;
  readonly risk: Risk;
}

/** What of a snapshot tells how things are, without evidence to look at. */
export interface StatusView
  extends Omit<Snapshot, "sites" | "assignments" | "trust" | "log" | "keys" | "lab"> {
  readonly sites: readonly SiteState[];
}

/** How one site is. */
export interface SiteState extends SiteStatus {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly timeZone: string;
  readonly frameworks: readonly string[];
  readonly healing: {
    readonly mode: HealingMode;
    readonly riskCeiling: Risk;
    /** The only times at which it heals; null when at any. */
    readonly windows: readonly DeclaredWindow[] | null;
    readonly killSwitch: KillSwitch | null;
  };
  readonly hosts: readonly HostView[];
  /** Hosts that are not declared here any more and that evidence in force tells of; they count for nothing. */
  readonly formerHosts: readonly FormerHost[];
  readonly appliances: readonly ApplianceView[];
  readonly results: readonly ResultView[];
  /** Day by day, oldest first. */
  readonly history: readonly HistoryDay[];
  /** Newest first, at most 50. */
  readonly heals: readonly HealView[];
  readonly newestBundle: Digest | null;
}

/** One site with everything that was seen there. */
export interface SiteView extends SiteState {
  /** Those that a verdict, a heal or a suspension refers to, and the newest 50 of each chain; newest first. */
  readonly bundles: readonly BundleView[];
}

/** One machine. */
export interface HostView {
  readonly id: string;
  readonly name: string;
  readonly platform: Platform;
  /** Name of the appliance that looks at it. */
  readonly appliance: string;
  /** True for a practice host: a folder that stands for a machine. */
  readonly practice: boolean;
  readonly score: Score;
  readonly nextRunAt: Instant | null;
}

/** A host that left the site while its appliance has not taken the assignment without it. */
export interface FormerHost {
  /** ULID. */
  readonly id: string;
  /** How many results of it there are. */
  readonly results: number;
  /** The newest bundle with one of them. */
  readonly bundle: Digest;
}

/**
 * How an appliance is doing. `working`: heard of lately. `behind`: works, by another assignment than the one that was
 * published for it long enough ago. `silent`: not heard of for too long. `never_seen`: enrolled and never heard of.
 */
export type ApplianceState = "working" | "behind" | "silent" | "never_seen" | "not_enrolled";

/** One box: what is declared, what it last reported, and how complete its chain is. */
export interface ApplianceView {
  readonly name: string;
  readonly id: string | null;
  readonly keyid: Digest | null;
  readonly enrolled: boolean;
  readonly state: ApplianceState;
  /** Since when it is silent or behind; null where there is nothing to count from. */
  readonly stateSince: Instant | null;
  readonly lastSeenAt: Instant | null;
  readonly outbox: number | null;
  readonly healing: { readonly mode: HealingMode; readonly reasons: readonly string[] } | null;
  readonly ceiling: BoxCeiling | null;
  readonly suspension: SuspensionView | null;
  /** What a person lets be tried there now, as the box reports it. */
  readonly override: OverrideView | null;
  /** The newest assignment that was published for it. */
  readonly published: PublishedAssignment | null;
  /** The assignment it last reported to have in force; the facts below are that one's. */
  readonly assignment: Digest | null;
  readonly revision: string | null;
  readonly generation: number | null;
  readonly healUntil: Instant | null;
  readonly chain: ChainView | null;
  readonly doubts: readonly ApplianceDoubt[];
}

/** Healing stopped on the box: its chain says that it is, or, before that arrives, its report. */
export interface SuspensionView {
  readonly since: Instant;
  /** The event that says so; null when only the report does. */
  readonly bundle: Digest | null;
  /** In the words of who did it, as the box reports them; null when it does not. */
  readonly reason: string | null;
}

/** Heals that a person let be tried on the box, although its own pauses hold them back. */
export interface OverrideView extends Override {
  /** The event that says so; null while only the report does. */
  readonly bundle: Digest | null;
}

/** An assignment that waits to be taken, or was. */
export interface PublishedAssignment {
  readonly digest: Digest;
  readonly issuedAt: Instant;
}

/** Completeness of a chain as it was received. */
export interface ChainView {
  /** The newest epoch. */
  readonly epoch: number;
  readonly from: { readonly epoch: number; readonly seq: number };
  readonly to: { readonly epoch: number; readonly seq: number };
  /** Distinct places that were received. */
  readonly count: number;
  /** Places missing between those that were received. */
  readonly gaps: number;
  /** Observations that the appliance says it dropped before they were sent, for want of room. */
  readonly dropped: number;
  /** Bundles that were received for a place that had one already. */
  readonly forks: number;
  /** Bundles that were received over 26 hours after their window ended. */
  readonly late: number;
}

/** What one check on one host came to, now, and why its appliance does not heal it. */
export type ResultView = HostCheckVerdict;

/** A reason not to heal, by its code, and the time before which it does not end, by the box's clock. */
export type HeldView = Pick<HeldPair, "code" | "until">;

/** One heal: what was before, what was done, what the re-check said. */
export interface HealView {
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
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** The bundle that records the heal. */
  readonly bundle: Digest;
  /** The bundle that showed the state before; null when it was not received. */
  readonly failBundle: Digest | null;
  readonly observedBefore: Observed | null;
  readonly observedAfter: Observed | null;
}

/** One bundle: what it says, and its exact text. */
export interface BundleView {
  readonly digest: Digest;
  readonly kind: "snapshot" | "delta" | "event";
  /** What happened; null when it is no event. */
  readonly event: ApplianceEventDetail["type"] | null;
  readonly chain: ChainPlace;
  /** Its place in the log, from 0; null without a log. */
  readonly leaf: number | null;
  /** Name of the appliance. */
  readonly appliance: string;
  /** For an event both ends are the same instant. */
  readonly window: TimeWindow;
  readonly receivedAt: Instant;
  /** Received over 26 hours after its window ended. */
  readonly late: boolean;
  /** At a fork of its epoch or beyond it: it counts for nothing. */
  readonly contested: boolean;
  readonly keyid: Digest;
  readonly revision: string;
  readonly assignment: Digest;
  readonly software: Software;
  /** Null for an event. */
  readonly coverage: Coverage | null;
  readonly results: readonly ObservationResult[];
  readonly heals: readonly HealRecord[];
  /** What its heals did, in the order of its attachments. */
  readonly transcripts: readonly TranscriptView[];
  /** Exact text of the envelope file. */
  readonly envelope: string;
}

/** A transcript that a bundle names. */
export interface TranscriptView {
  readonly digest: Digest;
  readonly retainUntil: Instant;
  /** Null when its bytes are not here: erased, or never received. */
  readonly transcript: Transcript | null;
}

/** An assignment as it was published. */
export interface AssignmentFile {
  readonly digest: Digest;
  /** Exact text. */
  readonly text: string;
  /** Base64 of 64 bytes: the text of the `.sig` file. */
  readonly signature: string;
}
