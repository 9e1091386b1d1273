import type { Kind } from "@compline/schemas";
import { describe, type FormFault, quote } from "./form.ts";
import { logFaults } from "./log-faults.ts";
import { programProblem } from "./program.ts";
import { undoFaults } from "./undo.ts";
import { joinPointer, member } from "./yaml.ts";

/**
 * What one document says that its schema cannot judge in its own words: programs, time zones, what shows a control,
 * the keys of a log and what a runbook's undo leaves out. The value may be anything: what has not the form it should have is passed over, for
 * the schema says so.
 */
export function meaningFaults(kind: Kind, value: unknown): FormFault[] {
  const spec = member(value, "spec");
  if (kind === "ControlFamily") return listOf(member(spec, "controls")).flatMap(controlFaults);
  if (kind === "Check") return argvFaults(member(member(spec, "collect"), "argv"), "/spec/collect/argv");
  if (kind === "Drill") return stepFaults(member(spec, "break"), "/spec/break");
  if (kind === "Partner") return logFaults(member(spec, "log"));
  if (kind === "Site") return siteZoneFaults(spec);
  if (kind !== "Runbook") return [];
  return [
    ...stepFaults(member(spec, "steps"), "/spec/steps"),
    ...stepFaults(member(spec, "undo"), "/spec/undo"),
    ...undoFaults(spec),
  ];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A control is shown by its checks, or says in one word what shows it, never both. */
function controlFaults(control: unknown, at: number): FormFault[] {
  const hasChecks = member(control, "checks") !== undefined;
  const shown = member(control, "shown");
  if (hasChecks === (shown === undefined)) return [];
  const pointer = joinPointer("/spec/controls", at);
  if (!hasChecks) {
    const expected = 'a member "checks" or "shown", which say what shows the control';
    const hint =
      "without checks say shown: attested, where a person who answers for it can state it, else shown: not-assessed";
    return [{ code: "SCHEMA_MISSING", pointer, aspect: "value", expected, found: "none", hint }];
  }
  const fault = { code: "SCHEMA_UNEXPECTED", pointer: `${pointer}/shown`, aspect: "key" } as const;
  const expected = 'no member "shown" beside "checks", which show the control';
  return [{ ...fault, expected, found: describe(shown), hint: "remove it, or the checks" }];
}

function stepFaults(steps: unknown, pointer: string): FormFault[] {
  return listOf(steps).flatMap((step, at) =>
    argvFaults(member(step, "run"), `${joinPointer(pointer, at)}/run`),
  );
}

function argvFaults(holder: unknown, pointer: string): FormFault[] {
  const argv = member(holder, "argv");
  if (!isTexts(argv) || argv.length === 0) return [];
  const expected = programProblem(argv);
  if (expected === null) return [];
  const found = quote(argv.join(" "));
  return [
    { code: "SCHEMA_ARGV", pointer: `${pointer}/argv/0`, aspect: "value", expected, found, hint: null },
  ];
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function siteZoneFaults(spec: unknown): FormFault[] {
  const windows = member(member(spec, "healing"), "windows");
  return [
    ...zoneFaults(member(spec, "timeZone"), "/spec/timeZone"),
    ...listOf(windows).flatMap((window, at) =>
      zoneFaults(member(window, "timeZone"), `${joinPointer("/spec/healing/windows", at)}/timeZone`),
    ),
  ];
}

function zoneFaults(zone: unknown, pointer: string): FormFault[] {
  if (typeof zone !== "string" || isTimeZone(zone)) return [];
  const expected = "a zone of the IANA database, such as Europe/Lisbon";
  const found = quote(zone);
  return [{ code: "SCHEMA_TIME_ZONE", pointer, aspect: "value", expected, found, hint: null }];
}

/** What was asked before: asking takes as long as reading a file, and sites share a few zones. */
const judgedZones = new Map<string, boolean>();
const rememberedZones = 1000;

function isTimeZone(zone: string): boolean {
  const known = judgedZones.get(zone);
  if (known !== undefined) return known;
  const judged = isZoneOfIntl(zone);
  if (judgedZones.size < rememberedZones) judgedZones.set(zone, judged);
  return judged;
}

function isZoneOfIntl(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false; // RangeError: no such zone
  }
}
