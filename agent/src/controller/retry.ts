import type { Wake } from "../wake.ts";

/** The first pause is at most this long, each next one at most twice as long as the one before, up to the cap. */
export const FIRST_PAUSE_MS = 250;
/** The cap. */
export const LONGEST_PAUSE_MS = 30_000;

/**
 * Waits longer after each failure, up to 30 s. A pause is between a half and the whole of what it may be at most, by
 * chance, so that many appliances do not come back at once.
 */
export interface Backoff {
  /** Sleeps after a failure; less when woken, which only somebody may do to whom the controller just answered. */
  pause(wake: Wake, signal: AbortSignal): Promise<void>;
  /** After a success. */
  reset(): void;
}

/** A new one. `random` answers numbers from 0 to 1. */
export function createBackoff(random: () => number): Backoff {
  let failures = 0;
  return {
    async pause(wake, signal) {
      const longest = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      failures = Math.min(failures + 1, 16);
      await wake.sleep(longest * (0.5 + random() / 2), signal);
    },
    reset() {
      failures = 0;
    },
  };
}
