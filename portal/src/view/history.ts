import type { HistoryDay, Verdict } from "@compline/core";
import { VERDICT_ORDER } from "../content/texts.ts";
import { plural } from "./score.ts";
import { formatInstant } from "./time.ts";

/** The room of the chart, in units of its drawing. */
export const CHART = { width: 720, height: 120, leastDays: 30 };

/** One piece of a day's bar; it stands on the pieces before it. */
export interface HistoryBar {
  readonly verdict: Verdict;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A day in words and numbers. */
export interface HistoryRow extends HistoryDay {
  readonly name: string;
}

/** A site's history: in a sentence, as bars, and as the rows of a table. */
export interface HistoryView {
  readonly summary: string;
  /** Oldest first; empty while there is only one day. */
  readonly bars: readonly HistoryBar[];
  /** The most results of a day, for the scale. */
  readonly most: number;
  /** Newest first. */
  readonly rows: readonly HistoryRow[];
}

/** What is drawn: not applicable takes no room, it is not in the score. */
const DRAWN = VERDICT_ORDER.filter((verdict) => verdict !== "not_applicable");
/** What is there must be seen. */
const LEAST_HEIGHT = 2;

/** The history of a site as its page shows it. */
export function historyView(history: readonly HistoryDay[]): HistoryView {
  const most = Math.max(0, ...history.map(totalOf));
  const step = CHART.width / Math.max(history.length, CHART.leastDays);
  const bars =
    history.length < 2 || most === 0
      ? []
      : history.flatMap((day, at) => barsOf(day, at * step, { step, most }));
  const rows = history.map((day) => ({ ...day, name: dayName(day.day) })).toReversed();
  return { summary: summaryOf(history), bars, most, rows };
}

function totalOf(day: HistoryDay): number {
  return DRAWN.reduce((sum, verdict) => sum + day[verdict], 0);
}

interface Scale {
  readonly step: number;
  readonly most: number;
}

/** What fails stands at the bottom, where heights compare best. */
function barsOf(day: HistoryDay, x: number, { step, most }: Scale): readonly HistoryBar[] {
  let top = CHART.height;
  return DRAWN.flatMap((verdict) => {
    if (day[verdict] === 0) return [];
    const height = round(Math.max(LEAST_HEIGHT, (day[verdict] / most) * CHART.height));
    top = Math.max(0, round(top - height));
    return [{ verdict, x: round(x + step / 10), y: top, width: round(step * 0.8), height }];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function summaryOf(history: readonly HistoryDay[]): string {
  const [first] = history;
  if (first === undefined) return "Nothing has been signed here yet.";
  const span =
    history.length === 1
      ? `Since ${dayName(first.day)}, today,`
      : `In the ${history.length} days since ${dayName(first.day)}`;
  const began = history.reduce((sum, { beganToFail }) => sum + beganToFail, 0);
  const failing = history.filter(({ fail }) => fail > 0).length;
  const blind = history.filter(({ error, unknown }) => error + unknown > 0).length;
  return `${span} ${plural(began, "result")} began to fail. Of ${plural(history.length, "day")}, ${failing} ended with something failing and ${blind} with something that could not be told.`;
}

/** "23 Nov 2026". */
function dayName(day: string): string {
  const noon = formatInstant(`${day}T12:00:00.000Z`, "UTC");
  return noon.slice(0, noon.indexOf(","));
}
