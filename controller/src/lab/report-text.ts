import { healRate } from "@compline/core";
import type { LabReport } from "@compline/schemas";
import { seconds } from "./lab-host.ts";

const HEADINGS = ["drill", "machine", "outcome", "noticed", "healed", "undone", "reason"];

/** The report as a table, and what it comes to. */
export function describeReport(report: LabReport): string {
  const rows = report.drills.map(({ name, host, outcome, detectedMs, healedMs, undone, reason }) => [
    name,
    host,
    outcome.replace("_", " "),
    seconds(detectedMs),
    seconds(healedMs),
    undone === null ? "-" : undone ? "yes" : "no",
    reason ?? "",
  ]);
  return `${table([HEADINGS, ...rows])}\n\n${describeRate(report)}`;
}

function describeRate(report: LabReport): string {
  const { healed, toHeal, escalated, toEscalate, failed, notRun, medianHealedMs } = healRate(report);
  const median = medianHealedMs === null ? "" : `; median from break to healed ${seconds(medianHealedMs)}`;
  const person = `${escalated} of ${toEscalate} drills of what a person mends were noticed and told`;
  return `Heal rate: ${healed} of ${toHeal} drills healed${percent(healed, toHeal)}${median}\n${person}; ${failed} failed, ${notRun} not run`;
}

/** Rounded down, so that 100 is said of all only; nothing of none. */
function percent(part: number, of: number): string {
  return of === 0 ? "" : ` (${Math.floor((part * 100) / of)} %)`;
}

function table(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
