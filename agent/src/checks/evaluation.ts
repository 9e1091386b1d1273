import { evaluateCheck, type Facts, type Observed, ruleApplies, type Verdict } from "@compline/core/judge";
import type { CheckSpec, RuleSpec } from "@compline/schemas";

/** What the worker is asked. */
export interface EvaluationTask {
  readonly check: CheckSpec;
  readonly facts: Facts;
  /** Rules of this check, by name. */
  readonly rules: Readonly<Record<string, RuleSpec>>;
}

/** What it answers. */
export interface Judgement {
  readonly evaluation: {
    readonly verdict: Exclude<Verdict, "unknown">;
    readonly reason: string | null;
    readonly observed: Observed | null;
  };
  /** Names of the rules that apply to these facts; empty unless the verdict is fail. */
  readonly applicable: readonly string[];
}

/** What the worker sends: a judgement (null when it has loaded), and the processor time it has used so far. */
export interface WorkerAnswer {
  readonly judgement: Judgement | null;
  readonly cpuMicros: number;
}

/** Judges facts. Runs expressions of the assignment, so it may take for ever: only ever called in the worker. */
export function judge({ check, facts, rules }: EvaluationTask): Judgement {
  const evaluation = evaluateCheck(check, facts);
  if (evaluation.verdict !== "fail") return { evaluation, applicable: [] };
  const applicable = Object.entries(rules).flatMap(([name, rule]) =>
    ruleApplies(rule, facts) ? [name] : [],
  );
  return { evaluation, applicable };
}
