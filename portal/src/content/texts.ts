import type { Verdict } from "@compline/core";

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

/** Why a verdict is what it is, by the code in the evidence. */
export const REASONS: Readonly<Record<string, string>> = {
  NEEDS_PRIVILEGE: "the appliance may not read this without more rights",
  NEVER_SEEN: "never looked at yet",
  STALE: "not confirmed for too long",
  TIMEOUT: "looking took too long and was stopped",
  NOT_APPLICABLE: "does not apply to this host",
  PRACTICE_HOST: "cannot be looked at on a practice host",
  COLLECTOR_UNSUPPORTED: "this version cannot look in this way yet",
  PARSE_ERROR: "the file could not be understood",
  NOT_FOUND: "what it looks at does not exist",
  TOO_LARGE: "the file is larger than the limit",
};

/** Why healing is in the mode it is in, by code. */
export const HEALING_REASONS: Readonly<Record<string, string>> = {
  SITE_MODE: "the site's setting",
  BOX_CEILING: "the limit set on the appliance itself",
  CEILING: "the limit set on the appliance itself",
  KILL_SWITCH: "the kill switch is on",
  HEAL_UNTIL: "the permission to heal has run out",
  HEAL_UNTIL_PAST: "the permission to heal has run out",
  NO_ASSIGNMENT: "it has no assignment yet",
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

/** Why a heal did not work, by the class in the evidence. */
export const ERROR_CLASSES: Readonly<Record<string, string>> = {
  PRACTICE_HOST: "a step cannot run on a practice host",
  STILL_FAILING: "the check still failed afterwards",
  TIMEOUT: "a step took too long and was stopped",
  NEEDS_PRIVILEGE: "the appliance lacks the rights for a step",
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

/** Notices of the controller in a headline; its own message follows. */
export const NOTICES: Readonly<Record<string, string>> = {
  UNCOMMITTED_EDITS: "Edited files are not committed",
  TREE_REFUSED: "The newest change was refused",
  KILL_SWITCH: "The kill switch is on",
  APPLIANCE_SILENT: "An appliance is silent",
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
