import { describe, expect, it } from "vitest";
import type { ObservationResult } from "../evidence/statement.ts";
import { createChainRecorder } from "./chain-record.ts";
import { type ChainDay, type HistoryDay, noVerdicts, siteHistory } from "./history.ts";
import { at, box, bundle, row, type SampleBundle } from "./testdata/bundles.ts";

const day = 24 * 60;
const site = bundle({ seq: 0 }).predicate.site;
const snapshot: SampleBundle = {
  seq: 0,
  kind: "snapshot",
  results: [row("alpha", "pass"), row("beta", "fail")],
};

function daysOf(...samples: readonly SampleBundle[]): readonly ChainDay[] {
  const recorder = createChainRecorder(box);
  for (const sample of samples) recorder.add(bundle(sample));
  return recorder.record().days;
}

/** "day: pass/fail/unknown" of each. */
function history(chains: readonly (readonly ChainDay[])[], now: string): readonly string[] {
  return siteHistory(site, chains, now).map(inShort);
}

function inShort({ day: name, pass, fail, unknown }: HistoryDay): string {
  return `${name.slice(5)}: ${pass}/${fail}/${unknown}`;
}

const failing = (check: string, minute: number): ObservationResult => ({
  ...row(check, "fail"),
  since: at(minute),
});

describe("the days of a chain", () => {
  it("end with what was said last on them", () => {
    const days = daysOf(
      snapshot,
      { seq: 1, minute: 60, results: [row("beta", "pass")] },
      { seq: 2, minute: day, results: [failing("alpha", day)] },
    );
    expect(days.map(({ bundle: digest, counts }) => [digest, counts.pass, counts.fail])).toEqual([
      ["digest 0-1", 2, 0],
      ["digest 0-2", 1, 1],
    ]);
  });

  it("count what began to fail on them, not what failed before, whatever healed by their end", () => {
    const days = daysOf(
      snapshot,
      { seq: 1, minute: 10, results: [failing("alpha", 9)] },
      { seq: 2, minute: 11, results: [row("alpha", "pass")] },
      { seq: 3, minute: day, kind: "snapshot", results: snapshot.results ?? [] },
    );
    expect(days.map(({ beganToFail }) => beganToFail)).toEqual([1, 0]);
  });

  it("are unknown in a gap, and keep what was said before it", () => {
    const days = daysOf(snapshot, { seq: 5, minute: day });
    expect(days.map(({ counts }) => [counts.pass, counts.fail, counts.unknown])).toEqual([
      [1, 1, 0],
      [0, 0, 1],
    ]);
  });

  it("count for nothing from a fork on, also when it is found later", () => {
    const later = { seq: 1, minute: day } as const;
    const days = daysOf(snapshot, later, { seq: 2, minute: 2 * day }, { ...later, fork: true });
    expect(days.map(({ counts }) => counts.unknown)).toEqual([0, 2, 1]);
  });

  it("keep what was said before an epoch that began on the next", () => {
    const days = daysOf(snapshot, {
      epoch: 1,
      seq: 0,
      minute: day,
      kind: "snapshot",
      results: [row("alpha", "pass")],
    });
    expect(days.map(({ counts }) => [counts.pass, counts.fail])).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  it("are at most ninety", () => {
    const many = Array.from({ length: 200 }, (_, n) => ({ seq: n + 1, minute: (n + 1) * day }));
    const days = daysOf(snapshot, ...many);
    expect(days).toHaveLength(90);
    expect(days.at(-1)?.bundle).toBe("digest 0-200");
  });
});

describe("a site's history", () => {
  const said = (name: string, pass: number, where = site): ChainDay => ({
    day: name,
    site: where,
    at: `${name}T22:00:00.000Z`,
    bundle: `${name} ${pass}`,
    counts: { ...noVerdicts(), pass },
    beganToFail: 1,
  });

  it("is empty without evidence, and begins with the first day that has some", () => {
    expect(history([[]], at(0))).toEqual([]);
    expect(history([[said("2026-11-22", 3)]], "2026-11-22T23:00:00.000Z")).toEqual(["11-22: 3/0/0"]);
  });

  it("has every day since then; one without a word is unknown", () => {
    const chain = [said("2026-11-20", 3), said("2026-11-23", 4)];
    expect(history([chain], "2026-11-24T05:00:00.000Z")).toEqual([
      "11-20: 3/0/0",
      "11-21: 0/0/3",
      "11-22: 0/0/3",
      "11-23: 4/0/0",
      "11-24: 0/0/4",
    ]);
  });

  it("takes the last word for today's until two heartbeats are missing", () => {
    expect(history([[said("2026-11-23", 4)]], "2026-11-24T01:59:00.000Z").at(-1)).toBe("11-24: 4/0/0");
    expect(history([[said("2026-11-23", 4)]], "2026-11-24T02:00:00.000Z").at(-1)).toBe("11-24: 0/0/4");
  });

  it("adds up its appliances, each from its first day on, and leaves out what one saw elsewhere", () => {
    const one = [said("2026-11-22", 3), said("2026-11-23", 3)];
    const two = [said("2026-11-22", 9, "elsewhere"), said("2026-11-23", 2)];
    const [first, second] = siteHistory(site, [one, two], "2026-11-23T23:00:00.000Z");
    expect(first).toMatchObject({ pass: 3, beganToFail: 1, bundles: ["2026-11-22 3"] });
    expect(second).toMatchObject({ pass: 5, beganToFail: 2, bundles: ["2026-11-23 3", "2026-11-23 2"] });
  });

  it("goes back ninety days", () => {
    const days = history([[said("2026-01-01", 3)]], at(0));
    expect(days).toHaveLength(90);
    expect(days.at(-1)).toBe("11-23: 0/0/3");
  });
});
