import type { Clock } from "../clock.ts";
import type { Wake } from "../wake.ts";

/** A machine whose time goes by only where something sleeps, and then as fast as it can. */
export interface SimulatedMachine {
  readonly clock: Clock;
  readonly wake: Wake;
  /** Sets the wall clock, in milliseconds; what has passed since boot stays. */
  shiftWall(ms: number): void;
}

/** One that calls `onSleep` after each sleep; that says by how much longer than asked it slept. */
export function simulateMachine(startMs: number, onSleep: () => Promise<number>): SimulatedMachine {
  let wall = startMs;
  let monotonic = 1_000_000;
  let noticed = false;
  const pass = (ms: number): void => {
    wall += ms;
    monotonic += ms;
  };
  return {
    clock: {
      // Looking at the clock takes time too: no two looks are the same instant.
      now: () => {
        pass(1);
        return wall;
      },
      monotonic: () => monotonic,
    },
    wake: {
      notify: () => {
        noticed = true;
      },
      async sleep(ms) {
        if (!noticed) pass(ms);
        noticed = false;
        pass(await onSleep());
      },
    },
    shiftWall: (ms) => {
      wall += ms;
    },
  };
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
