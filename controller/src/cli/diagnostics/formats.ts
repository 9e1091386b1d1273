import { printGithub } from "./github.ts";
import { printJson } from "./json.ts";
import type { DiagnosticReport } from "./report.ts";
import { printSarif } from "./sarif.ts";
import { printText } from "./text.ts";

/** The printers of a report by the name of their format. */
const printers = { text: printText, json: printJson, github: printGithub, sarif: printSarif } as const;

/** A format that `validate` prints. */
export type ReportFormat = keyof typeof printers;

/** Prints a report, without a line's end; empty when the format has nothing to say. */
export function printReport(report: DiagnosticReport, format: ReportFormat): string {
  return printers[format](report);
}
