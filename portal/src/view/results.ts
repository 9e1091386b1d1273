import {
  type ApplianceView,
  describeHold,
  type ResultView,
  type SiteView,
  type Snapshot,
  type Verdict,
} from "@compline/core";
import { REASONS, SEVERITIES, textFor, VERDICT_ORDER } from "../content/texts.ts";
import { isSilent, whyText } from "./appliance.ts";
import { hostOf } from "./lookup.ts";
import { type ObservedValue, observedValues } from "./observed.ts";
import { between, formatInstant } from "./time.ts";
import { checkUrl, hostUrl, siteUrl } from "./urls.ts";

/** A link with its words. */
export interface Link {
  readonly text: string;
  readonly url: string;
}

/** One result as pages show it. */
export interface ResultRow {
  readonly verdict: Verdict;
  readonly check: Link;
  readonly checkName: string;
  readonly host: Link;
  readonly site: Link;
  readonly severity: string;
  readonly severityRank: number;
  /** Why there is no pass or fail, in words; null for a pass or a fail. */
  readonly reason: string | null;
  readonly reasonCode: string | null;
  readonly observed: readonly ObservedValue[];
  readonly expected: string | null;
  readonly since: string | null;
  /** How long it has been so, counted to the snapshot's time: "for 3 days". */
  readonly sinceWords: string | null;
  readonly confirmedAt: string | null;
  readonly bundle: string | null;
  /** Why the appliance says that it does not heal it now, in words; null when it says nothing. */
  readonly held: string | null;
  /** What happens next, in words. */
  readonly next: string;
}

/** The results of a site that `wanted` takes: worst verdict first, then severity, check and host. */
export function resultRows(
  snapshot: Snapshot,
  site: SiteView,
  wanted: (result: ResultView) => boolean = () => true,
): readonly ResultRow[] {
  return allRows(snapshot, site).flatMap(({ result, row }) => (wanted(result) ? [row] : []));
}

interface JudgedRow {
  readonly result: ResultView;
  readonly row: ResultRow;
}

/** Every page of a site shows some of its results: their rows are made and sorted once. */
const rowsOfSite = new WeakMap<SiteView, { readonly of: Snapshot; readonly rows: readonly JudgedRow[] }>();

function allRows(snapshot: Snapshot, site: SiteView): readonly JudgedRow[] {
  const known = rowsOfSite.get(site);
  if (known?.of === snapshot) return known.rows;
  const rows = site.results
    .map((result) => ({ result, row: rowOf(snapshot, site, result) }))
    .toSorted((a, b) => byUrgency(a.row, b.row));
  rowsOfSite.set(site, { of: snapshot, rows });
  return rows;
}

/** Results grouped by verdict, worst first, groups without results left out. */
export function groupByVerdict(
  rows: readonly ResultRow[],
): readonly { readonly verdict: Verdict; readonly rows: readonly ResultRow[] }[] {
  return VERDICT_ORDER.map((verdict) => ({
    verdict,
    rows: rows.filter((row) => row.verdict === verdict),
  })).filter((group) => group.rows.length > 0);
}

function rowOf(snapshot: Snapshot, site: SiteView, result: ResultView): ResultRow {
  const check = snapshot.checks.find(({ name }) => name === result.check);
  const host = hostOf(site, result.host);
  const severity = SEVERITIES[check?.severity ?? ""];
  return {
    verdict: result.verdict,
    check: { text: check?.title ?? result.check, url: check === undefined ? "" : checkUrl(check.name) },
    checkName: result.check,
    host: { text: host?.name ?? result.host, url: host === undefined ? "" : hostUrl(site.name, host.name) },
    site: { text: site.displayName, url: siteUrl(site.name) },
    severity: severity?.word ?? "no data",
    severityRank: severity?.rank ?? 9,
    reason: result.reason === null ? null : textFor(REASONS, result.reason),
    reasonCode: result.reason,
    observed: observedValues(result.observed),
    expected: check?.expected ?? null,
    since: result.since,
    sinceWords: result.since === null ? null : `for ${between(result.since, snapshot.asOf)}`,
    confirmedAt: result.confirmedAt,
    bundle: result.bundle,
    held: heldText(site, result),
    next: nextStep(snapshot, site, result),
  };
}

/** What the product will do about a result, and what it leaves to a person. */
function nextStep(snapshot: Snapshot, site: SiteView, result: ResultView): string {
  if (result.verdict === "pass" || result.verdict === "not_applicable")
    return "Looked at again at the next run";
  const appliance = site.appliances.find(({ name }) => name === hostOf(site, result.host)?.appliance);
  if (appliance !== undefined && isSilent(appliance))
    return `Appliance ${appliance.name} is silent: a person has to see why`;
  if (result.verdict !== "fail") return nextLook(result);
  return nextHeal(snapshot, site, { result, appliance });
}

function nextLook({ reason }: ResultView): string {
  if (reason === "NEVER_SEEN" || reason === "OLDER_CHECK") return "Known once the appliance has looked";
  if (reason === "GAP" || reason === "FORK") return "Known again with the appliance's next snapshot";
  return "A person has to see why it could not be looked at";
}

function nextHeal(
  snapshot: Snapshot,
  site: SiteView,
  { result, appliance }: { readonly result: ResultView; readonly appliance: ApplianceView | undefined },
): string {
  const rule = snapshot.checks.find(({ name }) => name === result.check)?.rule ?? null;
  if (rule === null) return "No rule heals this: a person has to act";
  if (isStopped(snapshot, site)) return "The kill switch is on: a person has to act";
  if (site.healing.mode === "off") return "Healing is off here: a person has to act";
  if (appliance?.healing?.mode === "off")
    return `The appliance does not heal, because of ${whyText(appliance)}`;
  const held = result.held?.code === "DRY_RUN" ? null : heldText(site, result);
  if (held !== null) return held;
  if (isPassedOn(site, result)) return "Healing was given up: a person has to act";
  if (site.healing.mode === "dry-run") return `Dry run: would run “${rule.runbookTitle}”`;
  return `The rule runs “${rule.runbookTitle}”`;
}

/** In the site's zone. Nobody signed it. */
function heldText({ timeZone }: SiteView, { held }: ResultView): string | null {
  if (held === null) return null;
  return `${describeHold(held, (at) => formatInstant(at, timeZone))} (says the appliance)`;
}

/** Whether the last thing that was done about this failure was to tell a person. */
function isPassedOn(site: SiteView, { host, check, since }: ResultView): boolean {
  const last = site.heals.find((heal) => heal.host === host && heal.check === check);
  return last?.outcome === "escalated" && since !== null && last.endedAt >= since;
}

/** Whether a kill switch stops healing at the site. */
export function isStopped(snapshot: Snapshot, site: SiteView): boolean {
  return site.healing.killSwitch?.engaged === true || snapshot.partner.killSwitch?.engaged === true;
}

/** Making one costs more than a thousand comparisons, and comparing by the locale's name makes one. */
const collator = new Intl.Collator("en", { numeric: true });

function byUrgency(a: ResultRow, b: ResultRow): number {
  return (
    VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict) ||
    a.severityRank - b.severityRank ||
    collator.compare(a.checkName, b.checkName) ||
    collator.compare(a.host.text, b.host.text)
  );
}
