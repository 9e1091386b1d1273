import type { Clock } from "./clock.ts";

/** What the clocks said at one moment, as the store keeps it. All in milliseconds. */
export interface TimeMark {
  /** Effective now, since 1970: the latest time that is known to have been. */
  readonly now: number;
  /** What the wall clock said, since 1970. */
  readonly wall: number;
  /** What the monotonic clock said, since the boot named `bootId`. */
  readonly monotonic: number;
  readonly bootId: string;
  /** How much time passed for this box since its state was made. */
  readonly steady: number;
}

/**
 * Time that only counts what really passed, so that setting the clock neither shortens nor lengthens what a guard
 * waits for. A process started again goes on by the monotonic clock; over a reboot only the wall clock knows, and one
 * that was set back meanwhile adds nothing.
 */
export class SteadyTime {
  readonly #clock: Clock;
  readonly #bootId: string;
  readonly #startedAt: number;
  readonly #base: number;

  constructor(clock: Clock, bootId: string, before: TimeMark | null) {
    this.#clock = clock;
    this.#bootId = bootId;
    this.#startedAt = clock.monotonic();
    this.#base = before === null ? 0 : before.steady + this.#passedSince(before);
  }

  /** Now. */
  now(): number {
    return this.#base + this.#clock.monotonic() - this.#startedAt;
  }

  /** All clocks at this moment; `now` is effective now. */
  mark(now: number): TimeMark {
    return {
      now,
      wall: this.#clock.now(),
      monotonic: this.#clock.monotonic(),
      bootId: this.#bootId,
      steady: this.now(),
    };
  }

  #passedSince({ wall, monotonic, bootId }: TimeMark): number {
    const sameBoot = bootId === this.#bootId && this.#startedAt >= monotonic;
    return sameBoot ? this.#startedAt - monotonic : Math.max(0, this.#clock.now() - wall);
  }
}
