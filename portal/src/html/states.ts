import type { ControlState } from "@compline/core";
import { STATES } from "../content/texts.ts";
import { type Html, html } from "./html.ts";
import { verdictMark } from "./verdict.ts";

/** What a control comes to: a verdict's mark, or in words why there is none. */
export function stateMark(state: ControlState): Html {
  if (state !== "attested" && state !== "not_assessed") return verdictMark(state);
  return html`<span class="none">${STATES[state].word}</span>`;
}
