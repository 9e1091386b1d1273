import type { Clock } from "../clock.ts";

/** How many signatures of one address may fail in a minute before nothing of it is looked at. */
export const failuresPerMinute = 100;

const windowMs = 60_000;
const mostCallers = 10_000;

interface Spent {
  readonly sinceMs: number;
  count: number;
}

/**
 * How often each caller may do something in a minute. The minute begins with the caller's first time. Memory is
 * bounded: when more callers than it holds are busy in one minute, the one that began first is forgotten.
 */
export class Allowance {
  readonly perMinute: number;
  readonly #clock: Clock;
  readonly #spent = new Map<string, Spent>();

  constructor(perMinute: number, clock: Clock) {
    this.perMinute = perMinute;
    this.#clock = clock;
  }

  /** Whether the caller has some left. */
  has(caller: string): boolean {
    return (this.#current(caller)?.count ?? 0) < this.perMinute;
  }

  /** Counts `count` times, however many are left. */
  spend(caller: string, count = 1): void {
    const spent = this.#current(caller) ?? this.#begin(caller);
    spent.count += count;
  }

  /** Seconds until the caller has all of it again, at least 1. */
  retryAfterS(caller: string): number {
    const since = this.#current(caller)?.sinceMs ?? this.#clock();
    return Math.max(1, Math.ceil((since + windowMs - this.#clock()) / 1000));
  }

  #current(caller: string): Spent | undefined {
    const spent = this.#spent.get(caller);
    return spent !== undefined && this.#isOver(spent) ? undefined : spent;
  }

  /** A minute that lies ahead is over, too: the clock was set back. */
  #isOver({ sinceMs }: Spent): boolean {
    const age = this.#clock() - sinceMs;
    return age < 0 || age >= windowMs;
  }

  #begin(caller: string): Spent {
    const spent: Spent = { sinceMs: this.#clock(), count: 0 };
    // Deleted first, so that the map's order is the order of beginnings.
    this.#spent.delete(caller);
    if (this.#spent.size >= mostCallers) this.#spent.delete(this.#spent.keys().next().value ?? "");
    this.#spent.set(caller, spent);
    return spent;
  }
}

/** What an address is counted as: an IPv6 network of 64 bits is one caller, for it can have every address in it. */
export function callerOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(":")) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => "0"), ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
