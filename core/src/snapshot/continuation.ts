import { pairKey } from "../evidence/state.ts";
import { type Instant, isObservation, type Observation } from "../evidence/statement.ts";
import type { ChainRecord } from "./chain-record.ts";
import type { StoredBundle } from "./recorded-bundles.ts";
import { forEachRow } from "./recorded-rows.ts";

/** What was signed after a record's end tells of the time in between. */
export interface Continuation {
  /** Until then every row stood that is not in `except`. */
  readonly at: Instant;
  /** By `pairKey`. */
  readonly except: ReadonlySet<string>;
}

/**
 * What the next observation of a chain confirms of a record that ends before `at`. An appliance names every pair whose
 * verdict changed, or that was not looked at for longer than it is fresh, before it looks again (FORMAT.md, coverage).
 * So what the next observation does not name stood all the time, and what it names stood until its `since`. Null when
 * that bundle was not received, is one of two for its place, or one of several parts. `after` is in order of place.
 */
export function continuationOf(
  { doubt, completeness, rows }: Pick<ChainRecord, "doubt" | "completeness" | "rows">,
  after: readonly StoredBundle[],
  at: Instant,
): Continuation | null {
  if (doubt !== null || completeness === null) return null;
  const next = nextObservation(completeness.to, after);
  if (next === null || next.parts !== null) return null;
  const named = new Map(next.results.map((row) => [pairKey(row.host, row.check), row]));
  const except = new Set<string>();
  forEachRow(rows, ({ since }, host, check) => {
    const key = pairKey(host, check);
    const later = named.get(key);
    const stood =
      later === undefined
        ? next.kind === "delta"
        : later.since !== null && (later.since === since || later.since > at);
    if (!stood) except.add(key);
  });
  return { at, except };
}

/** Events stand between observations and say nothing of verdicts. */
function nextObservation(
  { epoch, seq }: { readonly epoch: number; readonly seq: number },
  after: readonly StoredBundle[],
): Observation | null {
  for (const [index, { predicate }] of after.entries()) {
    const { chain } = predicate;
    if (chain.epoch !== epoch || chain.seq !== seq + 1 + index) return null;
    if (!isObservation(predicate)) continue;
    const rival = after[index + 1]?.predicate.chain;
    return rival?.epoch === epoch && rival.seq === chain.seq ? null : predicate;
  }
  return null;
}
