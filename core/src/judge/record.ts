import type { CelInput, CelValue } from "@bufbuild/cel";
import type { CheckSpec, RecordField } from "@compline/schemas";
import type { Observed } from "../evidence/statement.ts";
import { evaluateCel } from "./expression.ts";

/** Why a value may not enter evidence. */
export type RecordReason = "CEL_ERROR" | "CEL_NOT_BOOLEAN" | "CEL_NOT_INTEGER" | "CEL_NOT_ENUM";

/** The recorded fields, or why they could not be made. */
export type RecordOutcome =
  | { readonly ok: true; readonly observed: Observed }
  | { readonly ok: false; readonly reason: RecordReason };

type FieldValue = Observed[string];
type FieldOutcome =
  | { readonly ok: true; readonly value: FieldValue }
  | { readonly ok: false; readonly reason: RecordReason };

/** Only what a check's `record` declares leaves the host: booleans, whole numbers, null and words of a closed list. */
export function recordFields(record: CheckSpec["record"], input: CelInput): RecordOutcome {
  const observed = new Map<string, FieldValue>();
  for (const [name, field] of Object.entries(record)) {
    const outcome = recordField(field, input);
    if (!outcome.ok) return outcome;
    observed.set(name, outcome.value);
  }
  return { ok: true, observed: Object.fromEntries(observed) };
}

function recordField(field: RecordField, input: CelInput): FieldOutcome {
  const outcome = evaluateCel(field.value, input);
  if (!outcome.ok) return { ok: false, reason: "CEL_ERROR" };
  return outcome.value === null ? { ok: true, value: null } : convert(field, outcome.value);
}

function convert(field: RecordField, value: CelValue): FieldOutcome {
  if (field.type === "boolean") {
    return typeof value === "boolean" ? { ok: true, value } : { ok: false, reason: "CEL_NOT_BOOLEAN" };
  }
  if (field.type === "integer") {
    return isInteger(value) ? { ok: true, value: Number(value) } : { ok: false, reason: "CEL_NOT_INTEGER" };
  }
  if (typeof value !== "string") return { ok: false, reason: "CEL_NOT_ENUM" };
  return { ok: true, value: field.values?.includes(value) === true ? value : "other" };
}

/** JSON numbers in evidence stay within what every reader holds exactly. */
function isInteger(value: CelValue): value is bigint {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value));
}
