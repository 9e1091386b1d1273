import type { CheckView, Snapshot } from "@compline/core";
import { scoreOf, type Score } from "@compline/core";
import { SEVERITIES, VERDICT_ORDER } from "../content/texts.ts";
import { type DrillRow, drillsOfCheck } from "./drills.ts";
import { type HealRow, healRows } from "./heals.ts";
import { checkNamed } from "./lookup.ts";
import { type Link, type ResultRow, resultRows } from "./results.ts";
import { libraryControlUrl } from "./urls.ts";

/** The page of one check. */
export interface CheckPage {
  readonly check: CheckView;
  readonly severity: string;
  readonly score: Score;
  readonly rows: readonly ResultRow[];
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

/** The page of the check with this name. */
export function checkPage(snapshot: Snapshot, name: string | undefined): CheckPage {
  const check = checkNamed(snapshot, name);
  const rows = snapshot.sites
    .flatMap((site) => resultRows(snapshot, site, (result) => result.check === check.name))
    .toSorted((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict));
  return {
    check,
    severity: SEVERITIES[check.severity]?.word ?? check.severity,
    score: scoreOf(rows.map((row) => row.verdict)),
    rows,
    heals: snapshot.sites.flatMap((site) => healRows(snapshot, site, (heal) => heal.check === check.name)),
    drills: drillsOfCheck(snapshot, check.name),
    controls: check.controls.map((control) => servedControl(snapshot, control)),
  };
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
