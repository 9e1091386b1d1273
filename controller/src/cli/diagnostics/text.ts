import { formatDiagnostic } from "@compline/core/change";
import { count } from "../count.ts";
import { type DiagnosticReport, summarize } from "./report.ts";

/** A report for people: every diagnostic, then the numbers. */
export function printText(report: DiagnosticReport): string {
  const { files, errors, warnings } = summarize(report);
  return [
    ...report.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)),
    `${count(files, "file")}, ${count(errors, "error")}, ${count(warnings, "warning")}`,
  ].join("\n");
}
