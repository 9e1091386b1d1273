import type { ControlState, ControlView, Verdict } from "@compline/core";
import type { LabDrill } from "@compline/schemas";

/** How a verdict is shown: always by a word, with a shape and a colour beside it. */
export interface VerdictText {
  readonly word: string;
  readonly meaning: string;
}

/** Verdicts in the order in which people need them: what is wrong first. */
export const VERDICT_ORDER: readonly Verdict[] = ["fail", "error", "unknown", "pass", "not_applicable"];

/** Every verdict in words. */
export const VERDICTS: Readonly<Record<Verdict, VerdictText>> = {
  fail: { word: "Fail", meaning: "Looked at, and what must hold does not hold" },
  error: { word: "Error", meaning: "The appliance tried to look and could not" },
  unknown: { word: "Unknown", meaning: "Never seen, or not seen for too long to be relied on" },
  pass: { word: "Pass", meaning: "Looked at, and what must hold holds" },
  not_applicable: {
    word: "Not applicable",
    meaning: "Does not apply to this host; left out of the score",
  },
};

/** What a control comes to, in words: a verdict, or why it has none. */
export const STATES: Readonly<Record<ControlState, VerdictText>> = {
  fail: { word: "Fail", meaning: "A check of it fails on at least one host" },
  error: { word: "Error", meaning: "No check of it fails, and at least one could not look" },
  unknown: {
    word: "Unknown",
    meaning: "No check of it fails, and at least one host was not seen, or not lately enough",
  },
  pass: { word: "Pass", meaning: "All its checks pass on all hosts they apply to" },
  not_applicable: { word: "Not applicable", meaning: "Its checks apply to no host here" },
  attested: {
    word: "To be attested",
    meaning: "A person who answers for it states it; this version keeps no such statements yet",
  },
  not_assessed: { word: "Not assessed", meaning: "Nothing in this product shows it here" },
};

/** The states of controls in the order of tables: what is wrong first, what nothing was looked at for last. */
export const STATE_ORDER = [...VERDICT_ORDER, "attested", "not_assessed"] as const;

/** What the status of a framework's mapping says. */
export const MAPPING_STATUS: Readonly<Record<string, string>> = {
  mapped:
    "Mapped: controls name checks. Not every control that a look at a host can show has a check that a drill breaks.",
  exercised:
    "Exercised: every control that a look at a host can show has a check that a drill breaks, to see that it notices.",
};

/** What a drill came to. */
export const DRILL_OUTCOMES: Readonly<Record<LabDrill["outcome"], string>> = {
  failed: "Failed",
  not_run: "Not run",
  escalated: "Noticed and told",
  healed: "Healed",
};

/** Why a verdict is what it is, by the code in the evidence. */
export const REASONS: Readonly<Record<string, string>> = {
  NEEDS_PRIVILEGE: "the appliance may not read this without more rights",
  NEVER_SEEN: "never looked at yet",
  OLDER_CHECK: "the check has changed; it was last judged by an older one",
  STALE: "not confirmed for too long",
  TIMEOUT: "looking took too long and was stopped",
  NOT_APPLICABLE: "does not apply to this host",
  PRACTICE_HOST: "cannot be looked at on a practice host",
  COLLECTOR_UNSUPPORTED: "this version cannot look in this way yet",
  ARGV_NOT_ALLOWED: "the appliance's own limit lets no program of a check run there",
  PROGRAM_MISSING: "the program that would say is not installed",
  PROGRAM_FAILED: "the program that would say ended with an error",
  OUTPUT_EMPTY: "the program printed nothing",
  OUTPUT_TOO_LARGE: "the program printed more than the limit",
  OUTPUT_NOT_TEXT: "what the program printed is no text",
  HOST_UNAVAILABLE: "the host could not be reached",
  HOST_NAME_UNKNOWN: "the host's name leads to no address",
  HOST_UNREACHABLE: "nothing answers at the host's address, or not as SSH does",
  HOST_KEY_MISMATCH: "the host shows another key than the one that is pinned",
  AUTH_REFUSED: "the host does not let the appliance's key log in",
  CHANNEL_REFUSED: "the host lets no more programs run at the same time",
  CONNECTION_LOST: "the connection to the host broke",
  CREDENTIAL_MISSING: "the appliance has no key of the name that the host's transport says",
  CREDENTIAL_INVALID: "the appliance's key for the host cannot be read as one",
  SHELL_NOT_POSIX: "the account's log-in shell does not read commands as POSIX says",
  SHELL_PRINTS: "the account's log-in shell prints text of its own",
  SUDO_REFUSED: "sudo lets the account run nothing without a password",
  ARGUMENT_REFUSED: "an argument of a program holds what no argument can",
  WRONG_PLATFORM: "the host runs another system than declared",
  PATH_REFUSED: "a path leads where the appliance does not follow",
  NOT_A_FILE: "what should be a file is none",
  NOT_TEXT: "the file is no text",
  DIRECTORY_MISSING: "a directory does not exist",
  IO_FAILED: "reading failed",
  FILE_TOO_LARGE: "the file is larger than the limit",
  FACTS_TOO_LARGE: "the file, with what it includes, is larger than the limit",
  INCLUDE_TOO_DEEP: "files include each other too deeply",
  INCLUDE_UNSUPPORTED: "a file is included in a way that is not followed",
  SYNTAX_INVALID: "the program itself would refuse this file",
  SYNTAX_UNSUPPORTED: "the file is written in a way that is not understood",
  CEL_ERROR: "the check's own expression is at fault",
  CEL_TIMEOUT: "the check's own expression took too long",
  CEL_NOT_BOOLEAN: "the check's own expression is at fault",
  CEL_NOT_INTEGER: "the check's own expression is at fault",
  CEL_NOT_ENUM: "the check's own expression is at fault",
};

/** Why healing is in the mode it is in, by code. */
export const HEALING_REASONS: Readonly<Record<string, string>> = {
  BOX_CEILING: "the limit set on the appliance itself",
  KILL_SWITCH: "the kill switch",
  HEAL_UNTIL_PASSED: "its permission to heal having run out",
  NO_ASSIGNMENT: "having no assignment yet",
  SUSPENDED: "having been suspended on the box",
  CHAIN_SET_BACK: "a state older than its evidence here: restored from a backup, or copied; it signs nothing",
  DISK_FULL: "a full disk: it signs nothing",
  KEY_PENDING: "a new key that is not in the repository yet",
  REPINNED: "waiting for a first assignment of the controller it was given",
};

/** What happened to an appliance, as a sentence. */
export const EVENTS: Readonly<Record<string, string>> = {
  suspend:
    "An event: a person suspended the appliance, which from then on looks and signs, and heals nothing.",
  resume: "An event: a person let the appliance go on.",
  rotate: "An event: the appliance takes another key.",
  override:
    "An event: a person on the box allowed what the appliance held back: heals it had paused, or an older assignment.",
  loss: "An event: the appliance had no room for what waited to be sent, and dropped some of it, which it names.",
};

/** Healing modes in words. */
export const HEALING_MODES: Readonly<Record<string, string>> = {
  off: "Off: looks and reports, changes nothing",
  "dry-run": "Dry run: says what it would do, changes nothing",
  standard: "Standard: heals what does not disturb",
  full: "Full: heals whatever a rule covers",
};

/** What a heal came to. */
export const OUTCOMES: Readonly<Record<string, string>> = {
  healed: "Healed",
  failed: "Not healed",
  escalated: "Passed on to a person",
  dry_run: "Dry run, nothing changed",
};

/** Why a heal did not work or was not tried, by the class in the evidence. */
export const ERROR_CLASSES: Readonly<Record<string, string>> = {
  NO_RULE: "no rule covers this",
  OWNED_ELSEWHERE: "something else owns this setting, so it is only reported",
  RISK_ABOVE_LIMIT: "its runbook is riskier than the limit here",
  MODE_TOO_LOW: "its runbook disturbs work, which the mode here does not allow",
  ARGV_NOT_ALLOWED: "its runbook runs a command, which the appliance does not allow",
  PRACTICE_HOST: "its runbook has a step that cannot run on a practice host",
  BOX_CEILING: "the limit set on the box forbids changing this host",
  BUDGET_SPENT: "it was tried as often as is allowed",
  FLAPPING: "its verdict changes back and forth",
  RECHECK_NOT_PASS: "looked at again afterwards, it did not pass",
  COMMAND_FAILED: "a command failed",
  FILE_MISSING: "a file it changes does not exist",
  INTERRUPTED: "the appliance was stopped in the middle of it",
  UNDO_FAILED: "it could not be undone completely",
  TIMEOUT: "a step took too long and was stopped",
  NEEDS_PRIVILEGE: "the appliance lacks the rights for a step",
  HOST_UNAVAILABLE: "the host could not be reached",
  HOST_NAME_UNKNOWN: "the host's name leads to no address",
  HOST_UNREACHABLE: "nothing answers at the host's address, or not as SSH does",
  HOST_KEY_MISMATCH: "the host shows another key than the one that is pinned",
  AUTH_REFUSED: "the host does not let the appliance's key log in",
  CHANNEL_REFUSED: "the host lets no more programs run at the same time",
  CONNECTION_LOST: "the connection to the host broke",
  CREDENTIAL_MISSING: "the appliance has no key of the name that the host's transport says",
  CREDENTIAL_INVALID: "the appliance's key for the host cannot be read as one",
  SHELL_NOT_POSIX: "the account's log-in shell does not read commands as POSIX says",
  SHELL_PRINTS: "the account's log-in shell prints text of its own",
  SUDO_REFUSED: "sudo lets the account run nothing without a password",
  ARGUMENT_REFUSED: "an argument of a program holds what no argument can",
  PATH_REFUSED: "a path leads where the appliance does not follow",
  NOT_A_FILE: "what should be a file is none",
  NOT_TEXT: "a file it changes is no text",
  FILE_TOO_LARGE: "a file is larger than the limit",
  DIRECTORY_MISSING: "a directory does not exist",
  IO_FAILED: "reading or writing failed",
};

/** What kind of thing a control is about, and who can show it. */
export const NATURES: Readonly<Record<string, { readonly word: string; readonly notAssessed: string }>> = {
  host: {
    word: "Computers",
    notAssessed: "A check could show part of this; this product has none for it yet.",
  },
  organisational: {
    word: "Organisation",
    notAssessed: "People and documents show this, not a check on a computer.",
  },
  physical: {
    word: "Premises",
    notAssessed: "Someone has to look at the premises; a check on a computer cannot.",
  },
  "third-party": {
    word: "Suppliers",
    notAssessed: "Contracts with others show this, not a check on a computer.",
  },
};

/** How much a framework asks for a control. */
export const REQUIREMENTS: Readonly<Record<ControlView["requirement"], string>> = {
  required: "Required",
  addressable: "Addressable",
  optional: "Optional",
};

/** Why a control with a check is not looked at at a site. */
export const NO_HOST_FOR_CHECK = "There is a check for this, and no host here that it is for.";

/** Notices of the controller in a headline; its own message follows. */
export const NOTICES: Readonly<Record<string, string>> = {
  UNCOMMITTED_EDITS: "Not applied",
  TREE_REFUSED: "The newest change was refused",
  SOURCE_UNREACHABLE: "The repository cannot be read",
  CHECK_AT_FAULT: "A check is at fault",
  LOG_SET_BACK: "The log is not signed",
  LOG_ANOTHER_HISTORY: "The log is not signed",
};

/** Notices that are said on the pages they concern instead of on all. */
export const NOTICES_OF_SITES: readonly string[] = [
  "APPLIANCE_SILENT",
  "ASSIGNMENT_NOT_TAKEN",
  "NOT_ENROLLED",
  "KILL_SWITCH",
];

/** Platforms by the names people use. */
export const PLATFORMS: Readonly<Record<string, string>> = {
  linux: "Linux",
  windows: "Windows",
  macos: "macOS",
};

/** The kinds of bundle in words. */
export const BUNDLE_KINDS: Readonly<Record<string, { readonly word: string; readonly meaning: string }>> = {
  snapshot: {
    word: "Snapshot",
    meaning: "the verdict of every check on every host, whether it changed or not",
  },
  delta: { word: "Changes", meaning: "what changed since the bundle before it" },
  event: { word: "Event", meaning: "something the appliance did that is not a look at a host" },
};

/** Severities in words, from the worst. */
export const SEVERITIES: Readonly<Record<string, { readonly word: string; readonly rank: number }>> = {
  critical: { word: "Critical", rank: 0 },
  high: { word: "High", rank: 1 },
  medium: { word: "Medium", rank: 2 },
  low: { word: "Low", rank: 3 },
};

/** The text for a code, or the code itself in readable form: an unlisted code is shown, never hidden. */
export function textFor(catalogue: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(catalogue, code) ? (catalogue[code] ?? code) : code.toLowerCase().replaceAll("_", " ");
}
