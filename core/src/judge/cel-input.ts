import type { CelInput } from "@bufbuild/cel";
import type { Facts, FactValue } from "../facts/raw-file.ts";

/** Facts as CEL sees them: objects become maps (whatever their keys are), whole numbers become int. */
export function toCelInput(facts: Facts): CelInput {
  return convert(facts);
}

function convert(value: FactValue): CelInput {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map(convert);
  return new Map(Object.entries(value).map(([key, part]) => [key, convert(part)] as const));
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: FactValue): value is readonly FactValue[] {
  return Array.isArray(value);
}
