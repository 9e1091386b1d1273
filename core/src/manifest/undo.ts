import { type FormFault, quote } from "./form.ts";
import { joinPointer, member } from "./yaml.ts";

/** Steps that change a file. */
const fileSteps = ["writeFile", "setKey", "setMode"] as const;

/**
 * What a runbook changes and its `undo` does not put back: a file, a unit's state, or anything a program does. A heal
 * after which the check does not pass is undone, so without it a host is left half changed. A reload changes nothing
 * that stays.
 */
export function undoFaults(spec: unknown): FormFault[] {
  const [steps, undo] = [member(spec, "steps"), member(spec, "undo")];
  // A member that is missing, or no list, is reported as such.
  if (!Array.isArray(steps) || !Array.isArray(undo)) return [];
  return steps.flatMap((step: unknown, at) => stepFaults(step, joinPointer("/spec/steps", at), undo));
}

function stepFaults(step: unknown, pointer: string, undo: readonly unknown[]): FormFault[] {
  const path = fileOf(step);
  if (path !== null && !undo.some((one) => fileOf(one) === path || isAt(one, "restoreFile", "path", path)))
    return [fault(pointer, `undo to put back ${quote(path)}`, `restoreFile: { path: ${path} }`)];
  const unit = textAt(step, "service", "unit");
  const restored = (one: unknown): boolean =>
    isAt(one, "restoreService", "unit", unit) || isAt(one, "service", "unit", unit);
  if (unit !== null && !undo.some(restored))
    return [fault(pointer, `undo to put back ${quote(unit)}`, `restoreService: { unit: ${unit} }`)];
  if (member(step, "run") !== undefined && undo.length === 0)
    return [fault(pointer, "undo to put back what the program changes", "run: { argv: [...] }")];
  return [];
}

function fileOf(step: unknown): string | null {
  for (const kind of fileSteps) {
    const path = textAt(step, kind, "path");
    if (path !== null) return path;
  }
  return null;
}

function isAt(step: unknown, kind: string, name: string, value: string | null): boolean {
  return value !== null && textAt(step, kind, name) === value;
}

function textAt(step: unknown, kind: string, name: string): string | null {
  const text = member(member(step, kind), name);
  return typeof text === "string" ? text : null;
}

function fault(pointer: string, expected: string, example: string): FormFault {
  const hint = `add to /spec/undo a step such as ${example}`;
  return { code: "SCHEMA_UNDO", pointer, aspect: "value", expected, found: "no such step", hint };
}
