import {
  describeAction,
  describeCounts,
  describeForecast,
  type Diagnostic,
  diagnosticDetails,
  type Forecast,
  placeName,
  type PlannedAction,
  type PlanReport,
  type RefusedUnit,
  visible,
} from "@compline/core";
import { describeSide } from "./text.ts";

/** A step's summary may have 1 MiB; whatever does not fit would be dropped by the forge, all of it. */
const longest = 800_000;
/** How many errors are shown, and hosts of an appliance named, before the rest is only counted. */
const shownErrors = 50;
const shownHosts = 8;
const shownForecast = 400;

/**
 * A plan for the summary of a job on a forge: a table of appliances, details folded. Everything that comes from files
 * stands in code, where it is neither markup nor a mention.
 */
export function printMarkdown(report: PlanReport): string {
  const { base, head, notices, refused, diagnostics, actions, forecast } = report;
  const top = [
    `### Plan: ${describeCounts(actions)}`,
    "",
    `From ${code(describeSide(base))} to ${code(describeSide(head))}.`,
    ...notices.flatMap(({ message }) => ["", `> ${code(message)}`]),
    ...refusals(refused, diagnostics),
    ...forecastLines(forecast),
  ];
  return fitted(top, actions);
}

function refusals(refused: readonly RefusedUnit[], diagnostics: readonly Diagnostic[]): readonly string[] {
  if (refused.length === 0) return [];
  const rows = refused.map((unit) => [
    unitName(unit),
    keptWords(unit),
    String(unit.errors),
    unit.first === null ? code(unit.detail ?? "") : code(placeOf(unit.first)),
  ]);
  return [
    "",
    "**Refused**",
    "",
    ...table(["what", "stays as it is now", "errors", "the first"], rows),
    "",
    ...diagnostics.slice(0, shownErrors).map(describeError),
    ...more(diagnostics.length - shownErrors, "errors", "- "),
  ];
}

function unitName({ partner, code: why }: RefusedUnit): string {
  if (partner === null) return "the library";
  return why === "DECISION_FAULT" ? `signed decisions of ${code(partner)}` : code(partner);
}

function keptWords({ code: why, holds }: RefusedUnit): string {
  if (why === "DECISION_FAULT") return "what was decided";
  return holds.length === 0 ? "nothing" : holds.map(code).join(", ");
}

function placeOf({ file, line, column, code: why }: Diagnostic): string {
  return `${file}:${line}:${column} ${why}`;
}

/** As code like the details: host and site names are the files', reasons are ours. */
function forecastLines(forecast: Forecast | null): readonly string[] {
  const lines = describeForecast(forecast).map(visible);
  const [first = ""] = lines;
  if (forecast === null) return ["", code(first)];
  const shown = [...lines.slice(0, shownForecast), ...more(lines.length - shownForecast, "lines", "")];
  return ["", "**Scores and heals**", "", "```text", ...shown, "```"];
}

function describeError(diagnostic: Diagnostic): string {
  const { file, line, column } = diagnostic;
  return `- ${code(`${file}:${line}:${column} ${diagnostic.code}`)}: ${diagnosticDetails(diagnostic).map(code).join("; ")}`;
}

/** The appliances, as many as there is room for. */
function fitted(top: readonly string[], actions: readonly PlannedAction[]): string {
  const rows: string[] = [];
  const details: string[] = [];
  let length = top.join("\n").length;
  for (const action of actions) {
    const [row, folded] = [rowOf(action), foldedOf(action)];
    length += row.length + folded.length + 2;
    if (length > longest) break;
    rows.push(row);
    details.push(folded);
  }
  const head = rows.length === 0 ? [] : ["", "| appliance | what | hosts |", "|---|---|---|"];
  const rest = more(actions.length - rows.length, "appliances (`-o text` prints all)", "");
  return [...top, ...head, ...rows, "", ...details, ...rest].join("\n");
}

function rowOf(action: PlannedAction): string {
  return `| ${code(placeName(action))} | ${action.kind} | ${hostsOf(action)} |`;
}

function hostsOf(action: PlannedAction): string {
  if (action.kind === "renew") return "";
  const names = action.kind === "publish" ? action.change.touched : action.hosts;
  return [...names.slice(0, shownHosts).map(code), ...more(names.length - shownHosts, "more", "")].join(", ");
}

/** What is between the fences begins with a word of ours on every line, so that nothing in it can close them. */
function foldedOf(action: PlannedAction): string {
  const lines = describeAction(action).slice(1).map(visible);
  const summary = `<details><summary><code>${html(placeName(action))}</code></summary>`;
  return [summary, "", "```text", ...lines, "```", "", "</details>", ""].join("\n");
}

function more(count: number, what: string, before: string): readonly string[] {
  return count > 0 ? [`${before}and ${count} ${what}`] : [];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/**
 * A text as code, in a table or out of it. The two characters that would end the one or the other are written as
 * numbers: GFM knows no way to have a backslash before a bar in a cell.
 */
function code(text: string): string {
  const shown = visible(text).replaceAll("|", "\\u{7c}").replaceAll("`", "\\u{60}");
  return shown.trim() === "" ? "` `" : `\`${shown}\``;
}

function html(text: string): string {
  return visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
