import type { Digest, ObservationResult, Observed } from "../evidence/statement.ts";

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
  const alike = new Map<string, Alike>();
  const once = firstOfEach();
  // Bundles name one host after the other.
  let [last, own]: [string, Map<string, RecordedRow>] = ["", new Map()];
  for (const result of results) {
    const { host, verdict, reason, observed, since } = result;
    if (host !== last) {
      last = host;
      own = said.get(host) ?? new Map(before.get(host));
      said.set(host, own);
    }
    let one = alike.get(result.check);
    if (one === undefined || !saysTheSame(one.row, result)) {
      const row = {
        verdict,
        reason,
        observed,
        since: since === null ? null : once(since),
        bundle,
        assignment,
      };
      one = { check: one?.check ?? result.check, row };
      alike.set(one.check, one);
    }
    own.set(one.check, one.row);
  }
  return new Map([...before, ...said]);
}

/**
 * What a bundle said last of a check. Rows are kept by the hundred thousand, and most hosts of a site are as the one before:
 * they share its row.
 */
interface Alike {
  readonly check: string;
  readonly row: RecordedRow;
}

function saysTheSame(row: RecordedRow, { verdict, reason, observed, since }: ObservationResult): boolean {
  return (
    row.verdict === verdict &&
    row.reason === reason &&
    row.since === since &&
    (row.observed === observed || isEqual(row.observed, observed))
  );
}

function isEqual(one: Observed | null, two: Observed | null): boolean {
  if (one === null || two === null) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(two).length &&
    names.every((name) => Object.hasOwn(two, name) && one[name] === two[name])
  );
}

/** Of equal texts the first: few times differ. */
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

/** What the rows name, each once: bundles or assignments, of which most rows name the same. */
export function namedBy(rows: RecordedRows, name: "bundle" | "assignment"): ReadonlySet<Digest> {
  const named = new Set<Digest>();
  let last: Digest | null = null;
  for (const ofHost of rows.values()) {
    for (const row of ofHost.values()) {
      if (row[name] === last) continue;
      last = row[name];
      named.add(last);
    }
  }
  return named;
}
