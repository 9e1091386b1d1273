import type { ExpressionPlace, Facts, Observed, Verdict } from "@compline/core/appliance";
import type { CheckSpec, RuleSpec } from "@compline/schemas";

// What the thread and the one that judges say to each other. Apart from `evaluation.ts`, which loads the expression
// language: that is for the worker alone.

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
