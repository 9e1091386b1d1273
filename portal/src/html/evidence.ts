import type { CheckEvidence, EvidenceGroup } from "../view/evidence.ts";
import { plural } from "../view/score.ts";
import { checkUrl } from "../view/urls.ts";
import { type Html, html } from "./html.ts";
import { linkTo, observedList, proofLink, spanOf } from "./parts.ts";
import { verdictMark } from "./verdict.ts";

/** Evidence of several checks as one table: a body for each check, a row for each group of hosts. */
export function evidenceTable(
  evidence: readonly CheckEvidence[],
  { caption, zone }: { readonly caption: string; readonly zone: string },
): Html {
  return html`<table class="evidence"><caption>${caption}</caption><thead>${HEAD}</thead>${evidence.map((one) => bodyOf(one, zone))}</table>`;
}

const HEAD = html`<tr><th scope="col">Verdict</th><th scope="col">Hosts</th><th scope="col">Observed</th><th scope="col">So since</th><th scope="col">Last known so</th><th scope="col">Proof</th></tr>`;

/** Many controls have the same check, and its hosts see the same zone: what is made once is kept with it. */
const bodies = new WeakMap<CheckEvidence, Html>();

function bodyOf(evidence: CheckEvidence, zone: string): Html {
  const known = bodies.get(evidence);
  if (known !== undefined) return known;
  const { check, groups } = evidence;
  const made = html`<tbody><tr class="of"><th scope="rowgroup" colspan="6"><a href="${checkUrl(check.name)}">${check.title}</a><span class="sub">Looks at ${check.looksAt}. Must hold: ${check.expected}.</span></th></tr>${groups.map((group) => rowOf(group, check.title, zone))}</tbody>`;
  bodies.set(evidence, made);
  return made;
}

function rowOf(group: EvidenceGroup, check: string, zone: string): Html {
  const hosts = group.hosts.map((host, at) => (at === 0 ? linkTo(host) : html`, ${linkTo(host)}`));
  const seen = group.reason === null ? observedList(group.observed) : html`<span>${group.reason}</span>`;
  const next = group.next === null ? null : html`<span class="sub">Next: ${group.next}</span>`;
  const of = `${check}, ${plural(group.hosts.length, "host")}`;
  return html`<tr><td data-label="Verdict">${verdictMark(group.verdict)}</td><td data-label="Hosts"><span>${hosts}</span></td><td data-label="Observed">${seen}${next}</td><td data-label="So since"><span>${spanOf(group.since, zone)}</span></td><td data-label="Last known so"><span>${spanOf(group.confirmed, zone)}</span></td><td data-label="Proof">${proofLink(group.bundle, of)}</td></tr>`;
}
