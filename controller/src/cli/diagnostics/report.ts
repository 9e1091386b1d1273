import type { Diagnostic } from "@compline/core";

/** All that a validation found: what every printer prints. */
export interface DiagnosticReport {
  /** How many files were read. */
  readonly files: number;
  /** Sorted by file, place and code. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The numbers of a report. */
export interface ReportSummary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Counts a report. */
export function summarize({ files, diagnostics }: DiagnosticReport): ReportSummary {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return { files, errors, warnings: diagnostics.length - errors };
}
