import { type DiagnosticReport, summarize } from "./report.ts";

/** A report for programs; its members are described in the README of `cli/`. */
export function printJson(report: DiagnosticReport): string {
  const { diagnostics } = report;
  return JSON.stringify({ schemaVersion: "1", summary: summarize(report), diagnostics }, null, 2);
}
