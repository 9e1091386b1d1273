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
export interface StateReplay<D = Digest> {
  /** Takes a bundle's rows: a snapshot replaces the map, a delta changes rows of it. */
  apply(rows: readonly PairVerdict[], kind: Observation["kind"]): void;
  verdictOf(host: string, check: string): Verdict | undefined;
  /** The keys of the map, by {@link pairKey}. */
  keys(): Iterable<string>;
  claim(): { readonly count: number; readonly digest: D };
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

/** An empty map that follows a chain; its digest is whatever `hash` makes of its bytes. */
export function createReplay<D>(hash: (bytes: Uint8Array) => D): StateReplay<D> {
  const verdicts = new Map<string, Verdict>();
  let rows: SortedRows | null = null;
  let digest: D | null = null;
  let fresh = 0;
  function set(key: string, verdict: Verdict): void {
    const before = verdicts.get(key);
    if (before === verdict) return;
    if (before === undefined) rows = null;
    else rows?.change(key, before, verdict);
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
      digest ??= hash(rows.bytes());
      return { count: verdicts.size, digest };
    },
    fresh: () => fresh,
  };
}

function freshness(verdict: Verdict): 0 | 1 {
  return verdict === "unknown" ? 0 : 1;
}

/** The rows of a map in their order, as the bytes that its digest covers: a change writes one word of them. */
interface SortedRows {
  change(key: string, before: Verdict, after: Verdict): void;
  /** JCS of `[[host, check, verdict], ...]`; hosts and checks hold no character that JSON escapes. */
  bytes(): Uint8Array;
}

const VERDICT_BYTES: Readonly<Record<Verdict, Uint8Array>> = {
  pass: encoder.encode("pass"),
  fail: encoder.encode("fail"),
  error: encoder.encode("error"),
  not_applicable: encoder.encode("not_applicable"),
  unknown: encoder.encode("unknown"),
};

function sortedRows(verdicts: ReadonlyMap<string, Verdict>): SortedRows {
  const keys = [...verdicts.keys()].toSorted();
  const places = new Map(keys.map((key, place) => [key, place]));
  let written: WrittenRows | null = null;
  return {
    change(key, before, after) {
      const start = written?.verdictsAt[places.get(key) ?? -1];
      if (start === undefined || before.length !== after.length) written = null;
      else written?.bytes.set(VERDICT_BYTES[after], start);
    },
    bytes: () => (written ??= writeRows(keys, verdicts)).bytes,
  };
}

interface WrittenRows {
  readonly bytes: Uint8Array;
  /** Where each row's verdict begins; empty when that is not known. */
  readonly verdictsAt: readonly number[];
}

function writeRows(keys: readonly string[], verdicts: ReadonlyMap<string, Verdict>): WrittenRows {
  const verdictsAt: number[] = [];
  let end = 0;
  const rows = keys.map((key) => {
    const verdict = verdicts.get(key) ?? "unknown";
    const row = `["${key.slice(0, 26)}","${key.slice(27)}","${verdict}"]`;
    end += 1 + row.length;
    verdictsAt.push(end - 2 - verdict.length);
    return row;
  });
  const text = `[${rows.join(",")}]`;
  const bytes = encoder.encode(text);
  // What is not ASCII is no evidence, and is refused elsewhere; here it only moves the places.
  return { bytes, verdictsAt: bytes.length === text.length ? verdictsAt : [] };
}
