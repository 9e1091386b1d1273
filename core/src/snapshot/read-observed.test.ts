import type { ObservedState } from "@compline/schemas";
import { describe, expect, it } from "vitest";
import { sampleUlid } from "../testdata/sample-tree.ts";
import { OBSERVED_STOPS } from "./observed.ts";
import { MAX_OBSERVED_LENGTH, readObserved } from "./read-observed.ts";

const host = sampleUlid("desk clinic");
const result = { host, check: "alpha", verdict: "pass", reason: null, since: null } as const;
const clinic = {
  id: sampleUlid("site clinic"),
  name: "clinic",
  appliances: [{ id: sampleUlid("box clinic"), hosts: [host], ceiling: null, stops: [] }],
  results: [result],
  heals: [],
};
const partner = {
  id: sampleUlid("partner"),
  name: "lanternfish",
  revision: "a".repeat(40),
  checks: { alpha: "b".repeat(64) },
  sites: [clinic],
};
const state: ObservedState = {
  schemaVersion: "1",
  asOf: "2026-11-23T18:00:00.000Z",
  position: 3,
  partners: [partner],
};

function faultsOf(value: unknown): readonly string[] {
  const reading = readObserved(JSON.stringify(value));
  return reading.ok ? [] : reading.faults;
}
const withSite = (change: object): unknown => ({
  ...state,
  partners: [{ ...partner, sites: [{ ...clinic, ...change }] }],
});

describe("an observed state", () => {
  it("is read as it was written", () => {
    expect(readObserved(JSON.stringify(state))).toEqual({ ok: true, observed: state });
  });

  it("may name everything that stops a box at once", () => {
    const stopped = { ...clinic.appliances[0], stops: OBSERVED_STOPS };
    expect(faultsOf(withSite({ appliances: [stopped] }))).toEqual([]);
  });

  it("of another form is refused with where it differs", () => {
    expect(faultsOf([])).toEqual([expect.stringMatching(/^at its top: expected .*object/)]);
    expect(faultsOf({ ...state, schemaVersion: "2" })).toEqual([
      expect.stringMatching(/^at \/schemaVersion: expected/),
    ]);
    expect(faultsOf({ ...state, secret: 1 })).toEqual([expect.stringMatching(/secret/)]);
    expect(faultsOf(withSite({ results: [{ ...result, verdict: "passed" }] }))).toEqual([
      expect.stringMatching(/^at \/partners\/0\/sites\/0\/results\/0\/verdict: expected .*; found "passed"/),
    ]);
  });

  it("that is no JSON is refused with the place in the text", () => {
    const reading = readObserved('{"schemaVersion": "1",\n oops}');
    expect(reading).toEqual({
      ok: false,
      faults: [expect.stringMatching(/^it is no JSON: .*line 2 column 2/)],
    });
  });

  it("has no identity and no pair twice: which of the two would be true?", () => {
    expect(faultsOf({ ...state, partners: [partner, partner] })).toEqual([
      expect.stringMatching(/^at \/partners\/1:/),
    ]);
    expect(faultsOf({ ...state, partners: [{ ...partner, sites: [clinic, clinic] }] })).toEqual([
      expect.stringMatching(/^at \/partners\/0\/sites\/1:/),
    ]);
    expect(faultsOf(withSite({ appliances: [...clinic.appliances, ...clinic.appliances] }))).toEqual([
      expect.stringMatching(/appliances\/1:/),
    ]);
    expect(faultsOf(withSite({ results: [result, { ...result, verdict: "fail" }] }))).toEqual([
      expect.stringMatching(/results\/1:/),
    ]);
  });

  it("is refused when it is too long, and tells ten faults at most", () => {
    expect(readObserved(" ".repeat(MAX_OBSERVED_LENGTH + 1))).toMatchObject({ ok: false });
    const many = Array.from({ length: 30 }, (_, at) => ({ ...result, check: `c${at}`, verdict: at }));
    const faults = faultsOf(withSite({ results: many }));
    expect(faults).toHaveLength(11);
    expect(faults.at(-1)).toBe("and 20 more");
  });

  it("shows no character of the text that moves a cursor", () => {
    const faults = faultsOf(withSite({ results: [{ ...result, verdict: "\u001b[2J\u202e" }] }));
    // oxlint-disable-next-line no-control-regex -- they are what must not be there
    expect(faults.join("")).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});
