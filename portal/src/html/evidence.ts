import type { CheckEvidence, EvidenceGroup } from "../view/evidence.ts";
import type { PlacedEvidence } from "../view/framework.ts";
import type { Link } from "../view/results.ts";
import { plural } from "../view/score.ts";
import { bundleUrl, checkUrl } from "../view/urls.ts";
import { type Html, html } from "./html.ts";
import { linksOf, linkTo, observedList, spanText } from "./parts.ts";
import { verdictMark } from "./verdict.ts";

/** Evidence of several checks as one table: a body for each check, a row for each group of hosts. */
export function evidenceTable(
  placed: readonly PlacedEvidence[],
  { caption, zone }: { readonly caption: string; readonly zone: string },
): Html {
  const bodies = placed.map(({ evidence, at }) =>
    at === null ? bodyOf(evidence, zone) : referenceTo(evidence, at),
  );
  return html`<table class="evidence"><caption>${caption}</caption><thead>${HEAD}</thead>${bodies}</table>`;
}

/** A check that an earlier control has in full: what it came to, who does not pass, and where the rest is. */
function referenceTo({ check, groups }: CheckEvidence, at: Link): Html {
  const verdicts = [...Map.groupBy(groups, ({ verdict }) => verdict)].map(([verdict, same]) => {
    const hosts = same.flatMap((group) => group.hosts);
    const named = verdict === "pass" ? html`${plural(hosts.length, "host")}` : linksOf(hosts);
    return html`<li>${verdictMark(verdict)} ${named}</li>`;
  });
  return html`<tbody><tr class="of"><th scope="rowgroup" colspan="6"><a href="${checkUrl(check.name)}">${check.title}</a><span class="sub">Evidence in full at ${linkTo(at)}.</span><ul class="plain sub">${verdicts}</ul></th></tr></tbody>`;
}

// What a cell is called on a narrow screen stands in the style sheet: it would be a fifth of the page.
const HEAD = html`<tr><th scope="col">Verdict</th><th scope="col">Hosts</th><th scope="col">Observed</th><th scope="col">So since</th><th scope="col">Last known so</th><th scope="col">Proof</th></tr>`;

/** Many controls have the same check, and its hosts see the same zone: what is made once is kept with it. */
const bodies = new WeakMap<CheckEvidence, Html>();

function bodyOf(evidence: CheckEvidence, zone: string): Html {
  const known = bodies.get(evidence);
  if (known !== undefined) return known;
  const { check, groups } = evidence;
  const made = html`<tbody><tr class="of"><th scope="rowgroup" colspan="6"><a href="${checkUrl(check.name)}">${check.title}</a><span class="sub">Looks at ${check.looksAt}. Must hold: ${check.expected}.</span></th></tr>${groups.map((group) => html`<tr><td>${verdictMark(group.verdict)}</td>${cellsOf(group, zone)}</tr>`)}</tbody>`;
  bodies.set(evidence, made);
  return made;
}

/** Groups of hosts of one verdict, by check: a row for each. */
export function groupsTable(
  evidence: readonly CheckEvidence[],
  {
    verdict,
    caption,
    zone,
  }: Pick<EvidenceGroup, "verdict"> & { readonly caption: string; readonly zone: string },
): Html {
  const rows = evidence.flatMap(({ check, groups }) =>
    groups
      .filter((group) => group.verdict === verdict)
      .map(
        (group) =>
          html`<tr><th scope="row"><a href="${checkUrl(check.name)}">${check.title}</a></th>${cellsOf(group, zone)}</tr>`,
      ),
  );
  return html`<table class="evidence by-check"><caption>${caption}</caption><thead>${GROUPS_HEAD}</thead><tbody>${rows}</tbody></table>`;
}

const GROUPS_HEAD = html`<tr><th scope="col">Check</th><th scope="col">Hosts</th><th scope="col">Observed</th><th scope="col">So since</th><th scope="col">Last known so</th><th scope="col">Proof</th></tr>`;

function cellsOf(group: EvidenceGroup, zone: string): Html {
  const seen = group.reason === null ? observedList(group.observed) : html`<span>${group.reason}</span>`;
  const next = group.next === null ? null : html`<span class="sub">Next: ${group.next}</span>`;
  // The row and its table say whose bundle it is.
  const proof =
    group.bundle === null
      ? html`<span class="none">none</span>`
      : html`<a href="${bundleUrl(group.bundle)}">Signed bundle</a>`;
  return html`<td><span>${linksOf(group.named)}</span></td><td>${seen}${next}</td><td><span>${spanText(group.since, zone)}</span></td><td><span>${spanText(group.confirmed, zone)}</span></td><td>${proof}</td>`;
}
