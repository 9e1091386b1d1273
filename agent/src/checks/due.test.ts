import { pairKey } from "@compline/core";
import { expect, it } from "vitest";
import { adoptPairs, expire, observe } from "../evidence/verdict-map.ts";
import { IDS, MAX_AGE, makeAssignment } from "../testdata/assignment.ts";
import { duePairs, nextDueAt, type Schedule } from "./due.ts";

const map = adoptPairs(new Map(), makeAssignment({ checks: { a: MAX_AGE, b: MAX_AGE } }));
const [A, B] = [pairKey(IDS.practice, "a"), pairKey(IDS.practice, "b")];
const schedule = (change: Partial<Schedule>): Schedule => ({
  intervals: { a: 1000, b: 5000 },
  runs: new Map(),
  retries: new Map(),
  ...change,
});

it("a pair that has not run in this process is due at once", () => {
  expect(duePairs(map, schedule({}), 0)).toEqual([A, B]);
  expect(nextDueAt(map, schedule({}))).toBe(Number.NEGATIVE_INFINITY);
});

it("a pair is due one interval after it ran", () => {
  const ran = schedule({
    runs: new Map([
      [A, 100],
      [B, 0],
    ]),
  });
  expect(duePairs(map, ran, 1099)).toEqual([]);
  expect(duePairs(map, ran, 1100)).toEqual([A]);
  expect(nextDueAt(map, ran)).toBe(1100);
});

it("the pair that waited longest comes first", () => {
  const runs = new Map([
    [A, 100],
    [B, 0],
  ]);
  expect(duePairs(map, schedule({ runs }), 9000)).toEqual([B, A]);
});

it("a retry brings a pair forward and never puts it off", () => {
  const runs = new Map([
    [A, 0],
    [B, 0],
  ]);
  expect(duePairs(map, schedule({ runs, retries: new Map([[B, 300]]) }), 300)).toEqual([B]);
  expect(duePairs(map, schedule({ runs, retries: new Map([[A, 9000]]) }), 1000)).toEqual([A]);
});

it("without pairs nothing is ever due", () => {
  expect(nextDueAt(new Map(), schedule({}))).toBeNull();
});

it("a pair that grew stale is due at once: the machine slept", () => {
  const seen = {
    host: IDS.practice,
    check: "a",
    verdict: "pass" as const,
    reason: null,
    observed: { x: 1 },
    at: 0,
  };
  const stale = expire(observe(map, seen), 1e9, { a: 1000, b: 5000 });
  const ran = schedule({
    runs: new Map([
      [A, 100],
      [B, 100],
    ]),
  });
  expect(duePairs(stale, ran, 101)).toEqual([A]);
});
