/** How much a finding weighs; `fail` and `incomplete` decide the outcome. */
export type FindingLevel = "fail" | "incomplete" | "unchecked" | "note";

/** Codes of a file that does not have the one allowed form (FORMAT.md section 5.1). */
export type FormCode =
  | "OVERSIZE"
  | "NOT_JSON"
  | "TOO_DEEP"
  | "DUPLICATE_KEY"
  | "BAD_NUMBER"
  | "NOT_ASCII"
  | "LONG_STRING"
  | "BAD_ENVELOPE"
  | "BAD_BASE64"
  | "NOT_CANONICAL"
  | "UNKNOWN_MEMBER"
  | "SCHEMA"
  | "BAD_SUBJECT"
  | "PASS_WITHOUT_OBSERVATION";

/** Codes about the signature and the key behind it. */
export type KeyCode =
  | "BAD_SIGNATURE"
  | "UNKNOWN_KEY"
  | "KEY_MISMATCH"
  | "KEY_AFTER_ROTATE"
  | "REVOKED"
  | "GIT_DISAGREES"
  | "EVENT_WRONG_SIGNER"
  | "NOT_ENROLLED";

/** Codes about a bundle's place in its chain. */
export type ChainCode =
  | "FORK"
  | "GAP"
  | "EVIDENCE_DROPPED"
  | "BAD_PREV"
  | "MISPLACED"
  | "EPOCH_NOT_OPENED"
  | "WINDOW_REVERSED"
  | "WINDOW_OVERLAP"
  | "CHAIN_STARTS_LATE"
  | "CHAIN_ENDS_EARLY"
  | "CHAIN_MISSING"
  | "HEAD_MISSING"
  | "WRONG_SITE"
  | "OLD_REVISION"
  | "OLD_ASSIGNMENT"
  | "UNKNOWN_REVISION"
  | "UNKNOWN_ASSIGNMENT"
  | "ASSIGNMENT_WITHOUT_SNAPSHOT"
  | "PARTS_INCOMPLETE"
  | "TOMBSTONE_WITHOUT_BASIS";

/** Codes about what a bundle says. */
export type ContentCode =
  | "PAIR_NOT_ASSIGNED"
  | "PAIR_ABSENT"
  | "COVERAGE"
  | "STATE_MISMATCH"
  | "HEAL_NOT_VERIFIED"
  | "HEAL_CONTRADICTS_RESULTS"
  | "HEAL_UNDECLARED_RUNBOOK"
  | "HEAL_WHILE_OFF"
  | "HEAL_OUTSIDE_WINDOW"
  | "HEAL_PAST_HEAL_UNTIL"
  | "HEAL_NOT_APPROVED"
  | "HEAL_NEEDED_APPROVAL"
  | "HEAL_NOT_ALLOWED"
  | ExceptionCode;

/** Codes about the exceptions that results name. */
export type ExceptionCode =
  | "EXCEPTION_UNKNOWN"
  | "EXCEPTION_OTHER_SITE"
  | "EXCEPTION_EXPIRED"
  | "EXCEPTION_UNAPPROVED"
  | "EXCEPTION_SELF_APPROVED";

/** Codes about the log that bundles are leaves of. */
export type LogCode =
  | "NOT_LOGGED"
  | "ROLLED_BACK"
  | "SPLIT_VIEW"
  | "SEEN_IMPOSSIBLE"
  | "WRONG_ORIGIN"
  | "BAD_CHECKPOINT_SIGNATURE"
  | "NOT_WITNESSED"
  | "IN_TWO_LOGS";

/** Codes about anchors of the log. */
export type AnchorCode =
  | "OTS_WRONG_DIGEST"
  | "OTS_NO_MATCH"
  | "OTS_TRAILING"
  | "NO_WORK"
  | "WRONG_HEADER"
  | "NOT_ANCHORED";

/** Codes about the exported files as a set. */
export type KitCode =
  | "TRUST_SWAPPED"
  | "TRUST_FILE"
  | "CHANGED_FILE"
  | "CHANGED_ATTACHMENT"
  | "MISSING_FILE"
  | "UNLISTED_FILE"
  | "WRONG_SAMPLE"
  | "WRONG_SLICE";

/** Codes of a ZIP that is not in the one form of a kit. */
export type ZipCode = "ZIP_NOT_DETERMINISTIC" | "ZIP_DUPLICATE_NAME" | "ZIP_PATH" | "ZIP_BOMB";

/** Codes that say what was not checked, or what is worth knowing; never a fail. */
export type RemarkCode =
  | "TRUST_FROM_KIT"
  | "TRUST_DIFFERS"
  | "LOG_NOT_CHECKED"
  | "ANCHORS_NOT_CHECKED"
  | "AUTHORITY_KEY_REPLACED"
  | "FORK_RESOLVED"
  | "NEVER_REPORTED"
  | "TOMBSTONE"
  | "NOTHING_KNOWN_AFTER"
  | "NEIGHBOURS_NOT_GIVEN"
  | "MADE_ELSEWHERE"
  | "APPROVAL_NOT_GIVEN"
  | "HEAL_LIMITS_NOT_GIVEN"
  | "STATE_NOT_REPLAYED"
  | "SLICE_NOT_DERIVED"
  | "SAMPLE_NOT_CHECKED"
  | "ASSIGNMENT_SIGNATURE_NOT_CHECKED"
  | "REVISIONS_NOT_GIVEN"
  | "KEY_POSITION_NOT_CHECKED"
  | "ATTACHMENTS_NOT_GIVEN"
  | "WITNESSES_NOT_ASKED"
  | "TAIL_NOT_WITNESSED"
  | "ANCHOR_NOT_PINNED"
  | "LOG_ORDER"
  | "OTHER_FILES";

/** Every code a verifier reports. */
export type EvidenceCode =
  | FormCode
  | KeyCode
  | ChainCode
  | ContentCode
  | LogCode
  | AnchorCode
  | KitCode
  | ZipCode
  | RemarkCode;

/** What a reader is told about a code. */
export interface CodeText {
  readonly level: FindingLevel;
  /** A few words, for a heading. */
  readonly title: string;
  /** One plain sentence. */
  readonly explanation: string;
}

/** The texts by code, for command line and portal alike. */
export const EVIDENCE_TEXTS: Readonly<Record<EvidenceCode, CodeText>> = {
  OVERSIZE: fail("File too large", "The file is larger than the format allows, so it was not read."),
  NOT_JSON: fail("Not JSON", "The file or the payload in it is not JSON text in UTF-8."),
  TOO_DEEP: fail("Nested too deep", "The payload nests deeper than 32 levels."),
  DUPLICATE_KEY: fail(
    "Member given twice",
    "An object names the same member twice, so two readers could see two different values.",
  ),
  BAD_NUMBER: fail(
    "Number not allowed",
    "A number is not a plain integer within the range that every reader represents exactly.",
  ),
  NOT_ASCII: fail(
    "Text outside printable ASCII",
    "A text holds a character outside printable ASCII, which could hide what it says.",
  ),
  LONG_STRING: fail("Text too long", "A text in the payload is longer than 256 characters."),
  BAD_ENVELOPE: fail(
    "Not an evidence envelope",
    "The file is not an envelope with one payload, one payload type and exactly one signature.",
  ),
  BAD_BASE64: fail("Bad base64", "The payload or the signature is not standard padded base64."),
  NOT_CANONICAL: fail(
    "Not in canonical form",
    "The bytes are not the one canonical form of what they say, so they were written by something else or changed.",
  ),
  UNKNOWN_MEMBER: fail("Unknown member", "The statement has a member that the format does not know."),
  SCHEMA: fail("Wrong shape", "A member is missing or has a value that the format does not allow."),
  BAD_SUBJECT: fail(
    "Subject does not match",
    "The digest in the statement's subject is not the digest of what it names.",
  ),
  PASS_WITHOUT_OBSERVATION: fail(
    "Verdict without observation",
    "A pass or fail is stated without any observed value behind it.",
  ),
  BAD_SIGNATURE: fail(
    "Bad signature",
    "The signature does not match the payload and the key, so the file was changed or signed by another key.",
  ),
  UNKNOWN_KEY: fail("Unknown key", "The bundle is signed by a key that the trust file does not list."),
  KEY_MISMATCH: fail(
    "Key of another appliance",
    "The bundle is signed by a key that belongs to another appliance than the chain it claims.",
  ),
  KEY_AFTER_ROTATE: fail(
    "Key used after its rotation",
    "The bundle is signed by a key that had already been rotated out in this chain.",
  ),
  REVOKED: fail(
    "Key revoked",
    "The bundle lies beyond the last one that the revocation of its key trusts, so whoever stole the key may have made it.",
  ),
  GIT_DISAGREES: fail(
    "Git says otherwise",
    "What was signed does not agree with what the trust file or the assignments say was reviewed in git, and git decides.",
  ),
  EVENT_WRONG_SIGNER: fail(
    "Wrong kind of signer",
    "An appliance signed what only the authority may sign, or the other way round.",
  ),
  NOT_ENROLLED: fail(
    "Key not enrolled at that time",
    "The bundle's place in the log lies before or after the part of it for which its key is trusted.",
  ),
  FORK: fail(
    "Two bundles in one place",
    "Two different validly signed bundles claim the same place in the chain, and neither counts until that is resolved.",
  ),
  GAP: fail(
    "Bundle missing",
    "A place in the chain has no valid bundle, so something is missing or was refused.",
  ),
  EVIDENCE_DROPPED: incomplete(
    "Dropped by the appliance",
    "The appliance had no room for what waited to be sent, dropped these observations and signed that it did.",
  ),
  BAD_PREV: fail(
    "Wrong predecessor",
    "The bundle names another predecessor than the bundle before it, so one of the two was replaced or inserted.",
  ),
  MISPLACED: fail(
    "File name contradicts content",
    "The file's name or folder says another place than the signed content does.",
  ),
  EPOCH_NOT_OPENED: fail(
    "Epoch without opening",
    "A new epoch of the chain begins without the signed event that opens it.",
  ),
  WINDOW_REVERSED: fail("Window reversed", "The bundle's window ends before it starts."),
  WINDOW_OVERLAP: fail(
    "Windows overlap",
    "The bundle's window starts before the previous one of its chain ended.",
  ),
  CHAIN_STARTS_LATE: fail(
    "Chain starts late",
    "The chain does not begin where the export had to begin, so earlier bundles are missing.",
  ),
  CHAIN_ENDS_EARLY: incomplete(
    "Chain ends early",
    "The chain's last window ends more than two heartbeats before the end of the period.",
  ),
  CHAIN_MISSING: incomplete(
    "Chain missing",
    "The trust file lists an appliance of which no bundle was given.",
  ),
  HEAD_MISSING: fail(
    "Known head missing",
    "The trust file knows a bundle at the head of this chain that was not given.",
  ),
  WRONG_SITE: fail(
    "Another site or appliance",
    "The bundle or the assignment it names belongs to another site or appliance than the key it was signed with.",
  ),
  OLD_REVISION: fail(
    "Revision went back",
    "The bundle was judged by an older git revision than a bundle before it.",
  ),
  OLD_ASSIGNMENT: fail(
    "Assignment went back",
    "The bundle was judged by an older assignment than a bundle before it.",
  ),
  UNKNOWN_REVISION: fail(
    "Unknown revision",
    "The bundle names a git revision that the trust file does not list.",
  ),
  UNKNOWN_ASSIGNMENT: fail(
    "Unknown assignment",
    "The bundle names an assignment that the trust file does not list.",
  ),
  ASSIGNMENT_WITHOUT_SNAPSHOT: fail(
    "New assignment without snapshot",
    "The first observation under an assignment or in an epoch is not a full snapshot.",
  ),
  PARTS_INCOMPLETE: fail(
    "Parts incomplete",
    "A snapshot or delta in several files lacks a part or its parts do not fit together.",
  ),
  TOMBSTONE_WITHOUT_BASIS: fail(
    "Erasure without basis",
    "The authority let an envelope be erased by a file that nobody is known to have reviewed, so the erasure does not count.",
  ),
  PAIR_NOT_ASSIGNED: fail(
    "Result not assigned",
    "The bundle has a result or heal for a host and check that its assignment does not have.",
  ),
  PAIR_ABSENT: fail(
    "Assigned result absent",
    "A snapshot leaves out a host and check that its assignment has.",
  ),
  COVERAGE: fail(
    "Coverage does not add up",
    "The coverage stated in the bundle differs from what its results add up to.",
  ),
  STATE_MISMATCH: fail(
    "State does not follow",
    "The state stated in the bundle is not what the earlier state and its results give, so a change was left out or altered.",
  ),
  HEAL_NOT_VERIFIED: fail(
    "Heal not verified",
    "A heal is called healed although the check did not pass afterwards.",
  ),
  HEAL_CONTRADICTS_RESULTS: fail(
    "Heal contradicts results",
    "What a heal says about before and after differs from the verdicts in the chain.",
  ),
  HEAL_UNDECLARED_RUNBOOK: fail(
    "Undeclared runbook",
    "A heal ran a runbook, or a version of it, that the assignment does not declare.",
  ),
  HEAL_WHILE_OFF: fail("Healed while off", "A heal ran although healing was off, in dry run or suspended."),
  HEAL_OUTSIDE_WINDOW: fail(
    "Healed outside the maintenance window",
    "A heal started outside the maintenance windows of the assignment.",
  ),
  HEAL_PAST_HEAL_UNTIL: fail(
    "Healed past the assignment's time",
    "A heal started after the assignment's permission to heal had run out.",
  ),
  HEAL_NOT_APPROVED: fail(
    "Heal without the approval it names",
    "A heal names an approval that no person gave on that box before it, or by which the same check was healed once already.",
  ),
  HEAL_NEEDED_APPROVAL: fail(
    "Heal that needed an approval",
    "A heal ran although its assignment made the box wait after earlier ones, and it names nobody's approval.",
  ),
  HEAL_NOT_ALLOWED: fail(
    "Heal that was left to people",
    "A heal ran that the assignment leaves to people: by no rule of it, by one for something else or that others own, or beyond its risk or mode.",
  ),
  EXCEPTION_UNKNOWN: fail(
    "Unknown exception",
    "A result names an exception that the trust file does not list.",
  ),
  EXCEPTION_OTHER_SITE: fail(
    "Exception for something else",
    "A result names an exception that was given for another site, host or check.",
  ),
  EXCEPTION_EXPIRED: fail(
    "Exception not in force",
    "A result names an exception that had expired, or was not yet in force, when the bundle's window ended.",
  ),
  EXCEPTION_UNAPPROVED: fail("Exception not approved", "A result names an exception that nobody approved."),
  EXCEPTION_SELF_APPROVED: fail(
    "Exception approved by its requester",
    "A result names an exception that nobody but the one who asked for it approved.",
  ),
  NOT_LOGGED: fail(
    "Not in the log",
    "The bundle is no leaf of the log that its newest checkpoint covers, so it was made or put here outside of it.",
  ),
  ROLLED_BACK: fail(
    "Log shorter than it was",
    "Somebody saw or signed a longer log than the one among these files, so leaves were taken off its end.",
  ),
  SPLIT_VIEW: fail(
    "Two histories",
    "A log of that size had other leaves, so the log showed different histories to different readers.",
  ),
  SEEN_IMPOSSIBLE: fail(
    "Saw what came later",
    "The bundle says that it saw a log which already holds the bundle itself.",
  ),
  WRONG_ORIGIN: fail("Another log", "A checkpoint is of another log than the one that the trust file names."),
  BAD_CHECKPOINT_SIGNATURE: fail(
    "Checkpoint not signed by the log",
    "The checkpoint does not carry a good signature of the log's key in the trust file.",
  ),
  NOT_WITNESSED: fail(
    "Not witnessed",
    "Fewer of the trust file's witnesses than it asks for cosigned checkpoints that cover all bundles here.",
  ),
  IN_TWO_LOGS: fail(
    "In two logs",
    "Bundles are in this kit's log and in a log of another name, and a bundle belongs in one.",
  ),
  OTS_WRONG_DIGEST: fail(
    "Timestamp of something else",
    "The timestamp is not of the log's root at the size that its name says.",
  ),
  OTS_NO_MATCH: fail(
    "No block has it",
    "The timestamp names a Bitcoin block, and none of the block headers given here commits to it.",
  ),
  OTS_TRAILING: fail("Bytes after the timestamp", "The timestamp file goes on after its end."),
  NO_WORK: fail(
    "Header without work",
    "The block header lacks the work of Bitcoin blocks of its time, so anybody could have made it.",
  ),
  WRONG_HEADER: fail(
    "Header at another height",
    "The block that a pin of the trust file vouches for is at another height than the timestamp says.",
  ),
  NOT_ANCHORED: incomplete(
    "Not anchored",
    "No anchor covers some of the bundles, so for these nothing shows how long they have existed.",
  ),
  TRUST_SWAPPED: fail(
    "Trust file swapped",
    "The trust file among the evidence trusts something that the trust file you gave does not.",
  ),
  TRUST_FILE: fail(
    "Trust file unusable",
    "The trust file is absent or not of the form the format defines, so no key can be trusted.",
  ),
  CHANGED_FILE: fail("File changed", "A file does not have the digest that its name or the kit's list says."),
  CHANGED_ATTACHMENT: fail(
    "Attachment changed",
    "An attached file, such as the transcript of a heal, is not the one that the appliance signed.",
  ),
  UNLISTED_FILE: fail("File not listed", "A file is not in the kit's own list, so it was put there later."),
  WRONG_SAMPLE: fail(
    "Another sample than the seed gives",
    "The kit marks other bundles to look at than its seed chooses, or counts another number to choose from.",
  ),
  MISSING_FILE: incomplete(
    "File missing",
    "A file that the evidence refers to was not given, so what depends on it could not be checked.",
  ),
  WRONG_SLICE: fail(
    "Assignment is not what its files give",
    "The assignment does not follow from the reviewed files that it lists, so something else decided what was looked at and healed.",
  ),
  ZIP_NOT_DETERMINISTIC: fail(
    "ZIP in another form",
    "The ZIP is not in the one form that its content has, so it was packed by something else or changed.",
  ),
  ZIP_DUPLICATE_NAME: fail(
    "File twice in the ZIP",
    "The ZIP has two files of one name, of which two programs could read two.",
  ),
  ZIP_PATH: fail(
    "Path not allowed",
    "The ZIP has a file whose path leads out of the kit or is no plain path.",
  ),
  ZIP_BOMB: fail(
    "ZIP says it holds more",
    "The ZIP says that it holds more than its bytes do, so it was not read.",
  ),
  TRUST_FROM_KIT: unchecked(
    "Trust given by the evidence itself",
    "The trust file came with the evidence, so whoever made the evidence also chose the keys.",
  ),
  TRUST_DIFFERS: note(
    "Trust files differ",
    "The trust file among the evidence differs from the one you gave, without trusting anything more.",
  ),
  LOG_NOT_CHECKED: unchecked(
    "No log",
    "There is no transparency log among these files, so a rewritten history by the key holder would not show.",
  ),
  ANCHORS_NOT_CHECKED: unchecked(
    "No anchor",
    "There are no anchors among these files, so nothing shows how long the bundles have existed.",
  ),
  AUTHORITY_KEY_REPLACED: note(
    "Authority's key replaced",
    "A new key of the authority, which the trust file lists, follows one that did not sign the rotation to it.",
  ),
  FORK_RESOLVED: note(
    "Fork resolved",
    "The authority decided which branch of a fork survives, and the bundles of the other branch were left out.",
  ),
  NEVER_REPORTED: note(
    "Never reported",
    "No bundle of the appliance is here, and the partner's authority decided that nothing signed by its keys counts, so none has to be.",
  ),
  TOMBSTONE: note(
    "Envelope erased",
    "The authority decided that an envelope may be absent, so what it held is not known and its place counts as filled.",
  ),
  NOTHING_KNOWN_AFTER: unchecked(
    "Nothing known after the last bundle",
    "No independent head is known for this chain, so bundles cut off at its end would not show.",
  ),
  NEIGHBOURS_NOT_GIVEN: unchecked(
    "Neighbours not given",
    "The bundles before or after were not given, so the place in the chain was checked only as far as the files allow.",
  ),
  HEAL_LIMITS_NOT_GIVEN: unchecked(
    "Limits of heals not given",
    "The assignment's file does not say what its rules and runbooks are, so whether heals were the box's to do was not checked.",
  ),
  APPROVAL_NOT_GIVEN: unchecked(
    "Approval not given",
    "A heal names an approval that may be among the bundles before those that were given.",
  ),
  MADE_ELSEWHERE: unchecked(
    "Made at another site",
    "The appliance was at another site before this bundle, by the log and the trust file, and that site's evidence has what it signed there.",
  ),
  STATE_NOT_REPLAYED: unchecked(
    "State not replayed",
    "No snapshot comes before this bundle, so its state was not recomputed.",
  ),
  SLICE_NOT_DERIVED: unchecked(
    "Assignment not derived again",
    "It was not checked that the assignments follow from the reviewed files that they list.",
  ),
  SAMPLE_NOT_CHECKED: unchecked(
    "Sample not chosen again",
    "Some envelopes were refused, so it was not checked that the seed chooses the bundles that are marked.",
  ),
  ASSIGNMENT_SIGNATURE_NOT_CHECKED: unchecked(
    "Assignment signature not checked",
    "The assignments were checked by the digest that the signed bundles name, but not against a signature of their publisher.",
  ),
  REVISIONS_NOT_GIVEN: unchecked(
    "Revisions not given",
    "The trust file does not list the accepted git revisions, so their order was not checked.",
  ),
  KEY_POSITION_NOT_CHECKED: unchecked(
    "Key period not checked",
    "The trust file limits a key to a part of the log, and without the log that could not be checked.",
  ),
  ATTACHMENTS_NOT_GIVEN: unchecked(
    "Attachments not given",
    "Bundles name attached files by digest that are not among those given, so they were not checked.",
  ),
  WITNESSES_NOT_ASKED: unchecked(
    "No witness asked for",
    "The trust file asks for no witness, so a log that shows its readers different histories would not show here.",
  ),
  TAIL_NOT_WITNESSED: unchecked(
    "The log's newest part is not witnessed yet",
    "The bundles here were seen by as many witnesses as the trust file asks for, and what the log holds after them was not.",
  ),
  ANCHOR_NOT_PINNED: unchecked(
    "Block not pinned",
    "A block header has the work of its time, and no pin of the trust file says that it is in Bitcoin's main chain.",
  ),
  LOG_ORDER: note(
    "Logged in another order",
    "Bundles of a chain are in the log in another order than in the chain, as after an outage.",
  ),
  OTHER_FILES: note("Other files", "There are files that are no part of the evidence; they were not read."),
};

/** Thrown when evidence that is being written would not be accepted by its own reader. */
export class EvidenceError extends Error {
  readonly code: FormCode;
  constructor(code: FormCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EvidenceError";
    this.code = code;
  }
}

function fail(title: string, explanation: string): CodeText {
  return { level: "fail", title, explanation };
}

function incomplete(title: string, explanation: string): CodeText {
  return { level: "incomplete", title, explanation };
}

function unchecked(title: string, explanation: string): CodeText {
  return { level: "unchecked", title, explanation };
}

function note(title: string, explanation: string): CodeText {
  return { level: "note", title, explanation };
}
