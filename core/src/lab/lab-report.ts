import { labReportValidator, type LabDrill, type LabReport } from "@compline/schemas";
import { compareDiagnostics, type Diagnostic, errorAt, type Finding } from "../manifest/diagnostic.ts";
import { type FormFault, formFaults, quote } from "../manifest/form.ts";
import type { SourceFile } from "../manifest/parse-document.ts";
import { labReportPath } from "../manifest/place.ts";
import { readQuickly } from "../manifest/quick-yaml.ts";
import { readYaml } from "../manifest/yaml.ts";

/** What reading came to: the report, or all that is wrong with it. Both are nothing where there is no such file. */
export interface LabReading {
  readonly report: LabReport | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the lab's report, the one file of the desired state that is no document, if it is among the files. */
export function readLabReport(files: readonly SourceFile[]): LabReading {
  const file = files.find(({ path }) => path === labReportPath);
  if (file === undefined) return { report: null, diagnostics: [] };
  const quick = readQuickly(file.text); // JSON is YAML, too
  if (quick !== undefined && faultsOf(quick).length === 0) return accept(quick);
  return readCarefully(file);
}

/** Reads with positions, so only where something is wrong or odd. */
function readCarefully({ path, text }: SourceFile): LabReading {
  const { document, faults } = readYaml(text);
  if (document === null) return refuse(faults.map((fault) => ({ file: path, ...fault })));
  const found = faultsOf(document.value);
  if (found.length === 0) return accept(document.value);
  return refuse(
    found.map(({ aspect, ...fault }) => ({
      file: path,
      at: document.locate(fault.pointer, aspect),
      ...fault,
    })),
  );
}

function accept(value: unknown): LabReading {
  return { report: value as LabReport, diagnostics: [] }; // nothing is wrong with it by the schema
}

function refuse(findings: readonly Finding[]): LabReading {
  return { report: null, diagnostics: findings.map(errorAt).toSorted(compareDiagnostics) };
}

function faultsOf(value: unknown): readonly FormFault[] {
  const form = formFaults(labReportValidator, value);
  return form.length > 0 ? form : meaningFaults(value as LabReport); // of the form by now
}

/** What no schema says: each drill once for each machine, and an outcome that fits what was measured. */
function meaningFaults({ drills, machines }: LabReport): readonly FormFault[] {
  const names = machines.map(({ name }) => name);
  const pairs = drills.map(({ name, host }) => `${name} ${host}`);
  return drills.flatMap((drill, index) => {
    const at = `/drills/${index}`;
    if (pairs.indexOf(`${drill.name} ${drill.host}`) < index)
      return [
        fault("SCHEMA_DUPLICATE", at, ["each drill once for each machine", `${quote(drill.name)} twice`]),
      ];
    if (!names.includes(drill.host))
      return [fault("REF_MISSING", `${at}/host`, [`one of ${names.join(", ")}`, quote(drill.host)])];
    return outcomeFaults(drill, at);
  });
}

/** A heal without its times, or a failure without its reason, would be claimed and not shown. */
function outcomeFaults(
  { outcome, reason, detectedMs, healedMs }: LabDrill,
  at: string,
): readonly FormFault[] {
  const isMended = outcome === "healed" || outcome === "escalated";
  if (isMended && detectedMs === null)
    return [fault("SCHEMA_TYPE", `${at}/detectedMs`, [`a number, as the outcome is ${outcome}`, "null"])];
  if (outcome === "healed" && healedMs === null)
    return [fault("SCHEMA_TYPE", `${at}/healedMs`, ["a number, as the outcome is healed", "null"])];
  if (!isMended && reason === null)
    return [fault("SCHEMA_TYPE", `${at}/reason`, [`a text, as the outcome is ${outcome}`, "null"])];
  return [];
}

function fault(
  code: FormFault["code"],
  pointer: string,
  [expected, found]: readonly [string, string],
): FormFault {
  return { code, pointer, aspect: "value", expected, found, hint: null };
}
