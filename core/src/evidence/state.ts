import { type Sha256, sha256Hex } from "./digest.ts";
import type { Digest, Observation, ObservationResult, StateClaim, Verdict } from "./statement.ts";

/** The row of a verdict map that its digest covers. */
export interface PairVerdict {
  readonly host: string;
  readonly check: string;
  readonly verdict: Verdict;
}

/** The verdict map of a chain after a bundle, by {@link pairKey}. */
export type StateMap = ReadonlyMap<string, ObservationResult>;

/**
 * A verdict map that follows a chain. Kept apart from {@link StateMap} for speed: the bytes that the digest covers are
 * put together again only when their length changes, and the digest is computed only when a verdict does.
 */
export interface StateReplay {
  /** Takes a bundle's rows: a snapshot replaces the map, a delta changes rows of it. */
  apply(rows: readonly PairVerdict[], kind: Observation["kind"]): void;
  verdictOf(host: string, check: string): Verdict | undefined;
  /** The keys of the map, by {@link pairKey}. */
  keys(): Iterable<string>;
  claim(): StateClaim;
  /** Pairs whose verdict is not `unknown`. */
  fresh(): number;
}

const encoder = new TextEncoder();

/** The key of a host and check. Hosts have 26 characters, so the order of keys is by host, then check. */
export function pairKey(host: string, check: string): string {
  return `${host} ${check}`;
}

/** Count and digest of a whole verdict map, in any order of rows. */
export function stateClaim(rows: Iterable<PairVerdict>, sha256: Sha256 = sha256Hex): StateClaim {
  const replay = createReplay(sha256);
  replay.apply([...rows], "snapshot");
  return replay.claim();
}

/** The map after an observation: a snapshot replaces it, a delta changes rows of it. The old map stays as it is. */
export function applyResults(before: StateMap, observation: Observation): StateMap {
  // The parts of a snapshot add up: only the first begins a new map.
  const begins =
    observation.kind === "snapshot" && (observation.parts === null || observation.parts.part === 1);
  const after = new Map(begins ? [] : before);
  for (const row of observation.results) after.set(pairKey(row.host, row.check), row);
  return after;
}

/** An empty map that follows a chain. */
export function createReplay(sha256: Sha256 = sha256Hex): StateReplay {
  const verdicts = new Map<string, Verdict>();
  let rows: SortedRows | null = null;
  let digest: Digest | null = null;
  let fresh = 0;
  function set(key: string, verdict: Verdict): void {
    const before = verdicts.get(key);
    if (before === verdict) return;
    if (before === undefined) rows = null;
    else rows?.change(key, verdict);
    digest = null;
    fresh += freshness(verdict) - freshness(before ?? "unknown");
    verdicts.set(key, verdict);
  }
  return {
    apply(results, kind) {
      if (kind === "snapshot") {
        verdicts.clear();
        rows = null;
        digest = null;
        fresh = 0;
      }
      for (const { host, check, verdict } of results) set(pairKey(host, check), verdict);
    },
    verdictOf: (host, check) => verdicts.get(pairKey(host, check)),
    keys: () => verdicts.keys(),
    claim() {
      rows ??= sortedRows(verdicts);
      digest ??= sha256(rows.bytes());
      return { count: verdicts.size, digest };
    },
    fresh: () => fresh,
  };
}

function freshness(verdict: Verdict): 0 | 1 {
  return verdict === "unknown" ? 0 : 1;
}

/** The rows of a map in their order, each as bytes: a change writes one row anew. */
interface SortedRows {
  change(key: string, verdict: Verdict): void;
  /** JCS of `[[host, check, verdict], ...]`; hosts and checks hold no character that JSON escapes. */
  bytes(): Uint8Array;
}

function sortedRows(verdicts: ReadonlyMap<string, Verdict>): SortedRows {
  const sorted = [...verdicts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const places = new Map(sorted.map(([key], index) => [key, index]));
  const rows = sorted.map(([key, verdict]) => rowBytes(key, verdict));
  let list: JoinedRows | null = null;
  return {
    change(key, verdict) {
      const place = places.get(key) ?? -1;
      const row = rowBytes(key, verdict);
      if (rows[place]?.length === row.length) list?.bytes.set(row, list.starts[place]);
      else list = null;
      rows[place] = row;
    },
    bytes: () => (list ??= joinRows(rows)).bytes,
  };
}

interface JoinedRows {
  readonly bytes: Uint8Array;
  /** Where each row begins. */
  readonly starts: readonly number[];
}

const [opening, comma, closing] = encoder.encode("[,]");

/** A JSON list of the rows. */
function joinRows(rows: readonly Uint8Array[]): JoinedRows {
  const length = rows.reduce((sum, row) => sum + row.length + 1, 1);
  const bytes = new Uint8Array(Math.max(2, length)).fill(comma ?? 0);
  let end = 1;
  const starts = rows.map((row) => {
    const start = end;
    bytes.set(row, start);
    end += row.length + 1;
    return start;
  });
  bytes[0] = opening ?? 0;
  bytes[bytes.length - 1] = closing ?? 0;
  return { bytes, starts };
}

function rowBytes(key: string, verdict: Verdict): Uint8Array {
  return encoder.encode(`["${key.slice(0, 26)}","${key.slice(27)}","${verdict}"]`);
}
