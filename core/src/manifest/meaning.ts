import type { CheckSpec, Manifest, SiteSpec, Step, UndoStep } from "@compline/schemas";
import { type FormFault, quote } from "./form.ts";
import { programProblem } from "./program.ts";
import { joinPointer } from "./yaml.ts";

/** What one document says that its schema cannot judge: programs and time zones. */
export function meaningFaults(manifest: Manifest): FormFault[] {
  if (manifest.kind === "Check") return collectFaults(manifest.spec.collect);
  if (manifest.kind === "Drill") return stepFaults(manifest.spec.break, "/spec/break");
  if (manifest.kind === "Site") return zoneFaults(manifest.spec);
  if (manifest.kind !== "Runbook") return [];
  const { steps, undo } = manifest.spec;
  return [...stepFaults(steps, "/spec/steps"), ...stepFaults(undo, "/spec/undo")];
}

function collectFaults(collect: CheckSpec["collect"]): FormFault[] {
  return collect.argv === undefined ? [] : argvFaults(collect.argv.argv, "/spec/collect/argv/argv");
}

function stepFaults(steps: readonly (Step | UndoStep)[], pointer: string): FormFault[] {
  return steps.flatMap((step, at) =>
    step.run === undefined ? [] : argvFaults(step.run.argv, `${joinPointer(pointer, at)}/run/argv`),
  );
}

function argvFaults(argv: readonly string[], pointer: string): FormFault[] {
  const expected = programProblem(argv);
  if (expected === null) return [];
  const found = quote(argv.join(" "));
  return [{ code: "SCHEMA_ARGV", pointer: `${pointer}/0`, aspect: "value", expected, found, hint: null }];
}

function zoneFaults(site: SiteSpec): FormFault[] {
  if (isTimeZone(site.timeZone)) return [];
  const expected = "a zone of the IANA database, such as Europe/Lisbon";
  const found = quote(site.timeZone);
  return [
    { code: "SCHEMA_TIME_ZONE", pointer: "/spec/timeZone", aspect: "value", expected, found, hint: null },
  ];
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false; // RangeError: no such zone
  }
}
