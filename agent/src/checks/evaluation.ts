import { evaluateCheck, expressionPointers, ruleApplies } from "@compline/core/judge";
import { type EvaluationTask, type Judgement, NO_EXPRESSION } from "./evaluation-task.ts";

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
