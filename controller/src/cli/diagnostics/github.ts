import type { Diagnostic } from "@compline/core";
import { diagnosticDetails, visible } from "@compline/core/change";
import type { DiagnosticReport } from "./report.ts";

/**
 * A report as workflow commands of GitHub's runner: one `::error` or `::warning` for each diagnostic and nothing else.
 * The runner reads whatever a line says after `::`, so all that comes from a file is escaped as its own toolkit does.
 */
export function printGithub({ diagnostics }: DiagnosticReport): string {
  return diagnostics.map((diagnostic) => printCommand(diagnostic)).join("\n");
}

function printCommand(diagnostic: Diagnostic): string {
  const { severity, file, line, column, code, pointer } = diagnostic;
  const place = { file, line, col: column, title: pointer === "" ? code : `${code} at ${pointer}` };
  const properties = Object.entries(place).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const data = diagnosticDetails(diagnostic).join("\n");
  return `::${severity} ${properties.join(",")}::${escapeData(data)}`;
}

/** What comes after the second `::`. The percent sign is first, or the others' escapes would be escaped again. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(visible(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
