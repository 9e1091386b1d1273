import type { Digest, ObservationResult } from "../evidence/statement.ts";

/** The row that says a pair's verdict now, and the bundle that holds it. */
export interface RecordedRow {
  readonly row: ObservationResult;
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
  { bundle, assignment }: Omit<RecordedRow, "row">,
): RecordedRows {
  const said = new Map<string, Map<string, RecordedRow>>();
  // Bundles name one host after the other.
  let [host, own]: [string, Map<string, RecordedRow>] = ["", new Map()];
  for (const row of results) {
    if (row.host !== host) {
      host = row.host;
      own = said.get(host) ?? new Map(before.get(host));
      said.set(host, own);
    }
    own.set(row.check, { row, bundle, assignment });
  }
  return new Map([...before, ...said]);
}

/** What is recorded of a pair. */
export function rowOf(
  rows: RecordedRows,
  { host, check }: { readonly host: string; readonly check: string },
): RecordedRow | undefined {
  return rows.get(host)?.get(check);
}

/** Calls back for each row. */
export function forEachRow(rows: RecordedRows, take: (recorded: RecordedRow) => void): void {
  for (const ofHost of rows.values()) for (const recorded of ofHost.values()) take(recorded);
}
