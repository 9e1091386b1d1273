import type { ControlView } from "@compline/core";
import type { ControlRow, FamilyPart } from "../view/framework.ts";
import { fractionText, plural } from "../view/score.ts";
import { notLookedText } from "../view/framework.ts";
import { evidenceTable } from "./evidence.ts";
import { type Html, html } from "./html.ts";
import { stateMark } from "./states.ts";

/** The controls of a family in their order: what each asks, what was looked at, and what it showed. */
export function familySection({ title, anchor, rows }: FamilyPart, zone: string): Html {
  const looked = rows.filter((row) => row.evidence.length > 0).length;
  return html`<section class="family" aria-labelledby="${anchor}"><h2 id="${anchor}">${title}</h2><p class="quiet">${plural(rows.length, "control")}, ${looked} looked at here.</p>${rows.map((row) => (row.evidence.length > 0 ? lookedAt(row, zone) : notLookedAt(row)))}</section>`;
}

function lookedAt(row: ControlRow, zone: string): Html {
  const { control, anchor, asks, state, score, hosts, evidence } = row;
  const note = control.note === null ? null : html`<p class="note">${control.note}</p>`;
  const checks = plural(evidence.length, "check");
  return html`<article class="control is-${state}" aria-labelledby="${anchor}"><h3 id="${anchor}"><code>${control.id}</code> ${control.title}</h3><p class="line">${stateMark(state)} <b>${fractionText(score)}</b>, ${score.fail} fail, ${score.error} error, ${score.unknown} unknown: ${checks} on ${plural(hosts, "host")}. <span class="quiet">${asks} · <a href="${row.libraryUrl}">${sharingText(row.sharing)}<span class="hide">: ${control.id}</span></a></span></p>${note}${evidenceTable(evidence, { caption: `What was looked at for ${control.id}`, zone })}</article>`;
}

function sharingText(count: number): string {
  return count === 0 ? "In the library" : `Shares evidence with ${plural(count, "other control")}`;
}

/** What nothing looks at anywhere reads the same at every site: it is made once for a control without checks. */
const unseen = new WeakMap<ControlView, Html>();

function notLookedAt(row: ControlRow): Html {
  const known = row.control.checks.length === 0 ? unseen.get(row.control) : undefined;
  if (known !== undefined) return known;
  const { control, anchor, asks, state } = row;
  const note = control.note === null ? null : html`<p class="note">${control.note}</p>`;
  const made = html`<article class="control unseen" aria-labelledby="${anchor}"><h3 id="${anchor}"><code>${control.id}</code> ${control.title}</h3><p class="line"><span class="quiet">${stateMark(state)}: ${notLookedText(control)} ${asks}.</span></p>${note}</article>`;
  if (control.checks.length === 0) unseen.set(control, made);
  return made;
}
