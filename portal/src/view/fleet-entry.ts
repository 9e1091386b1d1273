import { type Score, scoreOf, type SiteView, type Snapshot } from "@compline/core";
import { type FleetRow, fleetRow } from "./fleet.ts";
import { type HealRow, healRows } from "./heals.ts";
import { type Link, type ResultRow, resultRows } from "./results.ts";
import { siteUrl } from "./urls.ts";

/** How much of a check at one site the check's page can show: what is left out is on the site's pages. */
const KEPT = { rows: 5, heals: 3 };

/** What the pages about all sites tell of one site: little enough to keep that of a thousand sites. */
export interface FleetEntry {
  readonly name: string;
  readonly zone: string;
  readonly link: Link;
  /** The ids of its frameworks. */
  readonly frameworks: readonly string[];
  readonly row: FleetRow;
  /** By the check's name. */
  readonly checks: Readonly<Record<string, CheckAtSite>>;
}

/** What one check came to at one site. */
export interface CheckAtSite {
  readonly score: Score;
  /** Hosts on which it fails or could not look, the first few. */
  readonly rows: readonly ResultRow[];
  /** The newest few. */
  readonly heals: readonly HealRow[];
}

/** What the pages about all sites tell of this one. */
export function fleetEntry(snapshot: Snapshot, site: SiteView): FleetEntry {
  return {
    name: site.name,
    zone: site.timeZone,
    link: { text: site.displayName, url: siteUrl(site.name) },
    frameworks: site.frameworks,
    row: fleetRow(snapshot, site),
    checks: checksAt(snapshot, site),
  };
}

function checksAt(snapshot: Snapshot, site: SiteView): FleetEntry["checks"] {
  const results = Map.groupBy(site.results, ({ check }) => check);
  const wrong = resultRows(snapshot, site, ({ verdict }) => verdict === "fail" || verdict === "error");
  const rows = Map.groupBy(wrong, ({ checkName }) => checkName);
  return Object.fromEntries(
    [...results].map(([check, of]): [string, CheckAtSite] => [
      check,
      {
        score: scoreOf(of.map(({ verdict }) => verdict)),
        rows: (rows.get(check) ?? []).slice(0, KEPT.rows),
        heals: healRows(snapshot, site, (heal) => heal.check === check).slice(0, KEPT.heals),
      },
    ]),
  );
}
