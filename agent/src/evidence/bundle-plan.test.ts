import { describe, expect, it } from "vitest";
import type { ChainHead } from "../store/agent-store.ts";
import { IDS, makeAssignment } from "../testdata/assignment.ts";
import { type BundleSituation, planBundle, SNAPSHOT_EVERY_MS } from "./bundle-plan.ts";
import { adoptPairs, observe } from "./verdict-map.ts";

const NOW = 1_800_000_000_000;
const map = adoptPairs(new Map(), makeAssignment());
const changed = observe(map, {
  host: IDS.practice,
  check: "max-age",
  verdict: "fail",
  reason: null,
  observed: { maxDays: 5 },
  at: NOW,
});
const head: ChainHead = {
  epoch: 0,
  seq: 3,
  digest: "d",
  windowEnd: NOW,
  bundleAt: NOW,
  snapshotAt: NOW,
  snapshotAssignment: "current",
  suspended: false,
};

describe("the next bundle", () => {
  it("is none when nothing changed and no heartbeat is due", () => {
    expect(plan({})).toBeNull();
    expect(plan({ now: NOW + 7_199_999 })).toBeNull();
  });

  it("is a snapshot at the beginning of a chain and after a new assignment", () => {
    expect(plan({ head: { ...head, snapshotAt: null, snapshotAssignment: null } })?.kind).toBe("snapshot");
    expect(plan({ assignment: "next" })).toMatchObject({
      kind: "snapshot",
      files: [[{ verdict: "unknown" }]],
    });
  });

  it("is a snapshot a week after the last one, unless a heal is to be reported first", () => {
    const now = NOW + SNAPSHOT_EVERY_MS;
    expect(plan({ now })?.kind).toBe("snapshot");
    expect(plan({ now, heals: 1 })?.kind).toBe("delta");
  });

  it("is a delta of what changed, and with a heal even when nothing did", () => {
    expect(plan({ current: changed })).toMatchObject({
      kind: "delta",
      files: [[{ check: "max-age", verdict: "fail" }]],
    });
    expect(plan({ heals: 1 })).toEqual({ kind: "delta", files: [[]] });
  });

  it("is an empty delta when a heartbeat is due", () => {
    expect(plan({ now: NOW + 7_200_000 })).toEqual({ kind: "delta", files: [[]] });
  });

  it("is one also while the wall clock, which was set back, stands still", () => {
    expect(plan({ quietMs: 7_199_999 })).toBeNull();
    expect(plan({ quietMs: 7_200_000 })).toEqual({ kind: "delta", files: [[]] });
  });
});

function plan(change: Partial<BundleSituation>): ReturnType<typeof planBundle> {
  return planBundle({
    committed: map,
    current: map,
    head,
    assignment: "current",
    heartbeatMs: 7_200_000,
    quietMs: 0,
    heals: 0,
    now: NOW,
    ...change,
  });
}
