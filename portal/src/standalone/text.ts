import type { FindingText, Report } from "../verify/report.ts";

/** A report as text, in the order in which a reader should see it. */
export function printReport(report: Report): string {
  return [
    `Trust file ${report.trust.fingerprint}`,
    `  ${report.trust.source}`,
    "",
    report.sentence,
    "",
    ...wrongLines(report),
    ...report.facts.map(({ term, text }) => `${term}: ${text}`),
    "",
    ...sampleLines(report),
    "What was checked",
    ...report.performed.map(({ title, done, resultText }) => `  ${resultText.padEnd(9)}  ${title} (${done})`),
    ...section("What could not be checked, and why", report.unchecked),
    ...section("Worth knowing", report.notes),
    "",
    report.how,
  ].join("\n");
}

function wrongLines({ wrong, moreWrong }: Report): readonly string[] {
  if (wrong.length === 0) return [];
  const more = moreWrong === 0 ? [] : [`  ${moreWrong} more are not listed here.`];
  return ["What is wrong", ...wrong.flatMap(findingLines), ...more, ""];
}

function findingLines({ code, file, message, explanation }: FindingText): readonly string[] {
  return [`  ${code} ${file ?? ""}`, `    ${explanation}`, `    ${message}`];
}

function sampleLines({ sample }: Report): readonly string[] {
  return sample === null
    ? []
    : ["Look at these", `  ${sample.text}`, ...sample.paths.map((path) => `  ${path}`), ""];
}

function section(title: string, findings: readonly FindingText[]): readonly string[] {
  if (findings.length === 0) return [];
  return [
    "",
    title,
    ...findings.map(({ code, file, message }) => `  ${code}${file === null ? "" : ` ${file}`}: ${message}`),
  ];
}
