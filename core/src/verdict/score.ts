import type { Verdict } from "../evidence/statement.ts";

/** Counts of verdicts and what they come to. Not applicable is left out of `total` and `value`. */
export interface Score {
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly unknown: number;
  readonly notApplicable: number;
  /** pass + fail + error + unknown. */
  readonly total: number;
  /** pass / total, from 0 to 1; null when there is nothing to judge: nothing is no 100 %. */
  readonly value: number | null;
}

/** The score of verdicts, in any order: pass / (pass + fail + error + unknown). */
export function scoreOf(verdicts: Iterable<Verdict>): Score {
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, error: 0, not_applicable: 0, unknown: 0 };
  for (const verdict of verdicts) counts[verdict] += 1;
  const { pass, fail, error, unknown, not_applicable: notApplicable } = counts;
  const total = pass + fail + error + unknown;
  return { pass, fail, error, unknown, notApplicable, total, value: total === 0 ? null : pass / total };
}
