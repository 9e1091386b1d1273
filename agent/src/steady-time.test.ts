import { describe, expect, it } from "vitest";
import { SteadyTime } from "./steady-time.ts";

const DAY = 86_400_000;

/** A machine whose two clocks a test sets. */
function machine(): { wall: number; monotonic: number; clock: { now(): number; monotonic(): number } } {
  const state = { wall: 1_000_000, monotonic: 500 };
  return Object.assign(state, { clock: { now: () => state.wall, monotonic: () => state.monotonic } });
}

function passing(box: ReturnType<typeof machine>, ms: number): void {
  box.wall += ms;
  box.monotonic += ms;
}

describe("steady time", () => {
  it("counts what passes, and nothing when the clock is set", () => {
    const box = machine();
    const time = new SteadyTime(box.clock, "boot", null);
    passing(box, 50);
    box.wall += DAY;
    expect(time.now()).toBe(50);
    box.wall -= 3 * DAY;
    passing(box, 50);
    expect(time.now()).toBe(100);
  });

  it("goes on in another process, whatever was done to the clock between them", () => {
    const box = machine();
    const mark = new SteadyTime(box.clock, "boot", null).mark(1);
    passing(box, 70);
    box.wall += DAY;
    expect(new SteadyTime(box.clock, "boot", mark).now()).toBe(70);
    box.wall -= 2 * DAY;
    expect(new SteadyTime(box.clock, "boot", mark).now()).toBe(70);
  });

  it("counts the time the machine was off by the wall clock, and nothing when that was set back", () => {
    const box = machine();
    const mark = new SteadyTime(box.clock, "boot", null).mark(1);
    box.wall += DAY;
    box.monotonic = 3;
    expect(new SteadyTime(box.clock, "next", mark).now()).toBe(DAY);
    box.wall -= 5 * DAY;
    expect(new SteadyTime(box.clock, "next", mark).now()).toBe(0);
    passing(box, 40);
    expect(new SteadyTime(box.clock, "next", { ...mark, steady: 9 }).now()).toBe(9);
  });
});
