import { formatInstant } from "../view/time.ts";
import type { Span } from "../view/evidence.ts";
import type { ObservedValue } from "../view/observed.ts";
import type { Link } from "../view/results.ts";
import { bundleUrl } from "../view/urls.ts";
import { type Html, html } from "./html.ts";

/** An instant in a zone; null is "no data". */
export function timeOf(at: string | null, zone: string): Html {
  if (at === null) return html`<span class="none">no data</span>`;
  return html`<time datetime="${at}">${formatInstant(at, zone)}</time>`;
}

/** From the first of two instants to the last, or one where both read the same; plain, for tables with thousands of them. */
export function spanText({ from, to }: Span, zone: string): string {
  if (from === null || to === null) return "no data";
  const [first, last] = [formatInstant(from, zone), formatInstant(to, zone)];
  return first === last ? first : `${first} to ${last}`;
}

/** From the first of two instants to the last, marked up. */
export function spanOf(span: Span, zone: string): Html {
  const { from, to } = span;
  if (from === null || from === to) return timeOf(from, zone);
  return html`${timeOf(from, zone)} to ${timeOf(to, zone)}`;
}

/** A link, or its words where it leads nowhere. */
export function linkTo({ text, url }: Link): Html {
  return url === "" ? html`<span>${text}</span>` : html`<a href="${url}">${text}</a>`;
}

/** Links in a row, with commas between. */
export function linksOf(hosts: readonly Link[]): Html {
  return html`${hosts.map((host, at) => (at === 0 ? linkTo(host) : html`, ${linkTo(host)}`))}`;
}

/** What was recorded, as a list. */
export function observedList(values: readonly ObservedValue[]): Html {
  if (values.length === 0) return html`<span class="none">nothing observed</span>`;
  const items = values.map(({ name, value }) => html`<li>${name}: <b class="value">${value}</b></li>`);
  return html`<ul class="plain">${items}</ul>`;
}

/** The link to the bundle that proves a row; `of` tells a screen reader which one. */
export function proofLink(bundle: string | null, of: string): Html {
  if (bundle === null) return html`<span class="none">none</span>`;
  return html`<a href="${bundleUrl(bundle)}">Signed bundle<span class="hide"> for ${of}</span></a>`;
}
