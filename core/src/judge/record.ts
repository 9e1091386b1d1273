import type { CelInput, CelValue } from "@bufbuild/cel";
import type { CheckSpec, RecordField } from "@compline/schemas";
import type { Observed } from "../evidence/statement.ts";
import { evaluateCel } from "./expression.ts";
import { recordPointer } from "./expression-place.ts";

/** Why a value may not enter evidence. */
export type RecordReason = "CEL_ERROR" | "CEL_NOT_BOOLEAN" | "CEL_NOT_INTEGER" | "CEL_NOT_ENUM";

/** The recorded fields, or why they could not be made and where: which expression, and which character of it. */
export type RecordOutcome =
  | { readonly ok: true; readonly observed: Observed }
  | (FieldFault & { readonly pointer: string });

type FieldValue = Observed[string];

interface FieldFault {
  readonly ok: false;
  readonly reason: RecordReason;
  readonly offset: number;
}

type FieldOutcome = { readonly ok: true; readonly value: FieldValue } | FieldFault;

/** Only what a check's `record` declares leaves the host: booleans, whole numbers, null and words of a closed list. */
export function recordFields(
  record: CheckSpec["record"],
  input: CelInput,
  begin: (pointer: string) => void,
): RecordOutcome {
  const observed = new Map<string, FieldValue>();
  for (const [name, field] of Object.entries(record)) {
    const pointer = recordPointer(name);
    begin(pointer);
    const outcome = recordField(field, input);
    if (!outcome.ok) return { ...outcome, pointer };
    observed.set(name, outcome.value);
  }
  return { ok: true, observed: Object.fromEntries(observed) };
}

function recordField(field: RecordField, input: CelInput): FieldOutcome {
  const outcome = evaluateCel(field.value, input);
  if (!outcome.ok) return { ok: false, reason: "CEL_ERROR", offset: outcome.offset };
  return outcome.value === null ? { ok: true, value: null } : convert(field, outcome.value);
}

function convert(field: RecordField, value: CelValue): FieldOutcome {
  if (field.type === "boolean") {
    return typeof value === "boolean" ? { ok: true, value } : wrong("CEL_NOT_BOOLEAN");
  }
  if (field.type === "integer") {
    return isInteger(value) ? { ok: true, value: Number(value) } : wrong("CEL_NOT_INTEGER");
  }
  if (typeof value !== "string") return wrong("CEL_NOT_ENUM");
  return { ok: true, value: field.values?.includes(value) === true ? value : "other" };
}

/** A value that a whole expression gives. */
function wrong(reason: RecordReason): FieldFault {
  return { ok: false, reason, offset: 0 };
}

/** JSON numbers in evidence stay within what every reader holds exactly. */
function isInteger(value: CelValue): value is bigint {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value));
}
