import type { TimeMark } from "../steady-time.ts";

/** What all clocks of a box said at one moment. */
export function markAt(ms: number): TimeMark {
  return { now: ms, wall: ms, monotonic: ms, bootId: "b", steady: ms };
}
