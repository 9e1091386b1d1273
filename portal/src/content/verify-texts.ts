import type { EvidenceCode, Verification } from "@compline/core";
import type { EngineName } from "../verify/messages.ts";

/** Checks of one kind: what they are called, how their number is found, and which findings belong to them. */
export interface CheckGroup {
  readonly title: string;
  readonly one: string;
  readonly many: string;
  readonly count: (verification: Verification) => number;
  readonly codes: readonly EvidenceCode[];
  /** Whether evidence may well have nothing of the kind. */
  readonly mayBeNone?: true;
}

/** Every check that a verification performs, in its order. Each finding that weighs belongs to exactly one. */
export const CHECK_GROUPS: readonly CheckGroup[] = [
  {
    title: "The trust file can be used and was not swapped",
    one: "trust file read",
    many: "trust files read",
    count: ({ trust }) => (trust.fingerprint === null ? 0 : 1),
    codes: ["TRUST_FILE", "TRUST_SWAPPED"],
  },
  {
    title: "Each envelope has the one allowed form",
    one: "envelope read",
    many: "envelopes read",
    count: ({ checked }) => checked.envelopes,
    codes: [
      ...([
        "OVERSIZE",
        "NOT_JSON",
        "TOO_DEEP",
        "DUPLICATE_KEY",
        "BAD_NUMBER",
        "NOT_ASCII",
        "LONG_STRING",
      ] as const),
      ...([
        "BAD_ENVELOPE",
        "BAD_BASE64",
        "NOT_CANONICAL",
        "UNKNOWN_MEMBER",
        "SCHEMA",
        "BAD_SUBJECT",
      ] as const),
      ...([
        "PASS_WITHOUT_OBSERVATION",
        "CHANGED_FILE",
        "MISSING_FILE",
        "UNLISTED_FILE",
        "WRONG_SAMPLE",
      ] as const),
      ...(["ZIP_NOT_DETERMINISTIC", "ZIP_DUPLICATE_NAME", "ZIP_PATH", "ZIP_BOMB"] as const),
    ],
  },
  {
    title: "Each signature holds, by a key that may sign there",
    one: "signature good",
    many: "signatures good",
    count: ({ checked }) => checked.bundles,
    codes: [
      "BAD_SIGNATURE",
      "UNKNOWN_KEY",
      "KEY_MISMATCH",
      "KEY_AFTER_ROTATE",
      "REVOKED",
      "GIT_DISAGREES",
      "EVENT_WRONG_SIGNER",
      "NOT_ENROLLED",
      "WRONG_SITE",
    ],
  },
  {
    title: "Each bundle follows the one before it",
    one: "predecessor compared",
    many: "predecessors compared",
    count: ({ checked }) => checked.links,
    codes: [
      ...([
        "FORK",
        "GAP",
        "EVIDENCE_DROPPED",
        "BAD_PREV",
        "MISPLACED",
        "EPOCH_NOT_OPENED",
        "WINDOW_REVERSED",
        "WINDOW_OVERLAP",
      ] as const),
      ...([
        "CHAIN_STARTS_LATE",
        "CHAIN_ENDS_EARLY",
        "CHAIN_MISSING",
        "HEAD_MISSING",
        "PARTS_INCOMPLETE",
        "TOMBSTONE_WITHOUT_BASIS",
      ] as const),
    ],
  },
  {
    title: "It was judged by an assignment that is known",
    one: "assignment compared",
    many: "assignments compared",
    count: ({ checked }) => checked.assignments,
    codes: [
      ...(["OLD_REVISION", "OLD_ASSIGNMENT", "UNKNOWN_REVISION", "UNKNOWN_ASSIGNMENT"] as const),
      ...(["ASSIGNMENT_WITHOUT_SNAPSHOT", "PAIR_NOT_ASSIGNED", "PAIR_ABSENT"] as const),
    ],
  },
  {
    title: "The assignment follows from reviewed files",
    one: "assignment derived again",
    many: "assignments derived again",
    count: ({ checked }) => checked.policy?.assignments ?? 0,
    codes: ["WRONG_SLICE"],
  },
  {
    title: "No change of a verdict was left out",
    one: "state recomputed",
    many: "states recomputed",
    count: ({ checked }) => checked.states,
    codes: ["STATE_MISMATCH", "COVERAGE"],
  },
  {
    title: "Heals were allowed, and looked at again afterwards",
    one: "heal compared",
    many: "heals compared",
    count: ({ checked }) => checked.heals,
    mayBeNone: true,
    codes: [
      ...([
        "HEAL_NOT_VERIFIED",
        "HEAL_CONTRADICTS_RESULTS",
        "HEAL_UNDECLARED_RUNBOOK",
        "HEAL_WHILE_OFF",
      ] as const),
      ...([
        "HEAL_OUTSIDE_WINDOW",
        "HEAL_PAST_HEAL_UNTIL",
        "HEAL_NOT_APPROVED",
        "HEAL_NEEDED_APPROVAL",
        "HEAL_NOT_ALLOWED",
      ] as const),
    ],
  },
  {
    title: "Exceptions were given for this, in time, and by another than who asked",
    one: "result with an exception",
    many: "results with an exception",
    count: ({ checked }) => checked.exceptions,
    mayBeNone: true,
    codes: [
      ...(["EXCEPTION_UNKNOWN", "EXCEPTION_OTHER_SITE", "EXCEPTION_EXPIRED"] as const),
      ...(["EXCEPTION_UNAPPROVED", "EXCEPTION_SELF_APPROVED"] as const),
    ],
  },
  {
    title: "Attached files are those that the appliances signed",
    one: "transcript of a heal",
    many: "transcripts of heals",
    count: ({ checked }) => checked.attachments,
    mayBeNone: true,
    codes: ["CHANGED_ATTACHMENT"],
  },
  {
    title: "Each bundle is in the log, and the log showed one history",
    one: "bundle found in the log",
    many: "bundles found in the log",
    count: ({ checked }) => checked.log?.logged ?? 0,
    codes: [
      ...(["NOT_LOGGED", "ROLLED_BACK", "SPLIT_VIEW", "SEEN_IMPOSSIBLE"] as const),
      ...(["WRONG_ORIGIN", "BAD_CHECKPOINT_SIGNATURE", "NOT_WITNESSED", "IN_TWO_LOGS"] as const),
    ],
  },
  {
    title: "Blocks of Bitcoin show since when the log has existed",
    one: "anchor found in a block",
    many: "anchors found in blocks",
    count: ({ checked }) => checked.anchors.length,
    codes: [
      ...(["OTS_WRONG_DIGEST", "OTS_NO_MATCH", "OTS_TRAILING"] as const),
      ...(["NO_WORK", "WRONG_HEADER", "NOT_ANCHORED"] as const),
    ],
  },
];

/** Where the trust file came from, and what that means. */
export const TRUST_SOURCES: Readonly<Record<Verification["trust"]["source"], string>> = {
  given: "The trust file that you chose. Keep it from another source than the evidence.",
  kit: "Trust given by the evidence itself: whoever gave you the evidence also chose these keys. Compare this fingerprint with one from another source, or choose your own trust file.",
  none: "No trust file could be used, so no key can be trusted.",
};

/** What judged the signatures. */
export const ENGINES: Readonly<Record<EngineName, string>> = {
  browser: "Signatures were judged by this browser's own Ed25519.",
  node: "Signatures were judged by Node's own Ed25519.",
  fallback:
    "This browser offers no Ed25519 to this page (plain HTTP, or an older browser), so signatures were judged by the JavaScript fallback: slower, same verdicts.",
};
