import type { SiteView, Snapshot, Verdict } from "@compline/core";
import { VERDICT_ORDER, VERDICTS } from "../content/texts.ts";
import { evidenceOf } from "../view/evidence.ts";
import { resultRows } from "../view/results.ts";
import { groupsTable } from "./evidence.ts";
import { type Html, html } from "./html.ts";
import { resultsTable } from "./results.ts";

/** All results of a site in a section for each verdict: those that are wrong one by one, the others by what was seen. */
export function siteResults(snapshot: Snapshot, site: SiteView): Html {
  const counts = Map.groupBy(site.results, ({ verdict }) => verdict);
  if (counts.size === 0) return html`<p>No result yet.</p>`;
  const sections = VERDICT_ORDER.filter((verdict) => counts.has(verdict)).map((verdict) => {
    const { word, meaning } = VERDICTS[verdict];
    const count = counts.get(verdict)?.length ?? 0;
    return html`<section aria-labelledby="${verdict}"><h2 id="${verdict}">${word}: ${count}</h2><p class="quiet">${meaning}.</p>${tableOf(snapshot, site, verdict)}</section>`;
  });
  return html`${sections}`;
}

function tableOf(snapshot: Snapshot, site: SiteView, verdict: Verdict): Html {
  const caption = `Results with verdict ${VERDICTS[verdict].word.toLowerCase()}`;
  const zone = site.timeZone;
  if (verdict !== "fail" && verdict !== "error")
    return groupsTable([...evidenceOf(snapshot, site).values()], { verdict, caption, zone });
  const rows = resultRows(snapshot, site, (result) => result.verdict === verdict);
  return resultsTable({ rows, zone, caption, without: ["site", "next"] });
}
