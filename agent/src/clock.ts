/** Time as a port, so that a test can set it. Both in milliseconds. */
export interface Clock {
  /** Wall clock, since 1970. May jump either way. */
  now(): number;
  /** Since boot. Never goes back; intervals and timeouts are measured with it. */
  monotonic(): number;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint() / 1_000_000n),
};

/** `ms` since 1970 as the only form of time that enters evidence: UTC with milliseconds and `Z`. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** Waits `ms`, or less when `signal` fires. Never rejects. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
