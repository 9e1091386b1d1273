import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "./digest.ts";
import { canonicalBytes } from "./jcs.ts";
import { applyResults, createReplay, pairKey, type PairVerdict, stateClaim } from "./state.ts";
import type { Observation, ObservationResult, Verdict } from "./statement.ts";

const HOSTS = ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAW"];
const VERDICTS: readonly Verdict[] = ["pass", "fail", "error", "not_applicable", "unknown"];

const row = fc.record({
  host: fc.constantFrom(...HOSTS),
  check: fc.constantFrom("a", "b", "a-b", "a.b", "A", "sshd:root@x/y"),
  verdict: fc.constantFrom(...VERDICTS),
});
const rows = fc.uniqueArray(row, { selector: ({ host, check }) => pairKey(host, check), maxLength: 12 });

/** The definition, word for word: JCS of [[host, check, verdict]...] sorted by host, then check. */
function byDefinition(map: readonly PairVerdict[]): { count: number; digest: string } {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = map.toSorted((a, b) => compare(a.host, b.host) || compare(a.check, b.check));
  const digest = sha256Hex(canonicalBytes(sorted.map(({ host, check, verdict }) => [host, check, verdict])));
  return { count: map.length, digest };
}

describe("the state digest", () => {
  it("is the one of the definition, for any rows in any order", () => {
    fc.assert(
      fc.property(rows, (map) => {
        expect(stateClaim(map)).toEqual(byDefinition(map));
        expect(stateClaim(map.toReversed())).toEqual(byDefinition(map));
      }),
    );
  });

  it("stays right while a map is followed through deltas and snapshots", () => {
    const step = fc.record({ kind: fc.constantFrom("delta" as const, "snapshot" as const), changes: rows });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const replay = createReplay(sha256Hex);
        let map = new Map<string, PairVerdict>();
        for (const { kind, changes } of steps) {
          replay.apply(changes, kind);
          map = new Map([
            ...(kind === "snapshot" ? [] : map),
            ...changes.map((change) => [pairKey(change.host, change.check), change] as const),
          ]);
          expect(replay.claim()).toEqual(byDefinition([...map.values()]));
          expect(replay.fresh()).toBe(
            [...map.values()].filter(({ verdict }) => verdict !== "unknown").length,
          );
          expect(new Set(replay.keys())).toEqual(new Set(map.keys()));
        }
      }),
    );
  });

  it("knows no verdict of a pair it never saw", () => {
    const replay = createReplay(sha256Hex);
    replay.apply([{ host: HOSTS[0] ?? "", check: "a", verdict: "pass" }], "snapshot");
    expect(replay.verdictOf(HOSTS[0] ?? "", "a")).toBe("pass");
    expect(replay.verdictOf(HOSTS[1] ?? "", "a")).toBeUndefined();
  });
});

describe("applyResults", () => {
  const result = (check: string, verdict: Verdict): ObservationResult => ({
    host: HOSTS[0] ?? "",
    check,
    verdict,
    reason: null,
    observed: null,
    since: null,
    exception: null,
  });
  const observation = (
    kind: Observation["kind"],
    results: readonly ObservationResult[],
    part?: number,
  ): Observation => ({ kind, results, parts: part === undefined ? null : { part, of: 2 } }) as Observation; // the rest is not looked at

  const verdicts = (state: ReturnType<typeof applyResults>) =>
    [...state.values()].map(({ check, verdict }) => `${check} ${verdict}`);

  it("keeps what a delta does not name, and leaves the old map as it was", () => {
    const before = applyResults(
      new Map(),
      observation("snapshot", [result("a", "pass"), result("b", "fail")]),
    );
    const after = applyResults(before, observation("delta", [result("b", "pass")]));
    expect(verdicts(before)).toEqual(["a pass", "b fail"]);
    expect(verdicts(after)).toEqual(["a pass", "b pass"]);
  });

  it("forgets what a snapshot does not name", () => {
    const before = applyResults(
      new Map(),
      observation("snapshot", [result("a", "pass"), result("b", "fail")]),
    );
    expect(verdicts(applyResults(before, observation("snapshot", [result("c", "pass")])))).toEqual([
      "c pass",
    ]);
  });

  it("adds up the parts of a snapshot", () => {
    const before = applyResults(new Map(), observation("snapshot", [result("z", "pass")]));
    const first = applyResults(before, observation("snapshot", [result("a", "pass")], 1));
    const both = applyResults(first, observation("snapshot", [result("b", "fail")], 2));
    expect(verdicts(both)).toEqual(["a pass", "b fail"]);
  });
});
