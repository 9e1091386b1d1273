import type { CelInput } from "@bufbuild/cel";
import type { CheckSpec, RuleSpec } from "@compline/schemas";
import type { Observed } from "../evidence/statement.ts";
import type { Facts } from "../facts/raw-file.ts";
import { toCelInput } from "./cel-input.ts";
import { evaluateCel } from "./expression.ts";
import { APPLICABLE, ASSERT, type ExpressionPlace } from "./expression-place.ts";
import { type RecordReason, recordFields } from "./record.ts";

/** Why a check came to no pass and no fail. */
export type JudgeReason = "NOT_APPLICABLE" | "CEL_ERROR" | "CEL_NOT_BOOLEAN" | RecordReason;

/** What one look at a host came to; of an error also where the check's own expression went wrong. */
export type Evaluation =
  | {
      readonly verdict: "pass" | "fail";
      readonly reason: null;
      readonly observed: Observed;
      readonly at: null;
    }
  | {
      readonly verdict: "error" | "not_applicable";
      readonly reason: JudgeReason;
      readonly observed: null;
      readonly at: ExpressionPlace | null;
    };

/** Told the pointer of each expression before it is evaluated. */
export type Begin = (pointer: string) => void;

/**
 * Judges facts: `applicable`, then `assert`, then `record`; the first that goes wrong makes the verdict `error`. Pure,
 * and not bounded in time: the shell runs it in a worker that it ends after 100 ms (reason TIMEOUT); `begin` then tells
 * with which expression it was busy.
 */
export function evaluateCheck(check: CheckSpec, facts: Facts, begin: Begin = () => undefined): Evaluation {
  const input = toCelInput(facts);
  if (check.applicable !== undefined) {
    begin(APPLICABLE);
    const applicable = evaluateBoolean(check.applicable, input);
    if (typeof applicable !== "boolean") return fault(applicable, APPLICABLE);
    if (!applicable) return { verdict: "not_applicable", reason: "NOT_APPLICABLE", observed: null, at: null };
  }
  begin(ASSERT);
  const holds = evaluateBoolean(check.assert, input);
  if (typeof holds !== "boolean") return fault(holds, ASSERT);
  const fields = recordFields(check.record, input, begin);
  if (!fields.ok) return fault(fields, fields.pointer);
  return { verdict: holds ? "pass" : "fail", reason: null, observed: fields.observed, at: null };
}

/** Whether a rule is for these facts: true without a `when`, false when its `when` gives no boolean. */
export function ruleApplies(rule: RuleSpec, facts: Facts): boolean {
  return rule.when === undefined || evaluateBoolean(rule.when, toCelInput(facts)) === true;
}

interface Fault {
  readonly reason: JudgeReason;
  readonly offset: number;
}

function evaluateBoolean(source: string, input: CelInput): boolean | Fault {
  const outcome = evaluateCel(source, input);
  if (!outcome.ok) return { reason: "CEL_ERROR", offset: outcome.offset };
  return typeof outcome.value === "boolean" ? outcome.value : { reason: "CEL_NOT_BOOLEAN", offset: 0 };
}

function fault({ reason, offset }: Fault, pointer: string): Evaluation {
  return { verdict: "error", reason, observed: null, at: { pointer, offset } };
}
