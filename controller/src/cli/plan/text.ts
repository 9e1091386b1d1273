import {
  describeAction,
  describeCounts,
  describeForecast,
  formatDiagnostic,
  type PlanReport,
  type PlanSide,
  type RefusedUnit,
  visible,
} from "@compline/core";

const columns = 80;

/** A plan for a terminal: lists are broken at 80 columns, and nothing a file says moves the cursor. */
export function printText(report: PlanReport): string {
  const { base, head, notices, refused, diagnostics, actions, forecast } = report;
  return [
    `from  ${describeSide(base)}`,
    `to    ${describeSide(head)}`,
    ...notices.map(({ message }) => `! ${message}`),
    ...(refused.length === 0 ? [] : ["", ...refused.map(describeRefusal)]),
    ...diagnostics
      .flatMap((diagnostic) => formatDiagnostic(diagnostic).split("\n"))
      .map((line) => `  ${line}`),
    ...actions.flatMap((action) => ["", ...describeAction(action)]),
    "",
    ...describeForecast(forecast),
    "",
    describeCounts(actions),
  ]
    .flatMap((line) => wrap(visible(line)))
    .join("\n");
}

/** What is compared, in words. */
export function describeSide({ kind, ref, revision }: PlanSide): string {
  if (kind === "folder") return "the folder's files, committed or not";
  if (kind === "nothing") return "nothing";
  const commit = revision?.slice(0, 12) ?? "";
  if (kind === "published") return `what is published, revision ${commit}`;
  return ref === null || revision?.startsWith(ref) === true
    ? `commit ${commit}`
    : `commit ${commit} (${ref})`;
}

/** What is refused and what it holds, in a sentence. */
function describeRefusal({ partner, code, holds, errors, detail }: RefusedUnit): string {
  const what = partner === null ? "the library" : `partner ${partner}`;
  const stays =
    holds.length === 0 ? "nothing of it comes into force" : `${holds.join(", ")} stays as it is now`;
  if (code === "IDENTITY_TAKEN")
    return `refused: ${what}: ${detail ?? "an identity"} belongs to another source's partner`;
  if (code === "IDENTITY_MOVED") return `refused: ${what}: ${detail ?? "an identity"}; ${stays}`;
  if (code === "DECISION_FAULT")
    return `refused: signed decisions of ${what}, ${errors} ${errors === 1 ? "error" : "errors"}; what was decided stays so, whatever is merged`;
  return `refused: ${what}, ${errors} ${errors === 1 ? "error" : "errors"}; ${stays}`;
}

/** Breaks a line at spaces; what continues it stands four columns further in than its beginning. */
function wrap(line: string): readonly string[] {
  if (line.length <= columns) return [line];
  const indent = /^ */.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = indent;
  for (const word of line.trimStart().split(" ")) {
    const isFirst = current.trim() === "";
    const longer = isFirst ? current + word : `${current} ${word}`;
    if (longer.length > columns && !isFirst) {
      lines.push(current);
      current = `${indent}    ${word}`;
    } else current = longer;
  }
  return [...lines, current];
}
