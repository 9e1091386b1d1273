import { controlsLookedAt, type Score, type SiteView, type Snapshot } from "@compline/core";
import { isSilent } from "./appliance.ts";
import { isStopped, type Link, resultRows } from "./results.ts";
import { FEW_FRAMEWORKS, plural } from "./score.ts";
import { frameworkUrl, resultsUrl, siteUrl } from "./urls.ts";
import { frameworksOf, statusAt } from "./lookup.ts";

/** One thing at a site that somebody should look at. */
interface Concern {
  readonly text: string;
  readonly url: string;
  /** Lower comes first. */
  readonly rank: number;
}

/** One site in the list of all sites. */
export interface FleetRow {
  readonly link: Link;
  readonly name: string;
  readonly hosts: number;
  readonly score: Score;
  readonly resultsUrl: string;
  readonly coverage: readonly Link[];
  readonly healing: string;
  readonly lastSeenAt: string | null;
  readonly concerns: readonly Concern[];
}

/** The fleet page. */
export interface FleetPage {
  readonly needing: readonly FleetRow[];
  readonly rows: readonly FleetRow[];
  readonly answer: string;
}

/** All sites: those that need somebody first. */
export function fleetPage(fleet: readonly { readonly row: FleetRow }[]): FleetPage {
  const rows = fleet.map(({ row }) => row).toSorted(byNeed);
  const needing = rows.filter((row) => row.concerns.length > 0);
  return { rows, needing, answer: answerText(rows.length, needing.length) };
}

function answerText(all: number, needing: number): string {
  if (all === 0) return "No site is declared yet.";
  if (needing === 0) return `None of ${plural(all, "site")} needs you now.`;
  return `${needing} of ${plural(all, "site")} ${needing === 1 ? "needs" : "need"} you now.`;
}

/** A site as the list of all sites has it. */
export function fleetRow(snapshot: Snapshot, site: SiteView): FleetRow {
  const seen = site.appliances.map((appliance) => appliance.lastSeenAt).filter((at) => at !== null);
  return {
    link: { text: site.displayName, url: siteUrl(site.name) },
    name: site.name,
    hosts: site.hosts.length,
    score: site.score,
    resultsUrl: resultsUrl(site.name),
    coverage: shortCoverage(snapshot, site),
    healing: isStopped(snapshot, site) ? "stopped" : site.healing.mode,
    lastSeenAt: seen.toSorted().at(0) ?? null,
    concerns: concernsOf(snapshot, site).toSorted((a, b) => a.rank - b.rank),
  };
}

/** A line for each framework, or one for all of many: with ten a row would be a page. */
function shortCoverage(snapshot: Snapshot, site: SiteView): readonly Link[] {
  const frameworks = frameworksOf(snapshot, site);
  if (frameworks.length > FEW_FRAMEWORKS) {
    const { controls } = site;
    const text = `${controlsLookedAt(controls)} of ${controls.total}, ${frameworks.length} frameworks`;
    return [{ text, url: `${siteUrl(site.name)}#state` }];
  }
  return frameworks.map((framework) => {
    const { controls } = statusAt(site, framework);
    const text = `${controlsLookedAt(controls)} of ${controls.total}, ${framework.title}`;
    return { text, url: frameworkUrl(site.name, framework.id) };
  });
}

function concernsOf(snapshot: Snapshot, site: SiteView): readonly Concern[] {
  return [
    ...failing(snapshot, site),
    ...appliances(snapshot, site),
    ...chains(site),
    ...(site.healing.killSwitch?.engaged === true
      ? [{ rank: 3, text: "the kill switch is on", url: siteUrl(site.name) }]
      : []),
    ...count(site.score.unknown, 5, `unknown`, resultsUrl(site.name, "unknown")),
    ...count(site.score.error, 6, `could not be looked at`, resultsUrl(site.name, "error")),
  ];
}

function failing(snapshot: Snapshot, site: SiteView): readonly Concern[] {
  const rows = resultRows(snapshot, site, ({ verdict }) => verdict === "fail");
  const grave = rows.filter((row) => row.severityRank <= 1).length;
  const url = resultsUrl(site.name, "fail");
  return [
    ...count(grave, 0, "failing of high severity", url),
    ...count(rows.length - grave, 4, "failing of lower severity", url),
  ];
}

function appliances(snapshot: Snapshot, site: SiteView): readonly Concern[] {
  const url = `${siteUrl(site.name)}#appliances`;
  return site.appliances.flatMap((appliance) => {
    if (!appliance.enrolled)
      return [{ rank: 7, text: `appliance ${appliance.name} is declared, not enrolled`, url }];
    if (appliance.state === "behind")
      return [{ rank: 3, text: `appliance ${appliance.name} does not take its assignment`, url }];
    return isSilent(appliance) ? [{ rank: 1, text: `appliance ${appliance.name} is silent`, url }] : [];
  });
}

function chains(site: SiteView): readonly Concern[] {
  const url = `${siteUrl(site.name)}#appliances`;
  return site.appliances.flatMap(({ name, chain }) => {
    if (chain === null || chain.gaps + chain.forks === 0) return [];
    return [{ rank: 2, text: `the evidence chain of ${name} has a gap or a fork`, url }];
  });
}

function count(of: number, rank: number, what: string, url: string): readonly Concern[] {
  return of === 0 ? [] : [{ rank, text: `${of} ${what}`, url }];
}

function byNeed(a: FleetRow, b: FleetRow): number {
  const rankOf = (row: FleetRow): number => row.concerns.at(0)?.rank ?? 99;
  return (
    rankOf(a) - rankOf(b) ||
    b.score.fail - a.score.fail ||
    b.score.unknown - a.score.unknown ||
    a.name.localeCompare(b.name, "en")
  );
}
