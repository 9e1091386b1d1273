import type { Verdict } from "@compline/core";
import { VERDICTS } from "../content/texts.ts";
import { groupByVerdict, type ResultRow } from "../view/results.ts";
import { type Html, html } from "./html.ts";
import { linkTo, observedList, proofLink, timeOf } from "./parts.ts";
import { verdictMark } from "./verdict.ts";

/** A column that is left out where it would say the same in every row, or where another place says it. */
export type Column = "check" | "host" | "next" | "site" | "expected";

/** How a table of results is made. */
export interface ResultsOptions {
  readonly rows: readonly ResultRow[];
  readonly zone: string;
  readonly caption: string;
  readonly without?: readonly Column[];
}

/** Results as a table. */
export function resultsTable({ rows, zone, caption, without = [] }: ResultsOptions): Html {
  const shown = { without: new Set(without), zone };
  return html`<table><caption>${caption}</caption><thead>${headOf(shown)}</thead><tbody>${rows.map((row) => rowOf(row, shown))}</tbody></table>`;
}

/** Results in a section for each verdict, worst first. */
export function resultsByVerdict({ rows, zone, without }: Omit<Required<ResultsOptions>, "caption">): Html {
  if (rows.length === 0) return html`<p>No result yet.</p>`;
  const sections = groupByVerdict(rows).map(({ verdict, rows: group }) => {
    const { word, meaning } = VERDICTS[verdict];
    const caption = `Results with verdict ${word.toLowerCase()}`;
    const table = resultsTable({ rows: group, zone, caption, without: [...without, ...NEEDLESS[verdict]] });
    return html`<section aria-labelledby="${verdict}"><h2 id="${verdict}">${word}: ${group.length}</h2><p class="quiet">${meaning}.</p>${table}</section>`;
  });
  return html`${sections}`;
}

/** What passes or does not apply needs nobody: the next run looks again. */
const NEEDLESS: Readonly<Record<Verdict, readonly Column[]>> = {
  pass: ["next", "expected"],
  not_applicable: ["next", "expected"],
  fail: [],
  error: [],
  unknown: [],
};

interface Shown {
  readonly without: ReadonlySet<Column>;
  readonly zone: string;
}

const COLUMNS = { check: "Check", site: "Site", host: "Host" } as const;

function headOf({ without }: Shown): Html {
  const named = (["check", "site", "host"] as const)
    .filter((column) => !without.has(column))
    .map((column) => html`<th scope="col">${COLUMNS[column]}</th>`);
  const observed = without.has("expected") ? "Observed" : "Observed against expected";
  const next = without.has("next") ? null : html`<th scope="col">What next</th>`;
  return html`<tr><th scope="col">Verdict</th>${named}<th scope="col">${observed}</th><th scope="col">Since</th>${next}<th scope="col">Proof</th></tr>`;
}

function rowOf(row: ResultRow, { without, zone }: Shown): Html {
  const check = without.has("check")
    ? null
    : html`<th scope="row" data-label="Check">${linkTo(row.check)}<span class="sub">${row.severity} severity</span></th>`;
  const site = without.has("site") ? null : html`<td data-label="Site">${linkTo(row.site)}</td>`;
  const host = without.has("host") ? null : html`<td data-label="Host">${linkTo(row.host)}</td>`;
  const next = without.has("next") ? null : html`<td data-label="What next">${row.next}</td>`;
  const since = row.sinceWords === null ? null : html`<span>${row.sinceWords}</span>`;
  return html`<tr><td data-label="Verdict">${verdictMark(row.verdict)}</td>${check}${site}${host}<td data-label="Observed">${observedCell(row, without)}</td><td data-label="Since">${since}<span class="sub">${timeOf(row.since, zone)}</span></td>${next}<td data-label="Proof">${proofLink(row.bundle, `${row.check.text} on ${row.host.text}`)}</td></tr>`;
}

function observedCell(row: ResultRow, without: ReadonlySet<Column>): Html {
  const seen =
    row.reason === null
      ? observedList(row.observed)
      : html`<span>${row.reason} <code class="code">${row.reasonCode}</code></span>`;
  const expected =
    without.has("expected") || row.expected === null
      ? null
      : html`<span class="sub">Expected: ${row.expected}</span>`;
  const held = !without.has("next") || row.held === null ? null : html`<span class="sub">${row.held}</span>`;
  return html`${seen}${expected}${held}`;
}
