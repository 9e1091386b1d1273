import type { Diagnostic, DiagnosticCode } from "@compline/core";
import { diagnosticDetails, diagnosticTexts, visible } from "@compline/core/change";
import { createHash } from "node:crypto";
import { version } from "../../version.ts";
import type { DiagnosticReport } from "./report.ts";

// The texts are one object literal, so its keys are the codes.
const codes = Object.keys(diagnosticTexts) as DiagnosticCode[];

/** A report in SARIF 2.1.0, as code scanners take it. Addresses are relative to the repository. */
export function printSarif({ diagnostics }: DiagnosticReport): string {
  const rules = codes.map((id) => ({ id, shortDescription: { text: diagnosticTexts[id] } }));
  const run = {
    tool: { driver: { name: "Compline", semanticVersion: version, rules } },
    invocations: [{ executionSuccessful: true }],
    columnKind: "utf16CodeUnits",
    results: withFingerprints(diagnostics).map(([diagnostic, print]) => resultOf(diagnostic, print)),
  };
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [run],
  };
  return JSON.stringify(log, null, 2);
}

function resultOf(diagnostic: Diagnostic, fingerprint: string) {
  const { code, severity, file, line, column, pointer } = diagnostic;
  const physicalLocation = {
    artifactLocation: { uri: uriOf(file), uriBaseId: "%SRCROOT%" },
    region: { startLine: line, startColumn: column },
  };
  const logical = { logicalLocations: [{ fullyQualifiedName: visible(pointer) }] };
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: messageOf(diagnostic) },
    locations: [pointer === "" ? { physicalLocation } : { physicalLocation, ...logical }],
    partialFingerprints: { "complinePlace/v1": fingerprint },
  };
}

/** Viewers make links of `[text](target)` (SARIF 3.11.6); what a file says must not become one. */
function messageOf(diagnostic: Diagnostic): string {
  return diagnosticDetails(diagnostic).join("\n").replaceAll("](", "] (");
}

function uriOf(path: string): string {
  const parts = path.toWellFormed().split("/");
  return parts.map((part) => encodeURIComponent(part)).join("/");
}

/**
 * What makes a result the same one after lines moved: code, file and pointer. Where several share these, their order
 * tells them apart.
 */
function withFingerprints(diagnostics: readonly Diagnostic[]): [Diagnostic, string][] {
  const groups = Map.groupBy(diagnostics, ({ code, file, pointer }) => JSON.stringify([code, file, pointer]));
  return diagnostics.map((diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.file, diagnostic.pointer]);
    const place = groups.get(key)?.indexOf(diagnostic) ?? 0;
    return [diagnostic, createHash("sha256").update(`${key}\n${place}`).digest("hex")];
  });
}
