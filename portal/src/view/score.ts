import { type ControlCounts, controlsLookedAt, type Score, type Verdict } from "@compline/core";
import { VERDICT_ORDER, VERDICTS } from "../content/texts.ts";

/** One part of a verdict bar. */
export interface BarPart {
  readonly verdict: Verdict;
  readonly word: string;
  readonly count: number;
  /** Start and width in thousandths of the bar. */
  readonly start: number;
  readonly width: number;
}

/** A score as whole per cent, rounded down so that only a full score reads 100; null stays "no data". */
export function scoreText(score: Score): string {
  if (score.value === null) return "no data";
  return score.value > 0 && score.value < 0.01 ? "under 1 %" : `${Math.floor(score.value * 100)} %`;
}

/** The fraction that stands beside every score. */
export function fractionText(score: Score): string {
  if (score.total > 0) return `${score.pass} of ${score.total} pass`;
  if (score.notApplicable === 0) return "nothing has been looked at";
  return `applies nowhere: ${plural(score.notApplicable, "result")}, all not applicable`;
}

/** The sentence that leads every page with a score. */
export function coverageText(controls: ControlCounts, framework: string): string {
  return `${controlsLookedAt(controls)} of ${controls.total} controls of ${framework} are looked at by this product`;
}

/** Up to so many frameworks each has a line of its own where coverage is said beside something else. */
export const FEW_FRAMEWORKS = 3;

/** How many results of a score have a verdict. */
export function countOf(score: Score, verdict: Verdict): number {
  return verdict === "not_applicable" ? score.notApplicable : score[verdict];
}

/** The parts of a verdict bar that are not empty, worst first. Not applicable takes no room: it is not in the score. */
export function barParts(score: Score): readonly BarPart[] {
  const parts: BarPart[] = [];
  let start = 0;
  for (const verdict of VERDICT_ORDER) {
    const count = verdict === "not_applicable" ? 0 : countOf(score, verdict);
    if (count === 0) continue;
    const width = Math.round((count / score.total) * 1000);
    parts.push({ verdict, word: VERDICTS[verdict].word, count, start, width: Math.min(width, 1000 - start) });
    start += width;
  }
  return parts;
}

/** "1 check", "2 checks". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
