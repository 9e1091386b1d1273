import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";

/** A thing that is done again and again. */
export interface LoopOptions {
  readonly everyMs: number;
  readonly longestMs: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly metrics: Pick<Metrics, "passFailures">;
  /** Waits, or returns earlier at the signal. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Does `work` every `everyMs` until the signal, counted from the end of one to the start of the next. After a failure
 * it waits twice as long each time, up to `longestMs`. Resolves when the signal came and the work under way is done.
 */
export async function repeat(work: () => Promise<void>, options: LoopOptions): Promise<void> {
  const { everyMs, longestMs, log, signal, metrics, sleep = sleepUnlessTold } = options;
  let waitMs = everyMs;
  while (!signal.aborted) {
    try {
      await work();
      waitMs = everyMs;
    } catch (error) {
      waitMs = Math.min(waitMs * 2, longestMs);
      metrics.passFailures.inc();
      log.error({ err: error, waitMs }, "pass failed");
    }
    await sleep(waitMs, signal);
  }
}

async function sleepUnlessTold(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
