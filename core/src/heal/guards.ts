import type { Assignment, HealingMode, Risk } from "@compline/schemas";
import type { BoxCeiling } from "../snapshot/report.ts";

/** Healing modes from lowest to highest. */
export const HEALING_MODES: readonly HealingMode[] = ["off", "dry-run", "standard", "full"];
/** Risks from lowest to highest. */
export const RISKS: readonly Risk[] = ["low", "medium", "high"];

/**
 * What stops healing on the box itself: a person suspended it, a new controller or the review of a new key is awaited,
 * or nothing can be signed: because its chain is older than what the controller has, or because its disk is full.
 */
export type BoxStop = "SUSPENDED" | "REPINNED" | "KEY_PENDING" | "CHAIN_SET_BACK" | "DISK_FULL";

/** Why healing goes less far than the site's mode. */
export type GuardReason = "NO_ASSIGNMENT" | "KILL_SWITCH" | "HEAL_UNTIL_PASSED" | "BOX_CEILING" | BoxStop;

/** What the box obeys whatever an assignment says. */
export interface BoxLimits {
  readonly ceiling: BoxCeiling;
  readonly stops: readonly BoxStop[];
}

/** How far healing may go now: the lowest of box ceiling, site mode, either kill switch and age of the assignment. */
export interface EffectiveHealing {
  readonly mode: HealingMode;
  readonly reasons: readonly GuardReason[];
}

/** Computes it. `now` is effective now, in milliseconds since 1970. */
export function effectiveHealing(
  assignment: Assignment | null,
  { ceiling, stops }: BoxLimits,
  now: number,
): EffectiveHealing {
  if (assignment === null) return { mode: "off", reasons: ["NO_ASSIGNMENT"] };
  const { mode, killSwitch } = assignment.healing;
  const reasons: GuardReason[] = [...stops];
  if (killSwitch) reasons.push("KILL_SWITCH");
  if (now > Date.parse(assignment.healUntil)) reasons.push("HEAL_UNTIL_PASSED");
  const stopped = reasons.length > 0;
  if (HEALING_MODES.indexOf(ceiling.mode) < HEALING_MODES.indexOf(mode)) reasons.push("BOX_CEILING");
  return { mode: stopped ? "off" : lowest(HEALING_MODES, mode, ceiling.mode), reasons };
}

/** The highest risk a runbook may have here. */
export function riskLimit(assignment: Assignment, ceiling: BoxCeiling): Risk {
  return lowest(RISKS, assignment.healing.riskCeiling, ceiling.risk);
}

function lowest<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}
