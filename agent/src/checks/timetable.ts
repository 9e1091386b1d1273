import type { Clock } from "../clock.ts";
import type { VerdictMap } from "../evidence/verdict-map.ts";
import { duePairs, nextDueAt, type Schedule } from "./due.ts";

/** When each pair was looked at in this process, and when it is looked at again. Keys are those of `pairKey`. */
export class Timetable {
  readonly #clock: Clock;
  readonly #runs = new Map<string, number>();
  readonly #retries = new Map<string, number>();
  /** The same by the wall clock, which may come there earlier when it is set. */
  readonly #retriesByClock = new Map<string, number>();
  #intervals: Schedule["intervals"] = {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins anew under an assignment: every pair is due at once. */
  begin(intervals: Schedule["intervals"]): void {
    this.#intervals = intervals;
    this.#runs.clear();
    this.#retries.clear();
    this.#retriesByClock.clear();
  }

  /** A pair is looked at from now on. */
  runs(key: string): void {
    this.#runs.set(key, this.#clock.monotonic());
  }

  /** A pair was seen: what it was to be looked at again for is over. */
  seen(key: string): void {
    this.#retries.delete(key);
    this.#retriesByClock.delete(key);
  }

  /** Looks at a pair again when the clock says `at`, in milliseconds since 1970, or when so much time went by. */
  retryAt(key: string, at: number): void {
    this.#retries.set(key, this.#clock.monotonic() + Math.max(0, at - this.#clock.now()));
    this.#retriesByClock.set(key, at);
  }

  /** Looks at a pair again at once. */
  retryNow(key: string): void {
    this.#retries.set(key, this.#clock.monotonic());
  }

  /** The pairs to look at now, the one that waited longest first. */
  due(map: VerdictMap): readonly string[] {
    for (const [key, at] of this.#retriesByClock) if (at <= this.#clock.now()) this.retryNow(key);
    return duePairs(map, this.#schedule(), this.#clock.monotonic());
  }

  /** In how many milliseconds the next pair is due, 0 when one is; null when there are no pairs. */
  restMs(map: VerdictMap): number | null {
    const due = nextDueAt(map, this.#schedule());
    return due === null ? null : Math.max(0, due - this.#clock.monotonic());
  }

  #schedule(): Schedule {
    return { intervals: this.#intervals, runs: this.#runs, retries: this.#retries };
  }
}
