import { type CheckView, type HealRate, healRate, type Snapshot } from "@compline/core";
import type { LabDrill, LabMachine, LabReport } from "@compline/schemas";
import { DRILL_OUTCOMES } from "../content/texts.ts";
import type { Link } from "./results.ts";
import { formatDuration } from "./time.ts";
import { checkUrl } from "./urls.ts";

/** The page of the lab's report; null when the revision has none. */
export interface DrillsPage {
  readonly report: LabReport;
  readonly rate: HealRate;
  /** Those that failed first, those that healed last. */
  readonly rows: readonly DrillRow[];
}

/** One drill on one machine, as pages show it. */
export interface DrillRow {
  readonly name: string;
  readonly check: Link;
  /** The machine's system, such as Debian GNU/Linux 12 (bookworm), and its name. */
  readonly machine: string;
  readonly system: string;
  readonly outcome: LabDrill["outcome"];
  readonly word: string;
  readonly reason: string | null;
  /** Times, attempts and undoing, each in a few words. */
  readonly facts: readonly string[];
  /** Why the report no longer tells of what is in force; null while it does. */
  readonly outdated: string | null;
}

/** What the page of drills says, or null. */
export function drillsPage(snapshot: Snapshot): DrillsPage | null {
  const { lab } = snapshot;
  return lab === null ? null : { report: lab, rate: healRate(lab), rows: drillRows(snapshot, lab) };
}

/** What drills showed of one check; nothing when there is no report or it has none of the check. */
export function drillsOfCheck(snapshot: Snapshot, check: string): readonly DrillRow[] {
  const { lab } = snapshot;
  if (lab === null) return [];
  return drillRows(snapshot, { ...lab, drills: lab.drills.filter((drill) => drill.check === check) });
}

function drillRows({ checks }: Snapshot, { drills, machines }: LabReport): readonly DrillRow[] {
  const byName = new Map(checks.map((check) => [check.name, check]));
  const systems = new Map(machines.map((machine) => [machine.name, machine]));
  return drills
    .map((drill) => rowOf(drill, byName.get(drill.check), systems.get(drill.host)))
    .toSorted(
      (a, b) =>
        DRILL_ORDER.indexOf(a.outcome) - DRILL_ORDER.indexOf(b.outcome) ||
        a.name.localeCompare(b.name, "en") ||
        a.machine.localeCompare(b.machine, "en", { numeric: true }),
    );
}

const DRILL_ORDER: readonly LabDrill["outcome"][] = ["failed", "not_run", "escalated", "healed"];

function rowOf(drill: LabDrill, check: CheckView | undefined, machine: LabMachine | undefined): DrillRow {
  const { name, host, outcome, reason } = drill;
  return {
    name,
    check: { text: check?.title ?? drill.check, url: check === undefined ? "" : checkUrl(check.name) },
    machine: host,
    system: machine?.system ?? host,
    outcome,
    word: DRILL_OUTCOMES[outcome],
    reason,
    facts: factsOf(drill),
    outdated: outdatedText(drill, check),
  };
}

function factsOf({ detectedMs, healedMs, attempts, undone }: LabDrill): readonly string[] {
  return [
    ...(detectedMs === null ? [] : [`noticed after ${secondsText(detectedMs)}`]),
    ...(healedMs === null ? [] : [`healed after ${secondsText(healedMs)}`]),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(undone === null ? [] : [undone ? "undone byte for byte" : "not undone byte for byte"]),
  ];
}

/** A check that no framework in use names is not in the snapshot, and cannot be compared. */
function outdatedText(drill: LabDrill, check: CheckView | undefined): string | null {
  if (check === undefined) return null;
  if (drill.checkDigest !== check.digest) return "The check has changed since.";
  const runbook = check.rule?.runbookDigest ?? null;
  return drill.runbookDigest === runbook ? null : "The runbook has changed since.";
}

/** A drill takes seconds, and their tenths tell: "4.2 s". */
export function secondsText(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : formatDuration(ms);
}

/** A part of a whole in per cent, rounded down so that only all of it reads 100 %; nothing of nothing is no data. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "no data" : `${Math.floor((part / whole) * 100)} %`;
}
