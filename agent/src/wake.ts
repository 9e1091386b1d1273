import { wait } from "./clock.ts";

/** Lets one loop sleep until it is told to look again. A notice that comes while nobody sleeps is kept. */
export interface Wake {
  notify(): void;
  /** Sleeps at most `ms`; less when notified, before or during the sleep, or when `signal` fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A new one, not notified. */
export function createWake(): Wake {
  let noticed = new AbortController();
  return {
    notify: () => noticed.abort(),
    async sleep(ms, signal) {
      await wait(ms, AbortSignal.any([signal, noticed.signal]));
      noticed = new AbortController();
    },
  };
}
