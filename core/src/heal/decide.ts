import type { Assignment, RuleSpec, RunbookSpec } from "@compline/schemas";
import type { PairVerdict } from "../evidence/state.ts";
import { durationMs } from "../manifest/duration.ts";
import { stepKind } from "../runbook/step.ts";
import { type BoxLimits, effectiveHealing, RISKS, riskLimit } from "./guards.ts";

/** What a person or a bundle was already told about a pair in its present state; nothing of it is told twice. */
export type Told = "dry_run" | "refused" | "escalated";

/** A pair as the decision sees it. */
export interface HealPair extends PairVerdict {
  readonly told: Told | null;
}

/** How a heal ended. One that never ended was cut short by a crash. */
export type AttemptOutcome = "healed" | "failed";

/** One heal of a pair, as the guards count it. Times in milliseconds since 1970. */
export interface HealAttempt {
  readonly rule: string;
  readonly startedAt: number;
  /** Null: it is going on, or the process died in it. */
  readonly outcome: AttemptOutcome | null;
}

/** A rule with the runbook it leads to. */
export interface HealPlan {
  readonly rule: string;
  readonly runbook: string;
}

/** Why no runbook may run for a fail. Enters evidence as the error class of an escalation. */
export type Obstacle =
  | "NO_RULE"
  | "OWNED_ELSEWHERE"
  | "RISK_ABOVE_LIMIT"
  | "MODE_TOO_LOW"
  | "ARGV_NOT_ALLOWED"
  | "PRACTICE_HOST"
  | "BOX_CEILING"
  | "BUDGET_SPENT";

/** What to do about a pair. `wait`: nothing now; look again at `until` (milliseconds since 1970) when it is set. */
export type HealDecision =
  | { readonly kind: "wait"; readonly until: number | null }
  | ({ readonly kind: "heal" | "dry-run" | "refuse" } & HealPlan)
  | { readonly kind: "escalate"; readonly obstacle: Obstacle };

/** All that a decision rests on. */
export interface HealSituation extends BoxLimits {
  readonly assignment: Assignment;
  readonly pair: HealPair;
  /** Names of the rules that apply to what was last seen. */
  readonly applicable: readonly string[];
  /** Newest first. */
  readonly attempts: readonly HealAttempt[];
  /** Effective now. */
  readonly now: number;
}

const WAIT: HealDecision = { kind: "wait", until: null };

/**
 * Decides. L1 when a rule applies and every guard lets it; a person is told (L3) once, when no rule may run or the
 * budget of failed attempts is spent; nothing at all while healing is off.
 */
export function decideHeal(situation: HealSituation): HealDecision {
  const { assignment, pair, now } = situation;
  const { mode } = effectiveHealing(assignment, situation, now);
  if (pair.verdict !== "fail" || mode === "off") return WAIT;
  const candidates = rank(situation);
  const free = candidates.find((plan) => obstacleOf(plan, situation) === null);
  if (mode === "dry-run")
    return free === undefined || pair.told !== null ? WAIT : { kind: "dry-run", ...free };
  if (free !== undefined) return withinBudget(free, situation);
  const first = candidates[0];
  const obstacle = first === undefined ? "NO_RULE" : (obstacleOf(first, situation) ?? "NO_RULE");
  if (first !== undefined && obstacle === "PRACTICE_HOST" && pair.told === null)
    return { kind: "refuse", ...first };
  return escalate(pair, obstacle);
}

function withinBudget(plan: HealPlan, { assignment, pair, attempts, now }: HealSituation): HealDecision {
  const rule = ruleOf(assignment, plan);
  const until = (attempts[0]?.startedAt ?? Number.NEGATIVE_INFINITY) + durationMs(rule.cooldown);
  if (now < until) return { kind: "wait", until };
  const failed = failedInARow(attempts).filter(({ startedAt }) => startedAt > now - durationMs(rule.window));
  return failed.length >= rule.maxAttempts ? escalate(pair, "BUDGET_SPENT") : { kind: "heal", ...plan };
}

/** Attempts since the last one that healed; one that was cut short by a crash counts as failed. */
function failedInARow(attempts: readonly HealAttempt[]): readonly HealAttempt[] {
  const healed = attempts.findIndex(({ outcome }) => outcome === "healed");
  return healed === -1 ? attempts : attempts.slice(0, healed);
}

function escalate(pair: HealPair, obstacle: Obstacle): HealDecision {
  return pair.told === "escalated" ? WAIT : { kind: "escalate", obstacle };
}

/** The rules that apply, best first: by priority (higher first), then by name. */
function rank({ assignment, pair, applicable }: HealSituation): readonly HealPlan[] {
  const platform = assignment.hosts.find(({ id }) => id === pair.host)?.platform;
  return applicable
    .flatMap((name) => {
      const rule = assignment.definitions.rules[name];
      const fits = rule?.check === pair.check && rule.platforms.some((each) => each === platform);
      return fits ? [{ name, rule }] : [];
    })
    .toSorted((a, b) => b.rule.priority - a.rule.priority || (a.name < b.name ? -1 : 1))
    .map(({ name, rule }) => ({ rule: name, runbook: rule.runbook }));
}

function obstacleOf(plan: HealPlan, situation: HealSituation): Obstacle | null {
  const { assignment, ceiling, pair, now } = situation;
  const rule = ruleOf(assignment, plan);
  const runbook = runbookOf(assignment, plan);
  const practice = assignment.hosts.find(({ id }) => id === pair.host)?.transport.root !== undefined;
  // First: whatever else an assignment says, a box that may heal practice hosts only changes no real machine.
  if (!practice && ceiling.hosts === "practice") return "BOX_CEILING";
  if (rule.owner !== "agent") return "OWNED_ELSEWHERE";
  if (RISKS.indexOf(runbook.risk) > RISKS.indexOf(riskLimit(assignment, ceiling))) return "RISK_ABOVE_LIMIT";
  const { mode } = effectiveHealing(assignment, situation, now);
  if (mode === "standard" && (runbook.disruptive || runbook.reboot)) return "MODE_TOO_LOW";
  const kinds = [...runbook.steps, ...runbook.undo].map(stepKind);
  if (practice) return kinds.includes("run") ? "PRACTICE_HOST" : null;
  return !ceiling.argv && kinds.some((kind) => kind === "run" || kind === "reload")
    ? "ARGV_NOT_ALLOWED"
    : null;
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
