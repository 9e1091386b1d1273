import { pairKey } from "@compline/core";
import { describe, expect, it } from "vitest";
import { IDS, MAX_AGE, makeAssignment } from "../testdata/assignment.ts";
import {
  adoptPairs,
  changedRows,
  expire,
  observe,
  tell,
  type Observation,
  type VerdictMap,
} from "./verdict-map.ts";

const HOST = IDS.practice;
const KEY = pairKey(HOST, "max-age");
const assignment = makeAssignment();
const fresh = adoptPairs(new Map(), assignment);

describe("the map of an assignment", () => {
  it("names every pair as never seen", () => {
    expect(fresh.get(KEY)).toMatchObject({
      verdict: "unknown",
      reason: "NEVER_SEEN",
      observed: null,
      since: null,
    });
  });

  it("keeps what is known of a pair whose check stayed the same", () => {
    const known = observe(fresh, seen("pass", 1000));
    expect(adoptPairs(known, makeAssignment({ generation: 2 })).get(KEY)).toEqual(known.get(KEY));
  });

  it("forgets a pair whose check changed, for another check judged it", () => {
    const known = observe(fresh, seen("pass", 1000));
    const changed = makeAssignment({ checks: { "max-age": { ...MAX_AGE, expected: "other" } } });
    expect(adoptPairs(known, changed).get(KEY)).toMatchObject({ verdict: "unknown", reason: "NEVER_SEEN" });
  });

  it("drops a pair that is no longer assigned, and ignores a late observation of it", () => {
    const without = adoptPairs(observe(fresh, seen("pass", 1)), makeAssignment({ checks: {} }));
    expect(without.size).toBe(0);
    expect(observe(without, seen("fail", 2)).size).toBe(0);
  });
});

describe("an observation", () => {
  it("is a change when the verdict, the reason or an observed value differs, and only then", () => {
    const known = observe(fresh, seen("pass", 1000));
    expect(names(known, observe(known, seen("pass", 2000)))).toEqual([]);
    expect(names(known, observe(known, seen("fail", 2000)))).toEqual(["max-age"]);
    expect(names(known, observe(known, { ...seen("pass", 2000), observed: { maxDays: 60 } }))).toEqual([
      "max-age",
    ]);
    expect(
      names(known, observe(known, { ...seen("pass", 2000), observed: { maxDays: 90, other: null } })),
    ).toEqual(["max-age"]);
    const error = observe(fresh, failing("TIMEOUT"));
    expect(names(error, observe(error, failing("NEEDS_PRIVILEGE")))).toEqual(["max-age"]);
  });

  it("moves `since` only when the verdict changes", () => {
    const first = observe(fresh, seen("fail", 1000));
    const second = observe(first, { ...seen("fail", 2000), observed: { maxDays: 5 } });
    expect(second.get(KEY)).toMatchObject({ since: 1000, observedAt: 2000 });
    expect(observe(second, seen("pass", 3000)).get(KEY)).toMatchObject({ since: 3000 });
  });

  it("forgets what was told when the state changes, and keeps it when it does not", () => {
    const known = observe(fresh, seen("fail", 1000));
    const row = known.get(KEY);
    if (row === undefined) throw new Error("no row");
    const told = tell(known, row, "escalated");
    expect(observe(told, seen("fail", 2000)).get(KEY)?.told).toBe("escalated");
    expect(observe(told, seen("pass", 2000)).get(KEY)?.told).toBeNull();
    expect(changedRows(known, told)).toEqual([]);
  });
});

describe("freshness", () => {
  const known = observe(fresh, seen("pass", 0));
  const until = 3 * 300_000;

  it("ends three intervals after the last observation, and the pair is then unknown", () => {
    expect(expire(known, until, assignment.intervals)).toBe(known);
    expect(expire(known, until + 1, assignment.intervals).get(KEY)).toMatchObject({
      verdict: "unknown",
      reason: "STALE",
      observed: null,
      since: until + 1,
    });
  });

  it("leaves alone what is unknown already", () => {
    expect(expire(fresh, 1e12, assignment.intervals)).toEqual(fresh);
    const stale = expire(known, until + 1, assignment.intervals);
    expect(expire(stale, until + 1e9, assignment.intervals)).toEqual(stale);
  });
});

function seen(verdict: "pass" | "fail", at: number): Observation {
  return { host: HOST, check: "max-age", verdict, reason: null, observed: { maxDays: 90 }, at };
}

function failing(reason: string): Observation {
  return { host: HOST, check: "max-age", verdict: "error", reason, observed: null, at: 1 };
}

function names(before: VerdictMap, after: VerdictMap): readonly string[] {
  return changedRows(before, after).map(({ check }) => check);
}
