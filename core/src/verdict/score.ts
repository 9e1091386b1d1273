import type { Verdict } from "../evidence/statement.ts";

/** Every verdict, worst first: what several come to is the first of these that any of them is. */
export const WORST_FIRST: readonly Verdict[] = ["fail", "error", "unknown", "pass", "not_applicable"];

/**
 * What host-checks (a check on a host) come to, in counts. This is the number that is called the score wherever one is
 * shown, always with its counts: of a host, a control, a framework, a site and a partner. Not applicable is left out.
 */
export interface Score {
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly unknown: number;
  readonly notApplicable: number;
  /** pass + fail + error + unknown: what a pass counts against. */
  readonly total: number;
  /** pass / total, from 0 to 1; null when nothing was judged, so pass, fail and error are 0: no data is no 0 %. */
  readonly value: number | null;
}

/** The score of verdicts, in any order. */
export function scoreOf(verdicts: Iterable<Verdict>): Score {
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, error: 0, not_applicable: 0, unknown: 0 };
  for (const verdict of verdicts) counts[verdict] += 1;
  return scoreOfCounts(counts);
}

/** The score of many host-checks, from how often each verdict is among them. */
export function scoreOfCounts(counts: Readonly<Record<Verdict, number>>): Score {
  const { pass, fail, error, unknown, not_applicable: notApplicable } = counts;
  const total = pass + fail + error + unknown;
  const value = pass + fail + error === 0 ? null : pass / total;
  return { pass, fail, error, unknown, notApplicable, total, value };
}

/** The score of all that some scores count; each host-check is to be in one of them only. */
export function sumOfScores(scores: Iterable<Score>): Score {
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, error: 0, not_applicable: 0, unknown: 0 };
  for (const { pass, fail, error, unknown, notApplicable } of scores) {
    counts.pass += pass;
    counts.fail += fail;
    counts.error += error;
    counts.unknown += unknown;
    counts.not_applicable += notApplicable;
  }
  return scoreOfCounts(counts);
}
