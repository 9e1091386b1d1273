import type { RecordedRow, RecordedRows } from "./recorded-rows.ts";

/** Rows as JSON with each row and each name once: of a large site most hosts share theirs. */
export interface SavedRows {
  readonly checks: readonly string[];
  readonly rows: readonly RecordedRow[];
  readonly hosts: readonly SavedHost[];
}

/** A host, and for each check of it two numbers: its place in `checks`, and that of its row in `rows`. */
type SavedHost = readonly [host: string, pairs: readonly number[]];

/** {@link loadRows} gives equal ones. */
export function saveRows(rows: RecordedRows): SavedRows {
  const [checks, distinct] = [new Places<string>(), new Places<RecordedRow>()];
  const hosts = [...rows].map(([host, own]): SavedHost => {
    const pairs = [...own].flatMap(([check, row]) => [checks.of(check), distinct.of(row)]);
    return [host, pairs];
  });
  return { checks: checks.values, rows: distinct.values, hosts };
}

/** Gives each value a place, in the order in which they came first. */
class Places<T> {
  readonly #places = new Map<T, number>();
  readonly values: T[] = [];

  of(value: T): number {
    const known = this.#places.get(value);
    if (known !== undefined) return known;
    const place = this.values.push(value) - 1;
    this.#places.set(value, place);
    return place;
  }
}

/** The rows that were saved. */
export function loadRows({ checks, rows, hosts }: SavedRows): RecordedRows {
  return new Map(hosts.map(([host, pairs]) => [host, ofHost(pairs, checks, rows)]));
}

function ofHost(
  pairs: readonly number[],
  checks: readonly string[],
  rows: readonly RecordedRow[],
): ReadonlyMap<string, RecordedRow> {
  const own = new Map<string, RecordedRow>();
  for (let at = 0; at < pairs.length; at += 2) {
    const [check, row] = [checks[pairs[at] ?? -1], rows[pairs[at + 1] ?? -1]];
    if (check === undefined || row === undefined) throw new Error("unreachable: what was saved has a place");
    own.set(check, row);
  }
  return own;
}
