import type { CheckView, SiteView, Snapshot, Verdict } from "@compline/core";
import { VERDICT_ORDER } from "../content/texts.ts";
import type { ObservedValue } from "./observed.ts";
import { type Link, type ResultRow, resultRows } from "./results.ts";
import { siteUrl } from "./urls.ts";

/** What one check came to at a site, as a working paper lists it. */
export interface CheckEvidence {
  readonly check: CheckView;
  readonly groups: readonly EvidenceGroup[];
}

/** Hosts on which one bundle says the same of a check. */
export interface EvidenceGroup {
  readonly verdict: Verdict;
  readonly hosts: readonly Link[];
  /** How the hosts are named: each, or all of the site in one. */
  readonly named: readonly Link[];
  readonly observed: readonly ObservedValue[];
  /** Why there is no pass or fail, in words; null for a pass or a fail. */
  readonly reason: string | null;
  /** What happens next, for what does not pass. */
  readonly next: string | null;
  readonly since: Span;
  /** When it was last known to be so. */
  readonly confirmed: Span;
  readonly bundle: string | null;
}

/** The earliest and the latest of some instants; null when none is known. */
export interface Span {
  readonly from: string | null;
  readonly to: string | null;
}

/** The evidence of every check that is meant for a host of the site, by the check's name. Worked out once for a site. */
export function evidenceOf(snapshot: Snapshot, site: SiteView): ReadonlyMap<string, CheckEvidence> {
  const known = evidenceOfSite.get(site);
  if (known !== undefined) return known;
  const made = makeEvidence(snapshot, site);
  evidenceOfSite.set(site, made);
  return made;
}

const evidenceOfSite = new WeakMap<SiteView, ReadonlyMap<string, CheckEvidence>>();

function makeEvidence(snapshot: Snapshot, site: SiteView): ReadonlyMap<string, CheckEvidence> {
  const rows = Map.groupBy(resultRows(snapshot, site), ({ checkName }) => checkName);
  const evidence = new Map<string, CheckEvidence>();
  for (const check of snapshot.checks) {
    const ofCheck = rows.get(check.name);
    if (ofCheck !== undefined) evidence.set(check.name, { check, groups: groupsOf(site, ofCheck) });
  }
  return evidence;
}

function groupsOf(site: SiteView, rows: readonly ResultRow[]): readonly EvidenceGroup[] {
  return [...Map.groupBy(rows, sameness).values()]
    .flatMap((group) => groupOf(site, group) ?? [])
    .toSorted((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict));
}

/** Two rows with the same text differ in nothing but host and times. */
function sameness({ verdict, reasonCode, observed, bundle, next }: ResultRow): string {
  return JSON.stringify([verdict, reasonCode, observed, bundle, next]);
}

function groupOf(site: SiteView, rows: readonly ResultRow[]): EvidenceGroup | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const { verdict, observed, reason, next, bundle } = first;
  const hosts = rows.map(({ host }) => host).toSorted(byName);
  const settled = verdict === "pass" || verdict === "not_applicable";
  return {
    verdict,
    hosts,
    named: namedHosts(site, hosts),
    observed,
    reason,
    next: settled ? null : next,
    since: spanOfInstants(rows.map((row) => row.since)),
    confirmed: spanOfInstants(rows.map((row) => row.confirmedAt)),
    bundle,
  };
}

/** From so many on, all hosts of a site are not named one by one. */
const MANY_HOSTS = 4;

/** Hosts by their names; all of a site's, when they are many, in one link to their list. */
export function namedHosts(site: SiteView, hosts: readonly Link[]): readonly Link[] {
  if (hosts.length < MANY_HOSTS || hosts.length < site.hosts.length) return hosts;
  return [{ text: `All ${hosts.length} hosts`, url: `${siteUrl(site.name)}#hosts` }];
}

/** "host-2" before "host-10". One collator: making one costs more than a thousand comparisons. */
const collator = new Intl.Collator("en", { numeric: true });
const byName = (a: Link, b: Link): number => collator.compare(a.text, b.text);

/** The span of those that are known. Instants are UTC with the same number of digits, so their text sorts. */
export function spanOfInstants(instants: readonly (string | null)[]): Span {
  const sorted = instants.filter((at) => at !== null).toSorted();
  return { from: sorted.at(0) ?? null, to: sorted.at(-1) ?? null };
}
