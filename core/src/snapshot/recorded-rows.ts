import type { Digest, ObservationResult } from "../evidence/statement.ts";

/** What a bundle says of a pair, which holds now, and that bundle. */
export interface RecordedRow extends Pick<ObservationResult, "verdict" | "reason" | "observed" | "since"> {
  readonly bundle: Digest;
  /** By which the pair was judged: every new one begins with a snapshot of all pairs. */
  readonly assignment: Digest;
}

/**
 * Rows by host, then by check: a site is judged host by host, and two short keys are found sooner than one long one is
 * put together. What is in it never changes, so a record can hand it out while its chain goes on.
 */
export type RecordedRows = ReadonlyMap<string, ReadonlyMap<string, RecordedRow>>;

/** Of a chain that says nothing. */
export const noRows: RecordedRows = new Map();

/** The rows once a bundle has said some of them anew. */
export function rowsAfter(
  before: RecordedRows,
  results: readonly ObservationResult[],
  { bundle, assignment }: Pick<RecordedRow, "bundle" | "assignment">,
): RecordedRows {
  const said = new Map<string, Map<string, RecordedRow>>();
  const once = firstOfEach();
  // Bundles name one host after the other.
  let [last, own]: [string, Map<string, RecordedRow>] = ["", new Map()];
  for (const { host, check, verdict, reason, observed, since } of results) {
    if (host !== last) {
      last = host;
      own = said.get(host) ?? new Map(before.get(host));
      said.set(host, own);
    }
    const known = since === null ? null : once(since);
    own.set(once(check), { verdict, reason, observed, since: known, bundle, assignment });
  }
  return new Map([...before, ...said]);
}

/** Of equal texts the first: rows that are kept by the hundred thousand name few checks and times. */
function firstOfEach(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const first = known.get(text);
    if (first === undefined) known.set(text, text);
    return first ?? text;
  };
}

/** What is recorded of a pair. */
export function rowOf(
  rows: RecordedRows,
  { host, check }: { readonly host: string; readonly check: string },
): RecordedRow | undefined {
  return rows.get(host)?.get(check);
}

/** Calls back for each row, with its host and check. */
export function forEachRow(
  rows: RecordedRows,
  take: (recorded: RecordedRow, host: string, check: string) => void,
): void {
  for (const [host, ofHost] of rows) for (const [check, recorded] of ofHost) take(recorded, host, check);
}
