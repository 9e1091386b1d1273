import type { Wake } from "../wake.ts";

const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** Waits longer after each failure, up to 30 s, with jitter so that many appliances do not come back at once. */
export interface Backoff {
  /** Sleeps after a failure; less when woken. */
  pause(wake: Wake, signal: AbortSignal): Promise<void>;
  /** After a success. */
  reset(): void;
}

/** A new one. `random` answers numbers from 0 to 1. */
export function createBackoff(random: () => number): Backoff {
  let failures = 0;
  return {
    async pause(wake, signal) {
      const longest = Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);
      failures = Math.min(failures + 1, 16);
      await wake.sleep(longest * (0.5 + random() / 2), signal);
    },
    reset() {
      failures = 0;
    },
  };
}
