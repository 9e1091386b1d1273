import type { Verdict } from "@compline/core";
import { VERDICTS } from "../content/texts.ts";
import { type Html, html } from "./html.ts";

const FIGURES: Readonly<Record<Verdict, Html>> = {
  pass: html`<circle cx="6" cy="6" r="5" fill="currentColor"/>`,
  fail: html`<path d="M6 .6 11.6 11H.4z" fill="currentColor"/>`,
  error: html`<path d="M6 .2 11.8 6 6 11.8.2 6z" fill="currentColor"/>`,
  unknown: html`<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
  not_applicable: html`<path d="M1 6h10" fill="none" stroke="currentColor" stroke-width="2"/>`,
};

const SHAPES = made(
  (verdict) => html`<svg class="shape" viewBox="0 0 12 12" aria-hidden="true">${FIGURES[verdict]}</svg>`,
);

const MARKS = made(
  (verdict) => html`<span class="verdict v-${verdict}">${SHAPES[verdict]}${VERDICTS[verdict].word}</span>`,
);

/** The shape of a verdict: what tells it apart in greyscale. */
export const shape = (verdict: Verdict): Html => SHAPES[verdict];

/** A verdict as it stands in tables: shape and word. */
export const verdictMark = (verdict: Verdict): Html => MARKS[verdict];

function made(make: (verdict: Verdict) => Html): Readonly<Record<Verdict, Html>> {
  return {
    pass: make("pass"),
    fail: make("fail"),
    error: make("error"),
    unknown: make("unknown"),
    not_applicable: make("not_applicable"),
  };
}
