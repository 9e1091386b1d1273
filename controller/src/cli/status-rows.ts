import { describeHold, type HealView, type ResultView, type SiteState } from "@compline/core";
import { hostName } from "./status-lines.ts";

/** Of so many rows that are not healed for one reason, the reason is said once. */
const sharedFrom = 3;

/** A line for each host-check, below its reason where many share that. */
export function resultLines(
  site: Pick<SiteState, "hosts">,
  results: readonly ResultView[],
): readonly string[] {
  const byReason = Map.groupBy(results, ({ held }) =>
    held === null ? null : `${describeHold(held, (at) => at)}, says the appliance`,
  );
  return [...byReason].flatMap(([reason, own]) => {
    const rows = own.map((result) => describeResult(site, result));
    if (reason === null) return rows;
    if (rows.length < sharedFrom) return rows.map((row) => `${row}. ${reason}`);
    return [`${reason} (${rows.length}):`, ...rows.map((row) => `  ${row}`)];
  });
}

function describeResult(
  site: Pick<SiteState, "hosts">,
  { host, check, verdict, reason, since, confirmedAt }: ResultView,
): string {
  const last = verdict === "unknown" && confirmedAt !== null ? `, last known ${confirmedAt}` : "";
  const cause = reason === null ? "" : ` (${reason}${last})`;
  return `${verdict.padEnd(14)} ${check} on ${hostName(site, host)}${cause}${since === null ? "" : `, since ${since}`}`;
}

/** What a heal did, and whether the service was told of it. */
export function describeHeal(
  site: Pick<SiteState, "hosts">,
  { host, check, outcome, runbook, before, after, endedAt, skipped }: HealView,
): string {
  const reload = skipped.some((step) => step.startsWith("reload:")) ? "; configured, not reloaded" : "";
  return `${outcome.padEnd(14)} ${check} on ${hostName(site, host)}: ${before} -> ${after ?? "not looked at again"}, ${runbook ?? "a person is told"}, ${endedAt}${reload}`;
}
