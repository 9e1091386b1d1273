import type { HealView, SiteView, Snapshot, Verdict } from "@compline/core";
import { ERROR_CLASSES, OUTCOMES, textFor } from "../content/texts.ts";
import { checkTitle, hostOf } from "./lookup.ts";
import { type ObservedChange, observedChanges } from "./observed.ts";
import type { Link } from "./results.ts";
import { formatDuration } from "./time.ts";
import { checkUrl, hostUrl } from "./urls.ts";

/** One heal as pages show it. */
export interface HealRow {
  readonly at: string;
  readonly took: string;
  readonly host: Link;
  readonly check: Link;
  readonly before: Verdict;
  readonly after: Verdict | null;
  /** What it came to, in a few true words: "Healed", "Configured, not reloaded", "Not healed". */
  readonly outcome: string;
  /** Which of the three: as it should be, only in part, or not. */
  readonly success: "whole" | "part" | "none";
  /** More about the outcome, or null. */
  readonly detail: string | null;
  readonly changes: readonly ObservedChange[];
  readonly runbook: string;
  readonly bundle: string;
  readonly failBundle: string | null;
}

/** The heals of a site that `wanted` takes, newest first. */
export function healRows(
  snapshot: Snapshot,
  site: SiteView,
  wanted: (heal: HealView) => boolean = () => true,
): readonly HealRow[] {
  return site.heals.filter(wanted).map((heal) => rowOf(snapshot, site, heal));
}

/** True when a step that reloads a service was left out. */
function isNotReloaded(heal: Pick<HealView, "skipped">): boolean {
  return heal.skipped.some((step) => step.toLowerCase().includes("reload"));
}

/** The steps that could not run there, in words. */
export function leftOutText(heal: Pick<HealView, "skipped">): string {
  return `left out: ${heal.skipped.map((step) => step.replace(/^reload:/, "reloading ")).join(", ")}`;
}

/** What a heal came to. A change that no running service has read yet is not called healed. */
export function outcomeText(heal: Pick<HealView, "outcome" | "skipped">): string {
  if (heal.outcome === "healed" && isNotReloaded(heal)) return "Configured, not reloaded";
  return textFor(OUTCOMES, heal.outcome);
}

function rowOf(snapshot: Snapshot, site: SiteView, heal: HealView): HealRow {
  const host = hostOf(site, heal.host);
  const known = snapshot.checks.some((check) => check.name === heal.check);
  return {
    at: heal.startedAt,
    took: formatDuration(Date.parse(heal.endedAt) - Date.parse(heal.startedAt)),
    host: { text: host?.name ?? heal.host, url: host === undefined ? "" : hostUrl(site.name, host.name) },
    check: { text: checkTitle(snapshot, heal.check), url: known ? checkUrl(heal.check) : "" },
    before: heal.before,
    after: heal.after,
    outcome: outcomeText(heal),
    success: heal.outcome !== "healed" ? "none" : isNotReloaded(heal) ? "part" : "whole",
    detail: detailOf(heal),
    changes: observedChanges(heal.observedBefore, heal.observedAfter),
    runbook: runbookText(snapshot, heal),
    bundle: heal.bundle,
    failBundle: heal.failBundle,
  };
}

function detailOf(heal: HealView): string | null {
  if (heal.errorClass !== null) return textFor(ERROR_CLASSES, heal.errorClass);
  if (heal.skipped.length > 0) return leftOutText(heal);
  return null;
}

function runbookText(snapshot: Snapshot, heal: HealView): string {
  if (heal.runbook === null) return "none: a person was told";
  const rule = snapshot.checks.find((check) => check.rule?.runbook === heal.runbook)?.rule;
  return rule?.runbookTitle ?? heal.runbook;
}
