import type { BundleResult } from "../view/bundle.ts";
import { type Html, html } from "./html.ts";
import { linksOf, linkTo, observedList, spanOf } from "./parts.ts";
import { verdictMark } from "./verdict.ts";

/** What a bundle says was seen, as a table. */
export function bundleResults(results: readonly BundleResult[], zone: string): Html {
  return html`<table><caption>Results in this bundle</caption><thead><tr><th scope="col">Verdict</th><th scope="col">Check</th><th scope="col">Hosts</th><th scope="col">Observed</th><th scope="col">Since</th></tr></thead><tbody>${results.map((row) => rowOf(row, zone))}</tbody></table>`;
}

function rowOf(row: BundleResult, zone: string): Html {
  const seen = row.reason === null ? observedList(row.observed) : html`<span>${row.reason}</span>`;
  return html`<tr><td data-label="Verdict">${verdictMark(row.verdict)}</td><th scope="row" data-label="Check">${linkTo(row.check)}</th><td data-label="Hosts"><span>${linksOf(row.hosts)}</span></td><td data-label="Observed">${seen}</td><td data-label="Since"><span>${spanOf(row.since, zone)}</span></td></tr>`;
}
