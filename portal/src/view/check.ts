import type { CheckView, Snapshot, Verdict } from "@compline/core";
import { type Score, sumOfScores } from "@compline/core";
import { SEVERITIES, VERDICT_ORDER } from "../content/texts.ts";
import { type DrillRow, drillsOfCheck } from "./drills.ts";
import type { FleetEntry } from "./fleet-entry.ts";
import type { HealRow } from "./heals.ts";
import { checkNamed } from "./lookup.ts";
import type { Link, ResultRow } from "./results.ts";
import { countOf } from "./score.ts";
import { libraryControlUrl, resultsUrl } from "./urls.ts";

/** How many rows the page of a check shows itself: a thousand sites may fail it. */
const SHOWN = { rows: 100, heals: 20 };

/** The page of one check. */
export interface CheckPage {
  readonly check: CheckView;
  readonly severity: string;
  readonly score: Score;
  /** Hosts on which it fails or could not look; not all of them when they are very many. */
  readonly rows: readonly ResultRow[];
  /** What it came to, worst first, and at which sites. */
  readonly verdicts: readonly VerdictPlaces[];
  readonly heals: readonly HealRow[];
  /** What drills in the lab showed of it. */
  readonly drills: readonly DrillRow[];
  /** What it serves, each with its place in the library. */
  readonly controls: readonly {
    readonly framework: string;
    readonly id: string;
    readonly link: Link;
  }[];
}

/** Where a check has one verdict. */
export interface VerdictPlaces {
  readonly verdict: Verdict;
  readonly count: number;
  readonly sites: readonly { readonly link: Link; readonly hosts: number }[];
}

/** The page of the check with this name. */
export function checkPage(
  snapshot: Snapshot,
  fleet: readonly FleetEntry[],
  name: string | undefined,
): CheckPage {
  const check = checkNamed(snapshot, name);
  const own = fleet.flatMap(({ checks }) => checks[check.name] ?? []);
  const score = sumOfScores(own.map((one) => one.score));
  return {
    check,
    severity: SEVERITIES[check.severity]?.word ?? check.severity,
    score,
    rows: own
      .flatMap(({ rows }) => rows)
      .toSorted((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict))
      .slice(0, SHOWN.rows),
    verdicts: VERDICT_ORDER.map((verdict) => ({
      verdict,
      count: countOf(score, verdict),
      sites: placesOf(fleet, { check: check.name, verdict }),
    })).filter(({ count }) => count > 0),
    heals: own.flatMap(({ heals }) => heals).slice(0, SHOWN.heals),
    drills: drillsOfCheck(snapshot, check.name),
    controls: check.controls.map((control) => servedControl(snapshot, control)),
  };
}

function placesOf(
  fleet: readonly FleetEntry[],
  { check, verdict }: { readonly check: string; readonly verdict: Verdict },
): VerdictPlaces["sites"] {
  return fleet.flatMap(({ name, link, checks }) => {
    const at = checks[check];
    const hosts = at === undefined ? 0 : countOf(at.score, verdict);
    return hosts === 0 ? [] : [{ link: { text: link.text, url: resultsUrl(name, verdict) }, hosts }];
  });
}

function servedControl(
  snapshot: Snapshot,
  served: { readonly framework: string; readonly id: string },
): CheckPage["controls"][number] {
  const framework = snapshot.frameworks.find(({ id }) => id === served.framework);
  const control = framework?.families.flatMap(({ controls }) => controls).find(({ id }) => id === served.id);
  if (framework === undefined || control === undefined)
    return { ...served, link: { text: served.id, url: "" } };
  const link = { text: control.title, url: libraryControlUrl(framework, control.id) };
  return { framework: framework.title, id: control.id, link };
}
