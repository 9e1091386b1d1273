import type { CelInput } from "@bufbuild/cel";
import type { CheckSpec, RuleSpec } from "@compline/schemas";
import type { Observed } from "../evidence/statement.ts";
import type { Facts } from "../facts/raw-file.ts";
import { toCelInput } from "./cel-input.ts";
import { evaluateCel } from "./expression.ts";
import { type RecordReason, recordFields } from "./record.ts";

/** Why a check came to no pass and no fail. */
export type JudgeReason = "NOT_APPLICABLE" | "CEL_ERROR" | "CEL_NOT_BOOLEAN" | RecordReason;

/** What one look at a host came to. */
export type Evaluation =
  | { readonly verdict: "pass" | "fail"; readonly reason: null; readonly observed: Observed }
  | { readonly verdict: "error" | "not_applicable"; readonly reason: JudgeReason; readonly observed: null };

/**
 * Judges facts: `applicable`, then `assert`, then `record`; the first that goes wrong makes the verdict `error`. Pure,
 * and not bounded in time: the shell runs it in a worker that it ends after 100 ms (reason TIMEOUT).
 */
export function evaluateCheck(check: CheckSpec, facts: Facts): Evaluation {
  const input = toCelInput(facts);
  if (check.applicable !== undefined) {
    const applicable = evaluateBoolean(check.applicable, input);
    if (typeof applicable === "string") return none("error", applicable);
    if (!applicable) return none("not_applicable", "NOT_APPLICABLE");
  }
  const holds = evaluateBoolean(check.assert, input);
  if (typeof holds === "string") return none("error", holds);
  const fields = recordFields(check.record, input);
  if (!fields.ok) return none("error", fields.reason);
  return { verdict: holds ? "pass" : "fail", reason: null, observed: fields.observed };
}

/** Whether a rule is for these facts: true without a `when`, false when its `when` gives no boolean. */
export function ruleApplies(rule: RuleSpec, facts: Facts): boolean {
  return rule.when === undefined || evaluateBoolean(rule.when, toCelInput(facts)) === true;
}

function evaluateBoolean(source: string, input: CelInput): boolean | "CEL_ERROR" | "CEL_NOT_BOOLEAN" {
  const outcome = evaluateCel(source, input);
  if (!outcome.ok) return "CEL_ERROR";
  return typeof outcome.value === "boolean" ? outcome.value : "CEL_NOT_BOOLEAN";
}

function none(verdict: "error" | "not_applicable", reason: JudgeReason): Evaluation {
  return { verdict, reason, observed: null };
}
