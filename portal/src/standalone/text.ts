import type { FindingText, Report } from "../verify/report.ts";

/** A report as text, in the order in which a reader should see it. */
export function printReport(report: Report): string {
  return [
    `Trust file ${report.trust.fingerprint}`,
    `  ${report.trust.source}`,
    "",
    report.sentence,
    "",
    ...report.facts.map(({ term, text }) => `${term}: ${text}`),
    "",
    "What was checked",
    ...report.performed.flatMap(({ title, done, resultText, findings }) => [
      `  ${resultText.padEnd(8)}  ${title} (${done})`,
      ...findings.flatMap(findingLines),
    ]),
    ...section("What could not be checked, and why", report.unchecked),
    ...section("Worth knowing", report.notes),
    "",
    report.how,
  ].join("\n");
}

function findingLines({ code, file, message, explanation }: FindingText): readonly string[] {
  return [`            ${code} ${file ?? ""}`, `              ${explanation}`, `              ${message}`];
}

function section(title: string, findings: readonly FindingText[]): readonly string[] {
  if (findings.length === 0) return [];
  return [
    "",
    title,
    ...findings.map(({ code, file, message }) => `  ${code}${file === null ? "" : ` ${file}`}: ${message}`),
  ];
}
