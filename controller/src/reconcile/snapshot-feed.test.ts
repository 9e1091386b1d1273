import type { Snapshot } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLog } from "../log.ts";
import { SnapshotFeed } from "./snapshot-feed.ts";

const startMs = Date.UTC(2026, 10, 23);
let requested: Snapshot[];
let feed: SnapshotFeed;
let content: object | null;
let failed: boolean;
const build = vi.fn<() => Promise<Snapshot | null>>();

/** The parts of a snapshot that the feed looks at. */
function at(position: number, row: object = {}, appliance: object = {}): object {
  const site = {
    appliances: [{ state: "working", ...appliance }],
    results: [{ reason: null, held: null, ...row }],
  };
  return { revision: "a", position, notices: [], sites: [site] };
}

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
  requested = [];
  content = at(1);
  failed = false;
  build.mockReset().mockImplementation(async () => {
    if (content === null) return null;
    const asOf = new Date().toISOString();
    const validUntil = new Date(Date.now() + 600_000).toISOString();
    return { ...content, asOf, validUntil } as Snapshot;
  });
  feed = new SnapshotFeed({
    build,
    portal: { request: (snapshot) => void requested.push(snapshot), state: () => ({ build: null, failed }) },
    clock: Date.now,
    log: createLog("silent"),
  });
});
afterEach(async () => {
  await feed.close();
  vi.useRealTimers();
});

describe("the feed of the portal", () => {
  test("gathers changes for a second and asks for one build", async () => {
    for (let i = 0; i < 5; i += 1) feed.changed();
    await vi.advanceTimersByTimeAsync(999);
    expect(requested).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(requested).toHaveLength(1);
  });

  test("waits while changes stream in, and asks for one build when they pause", async () => {
    for (let ms = 0; ms < 4000; ms += 100) {
      feed.changed();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(build).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(300);
    expect(requested).toHaveLength(1);
  });

  test("does not wait longer than ten seconds for a pause", async () => {
    for (let ms = 0; ms < 10_500; ms += 100) {
      feed.changed();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(requested).toHaveLength(1);
  });

  test("what shows nowhere makes no build", async () => {
    content = at(1, { verdict: "pass", confirmedAt: "earlier" });
    feed.changed();
    await vi.advanceTimersByTimeAsync(1000);
    content = at(1, { verdict: "pass", confirmedAt: "later" });
    feed.changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(requested).toHaveLength(1);
  });

  test.each([
    ["evidence", at(2, { verdict: "pass" })],
    ["another revision", { ...at(1, { verdict: "pass" }), revision: "another" }],
    ["a notice", { ...at(1, { verdict: "pass" }), notices: [{ code: "NEW", message: "something" }] }],
    ["a verdict that is not known any more", at(1, { verdict: "unknown", reason: "STALE" })],
    ["a reason not to heal", at(1, { verdict: "pass", held: { code: "COOLDOWN", until: null } })],
    ["an appliance that is silent", at(1, { verdict: "pass" }, { state: "silent" })],
  ])("%s makes one", async (_, changed) => {
    content = at(1, { verdict: "pass" });
    feed.changed();
    await vi.advanceTimersByTimeAsync(1000);
    content = changed;
    feed.changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(requested).toHaveLength(2);
  });

  test("builds again when half of the time is over for which the last build is valid", async () => {
    feed.changed();
    await vi.advanceTimersByTimeAsync(1000);
    await vi.advanceTimersByTimeAsync(299_000);
    expect(requested).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(requested).toHaveLength(2);
  });

  test("builds again within 30 s after the clock was set back an hour", async () => {
    feed.changed();
    await vi.advanceTimersByTimeAsync(1000);
    vi.setSystemTime(startMs - 3_600_000);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(requested).toHaveLength(2);
  });

  test("asks again within 30 s after a build failed", async () => {
    feed.changed();
    await vi.advanceTimersByTimeAsync(1000);
    failed = true;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(requested).toHaveLength(2);
  });

  test("goes on after a snapshot that could not be made, and while there is none", async () => {
    content = null;
    build.mockRejectedValueOnce(new Error("store"));
    feed.changed();
    await vi.advanceTimersByTimeAsync(5000);
    expect(requested).toHaveLength(0);
    content = at(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(requested).toHaveLength(1);
  });
});
