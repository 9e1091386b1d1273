import {
  evaluateCheck,
  type ExpressionPlace,
  expressionPointers,
  type Facts,
  type Observed,
  ruleApplies,
  type Verdict,
} from "@compline/core/judge";
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
  /** Where the check's own expression went wrong; null when none did, or when that is not known. */
  readonly fault: ExpressionPlace | null;
}

/** What the worker sends: a judgement (null when it has loaded), and the processor time it has used so far. */
export interface WorkerAnswer {
  readonly judgement: Judgement | null;
  readonly cpuMicros: number;
}

/** No expression of a check: what is evaluated is a rule's condition, or nothing. */
export const NO_EXPRESSION = -1;

/**
 * Judges facts. Runs expressions of the assignment, so it may take for ever: only ever called in the worker. `begin` is
 * told which expression comes next: its place in `expressionPointers`.
 */
export function judge(
  { check, facts, rules }: EvaluationTask,
  begin: (expression: number) => void = () => undefined,
): Judgement {
  const pointers = expressionPointers(check);
  const { at, ...evaluation } = evaluateCheck(check, facts, (pointer) => begin(pointers.indexOf(pointer)));
  begin(NO_EXPRESSION);
  if (evaluation.verdict !== "fail") return { evaluation, applicable: [], fault: at };
  const applicable = Object.entries(rules).flatMap(([name, rule]) =>
    ruleApplies(rule, facts) ? [name] : [],
  );
  return { evaluation, applicable, fault: null };
}
