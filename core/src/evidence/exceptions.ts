import type { ExceptionCode } from "./codes.ts";
import { pairKey } from "./state.ts";
import type { Instant, Observation, ObservationResult } from "./statement.ts";
import type { TrustFile } from "./trust.ts";

type Exception = TrustFile["exceptions"][number];

/**
 * Judges the exceptions that the rows of a bundle name, at the end of its window: once for each name and fault.
 * Answers how many rows name one. FORMAT.md section 5.4.
 */
export function judgeExceptions(
  { site, window, results }: Pick<Observation, "site" | "window" | "results">,
  exceptions: readonly Exception[],
  tell: (code: ExceptionCode, message: string) => void,
): number {
  const rows = results.filter(({ exception }) => exception !== null);
  for (const [name, ofName] of Map.groupBy(rows, ({ exception }) => exception)) {
    const known = exceptions.filter((exception) => exception.name === name);
    const faults = Map.groupBy(ofName, (row) => faultOf(known, row, { site, at: window.end }));
    for (const [code, [first, ...more]] of faults) {
      if (code === null || first === undefined) continue;
      const others = more.length === 0 ? "" : ` and ${more.length} more`;
      tell(code, `exception ${name} for ${pairKey(first.host, first.check)}${others}`);
    }
  }
  return rows.length;
}

/** What is wrong with the best of the exceptions of a name, the first that applies; null when nothing is. */
function faultOf(
  known: readonly Exception[],
  { host, check }: ObservationResult,
  { site, at }: { readonly site: string; readonly at: Instant },
): ExceptionCode | null {
  if (known.length === 0) return "EXCEPTION_UNKNOWN";
  const here = known.filter(
    (one) => one.site === site && (one.host ?? host) === host && (one.check ?? check) === check,
  );
  if (here.length === 0) return "EXCEPTION_OTHER_SITE";
  const inForce = here.filter(({ notBefore, expires }) => notBefore <= at && at < expires);
  if (inForce.length === 0) return "EXCEPTION_EXPIRED";
  const approved = inForce.filter(({ approvedBy }) => approvedBy.length > 0);
  if (approved.length === 0) return "EXCEPTION_UNAPPROVED";
  const isByAnother = approved.some(({ approvedBy, requestedBy }) =>
    approvedBy.some((by) => by !== requestedBy),
  );
  return isByAnother ? null : "EXCEPTION_SELF_APPROVED";
}
