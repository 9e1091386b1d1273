import { describe, expect, test, vi } from "vitest";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { repeat } from "./loop.ts";

describe("a loop", () => {
  test("waits longer after each failure, at most the longest wait, and as usual after a success", async () => {
    const ending = new AbortController();
    const waits: number[] = [];
    const sleep = async (ms: number): Promise<void> => {
      waits.push(ms);
      if (waits.length === 6) ending.abort();
    };
    let runs = 0;
    const work = async (): Promise<void> => {
      runs += 1;
      if (runs <= 4) throw new Error("down");
    };
    const metrics = createMetrics();
    const { signal } = ending;
    await repeat(work, { everyMs: 1, longestMs: 8, log: createLog("silent"), metrics, signal, sleep });
    expect(waits).toEqual([2, 4, 8, 8, 1, 1]);
    expect((await metrics.passFailures.get()).values).toMatchObject([{ value: 4 }]);
  });

  test("ends at once when it is told to while it waits", async () => {
    const ending = new AbortController();
    const work = vi.fn<() => Promise<void>>().mockResolvedValue();
    const done = repeat(work, {
      everyMs: 3_600_000,
      longestMs: 1,
      log: createLog("silent"),
      metrics: createMetrics(),
      signal: ending.signal,
    });
    setImmediate(() => ending.abort());
    await done;
    expect(work).toHaveBeenCalledTimes(1);
  });
});
