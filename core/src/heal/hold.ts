import type { Instant } from "../evidence/statement.ts";
import type { BoxStop } from "./guards.ts";

/** Why no runbook may ever run for a fail as things are declared. Enters evidence as the error class of an escalation. */
export type Obstacle =
  | "NO_RULE"
  | "OWNED_ELSEWHERE"
  | "RISK_ABOVE_LIMIT"
  | "MODE_TOO_LOW"
  | "ARGV_NOT_ALLOWED"
  | "PRACTICE_HOST"
  | "BOX_CEILING";

/** Why healing as a whole goes no further at this box now. */
export type Stop = BoxStop | "KILL_SWITCH" | "HEAL_UNTIL_PASSED" | "HEALING_OFF" | "BOX_OFF" | "DRY_RUN";

/** What history or the time of day holds back; it ends by itself. */
export type Pause = "OUTSIDE_WINDOW" | "BREAKER_OPEN" | "FLAPPING" | "BUDGET_SPENT" | "COOLDOWN";

/** Why a failing pair is not healed now. */
export type HoldCode = Obstacle | Stop | Pause;

/** Why a failing pair is not healed now, and until when at least. */
export interface Hold {
  readonly code: HoldCode;
  /** By the box's clock, in milliseconds since 1970; null when no time ends it. */
  readonly until: number | null;
}

/** Each reason in plain words. */
export const HOLD_TEXTS: Readonly<Record<HoldCode, string>> = {
  KILL_SWITCH: "the kill switch is engaged",
  HEAL_UNTIL_PASSED: "the box's assignment is too old to heal by; it waits for a newer one",
  HEALING_OFF: "healing is off at this site",
  SUSPENDED: "a person stopped healing on this box",
  CHAIN_SET_BACK: "the appliance's state is older than its evidence here, so it signs nothing",
  DISK_FULL: "the appliance's disk is full, so it signs nothing",
  KEY_PENDING: "the box has a new key, which is not in the repository yet",
  REPINNED: "the box waits for the first assignment of its new controller",
  BOX_OFF: "healing is off on this box, whatever the site says",
  DRY_RUN: "healing is a dry run here: it says what would be done, and does nothing",
  NO_RULE: "no healing rule applies; a person is told",
  OWNED_ELSEWHERE: "the setting is managed by something else; a person is told",
  RISK_ABOVE_LIMIT: "the runbook is riskier than this site or box allows; a person is told",
  MODE_TOO_LOW: "the runbook is disruptive and needs mode full; a person is told",
  ARGV_NOT_ALLOWED: "the runbook starts a program, which this box does not allow; a person is told",
  PRACTICE_HOST: "the runbook starts a program, which a practice host cannot; a person is told",
  BOX_CEILING: "this box changes practice hosts only; a person is told",
  OUTSIDE_WINDOW: "outside the maintenance windows",
  BREAKER_OPEN: "too many heals failed at this site, so all wait",
  FLAPPING: "the verdict changes back and forth; a person is told, and healing waits for it to settle",
  BUDGET_SPENT: "too many attempts failed; a person is told",
  COOLDOWN: "it was just tried",
};

/**
 * Why a pair is not healed, as a sentence without its full stop: "Not healed before 22:00: outside the maintenance
 * windows". A code of a newer agent is shown as it is.
 * @param shown writes an instant as the reader wants it
 */
export function describeHold(
  { code, until }: { readonly code: string; readonly until: Instant | null },
  shown: (instant: Instant) => string,
): string {
  const text = Object.hasOwn(HOLD_TEXTS, code) ? HOLD_TEXTS[code as HoldCode] : code;
  return `Not healed${until === null ? "" : ` before ${shown(until)}`}: ${text}`;
}
