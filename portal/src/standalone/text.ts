import type { KitsReport } from "../verify/kits-report.ts";
import type { FindingText, Report } from "../verify/report.ts";

/** What several kits came to together, then the report of each. */
export function printKits({ trusts, sentence, contradictions, compared, kits }: KitsReport): string {
  const whose = (names: readonly string[]): readonly string[] =>
    trusts.length === 1 ? [] : [`  It judged ${names.join(", ")}.`];
  const found = contradictions.flatMap(findingLines);
  return [
    ...trusts.flatMap((trust) => [...trustLines(trust), ...whose(trust.kits)]),
    "",
    sentence,
    ...(found.length === 0 ? [] : ["", "Where they contradict each other", ...found]),
    "",
    `Held against each other: ${compared}`,
    "",
    "The kits, each by itself",
    ...kits.flatMap(({ name, report }, at) => [`  Kit ${at + 1}: ${name}`, `    ${report.sentence}`]),
    ...kits.flatMap(({ name, report }, at) => ["", `== Kit ${at + 1}: ${name}`, "", printReport(report)]),
  ].join("\n");
}

function trustLines({ fingerprint, source }: Report["trust"]): readonly string[] {
  return [`Trust file ${fingerprint}`, `  ${source}`];
}

/** A report as text, in the order in which a reader should see it. */
export function printReport(report: Report): string {
  return [
    ...trustLines(report.trust),
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
