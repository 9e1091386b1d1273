import type { Assignment, RuleSpec, RunbookSpec } from "@compline/schemas";
import type { PairVerdict } from "../evidence/state.ts";
import type { Verdict } from "../evidence/statement.ts";
import type { BoxLimits } from "./guards.ts";

/** What a person or a bundle was already told about a pair in its present state; nothing of it is told twice. */
export type Told = "dry_run" | "refused" | "escalated";

/** A pair as the decision sees it. */
export interface HealPair extends PairVerdict {
  readonly told: Told | null;
  /** What its last looks came to, newest last; see `withResult`. */
  readonly recent: readonly Verdict[];
}

/** How a heal ended. One that never ended was cut short by a crash. */
export type AttemptOutcome = "healed" | "failed";

/** One heal of a pair, as the guards count it. */
export interface HealAttempt {
  readonly rule: string;
  /** How long ago it began, in milliseconds that really passed: setting a clock must not change it. */
  readonly agoMs: number;
  /** Null: it is going on, or the process died in it. */
  readonly outcome: AttemptOutcome | null;
}

/** A rule with the runbook it leads to. */
export interface HealPlan {
  readonly rule: string;
  readonly runbook: string;
}

/** All that a decision rests on. Instants in milliseconds since 1970. */
export interface HealSituation extends BoxLimits {
  readonly assignment: Assignment;
  readonly pair: HealPair;
  /** Names of the rules that apply to what was last seen. */
  readonly applicable: readonly string[];
  /** Of this pair, newest first. */
  readonly attempts: readonly HealAttempt[];
  /** How long ago the site's circuit breaker opened, in milliseconds that really passed; null while it is closed. */
  readonly breakerOpenMs: number | null;
  /**
   * How long ago, in milliseconds that really passed, a person let each pair be tried once whatever the box's own pauses say;
   * null while nothing is let.
   */
  readonly overrideMs: number | null;
  /** Effective now: never goes back. */
  readonly now: number;
  /** What the clock says, which may have been set back since. */
  readonly clock: number;
}

/** The rule of a plan; an accepted assignment defines every rule it names. */
export function ruleOf(assignment: Assignment, { rule }: HealPlan): RuleSpec {
  const found = assignment.definitions.rules[rule];
  if (found === undefined) throw new Error("unreachable: a rule of an accepted assignment is not defined");
  return found;
}

/** The runbook of a plan; an accepted assignment defines every runbook its rules name. */
export function runbookOf(assignment: Assignment, { runbook }: HealPlan): RunbookSpec {
  const found = assignment.definitions.runbooks[runbook];
  if (found === undefined) throw new Error("unreachable: a runbook of an accepted assignment is not defined");
  return found;
}
