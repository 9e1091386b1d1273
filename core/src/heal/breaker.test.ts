import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Breaker,
  BREAKER_COOL_OFF_MS,
  BREAKER_COUNTED_MS,
  breakerAfter,
  breakerBefore,
  type SiteAttempt,
} from "./breaker.ts";

const MINUTE = 60_000;
const CLOSED: Breaker = { openedAt: null, countedFrom: 0 };
const NOW = 100 * MINUTE;

const failed = (pair: string, minutesAgo: number): SiteAttempt => ({
  pair,
  at: NOW - minutesAgo * MINUTE,
  outcome: "failed",
});

describe("the circuit breaker", () => {
  it("opens when the heals of five different pairs failed within an hour", () => {
    const attempts = ["a", "b", "c", "d"].map((pair) => failed(pair, 30));
    expect(breakerAfter(CLOSED, "failed", { attempts, now: NOW })).toBe(CLOSED);
    const fifth = [...attempts, failed("e", 0)];
    expect(breakerAfter(CLOSED, "failed", { attempts: fifth, now: NOW }).openedAt).toBe(NOW);
  });

  it.each<[string, readonly SiteAttempt[]]>([
    ["the same pair again", Array.from({ length: 9 }, (_, at) => failed("a", 9 - at))],
    ["one of them longer ago", [failed("a", 61), ...["b", "c", "d", "e"].map((pair) => failed(pair, 1))]],
    [
      "one of them healed since",
      [
        ...["a", "b", "c", "d", "e"].map((pair) => failed(pair, 5)),
        { pair: "b", at: NOW - MINUTE, outcome: "healed" },
      ],
    ],
  ])("stays closed after %s", (_, attempts) => {
    expect(breakerAfter(CLOSED, "failed", { attempts, now: NOW })).toBe(CLOSED);
  });

  it("counts an attempt whose end nobody knows as failed", () => {
    const attempts = ["a", "b", "c", "d", "e"].map((pair) => ({ ...failed(pair, 5), outcome: null }));
    expect(breakerAfter(CLOSED, "failed", { attempts, now: NOW }).openedAt).toBe(NOW);
  });

  it("opens for as long again with the first step of the one heal that may be tried, and closes when it healed", () => {
    const open: Breaker = { openedAt: NOW - BREAKER_COOL_OFF_MS, countedFrom: 0 };
    const trying = breakerBefore(open, NOW);
    expect(trying.openedAt).toBe(NOW);
    const attempts = [failed("a", 0)];
    expect(breakerAfter(trying, "failed", { attempts, now: NOW + 1 }).openedAt).toBe(NOW + 1);
    expect(breakerAfter(trying, "healed", { attempts, now: NOW + 1 })).toEqual({
      openedAt: null,
      countedFrom: NOW + 1,
    });
    expect(breakerBefore(CLOSED, NOW)).toBe(CLOSED);
  });

  it("that was closed forgets what failed before", () => {
    const closed: Breaker = { openedAt: null, countedFrom: NOW - MINUTE };
    const attempts = ["a", "b", "c", "d", "e"].map((pair) => failed(pair, 5));
    expect(breakerAfter(closed, "failed", { attempts, now: NOW })).toBe(closed);
  });

  it("never lets more than five heals fail in a row within any hour, whatever the pairs", () => {
    const anyStep = fc.record({ pair: fc.nat(20), waitMs: fc.nat(20 * MINUTE), heals: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        let breaker = CLOSED;
        let now = 0;
        const attempts: SiteAttempt[] = [];
        for (const { pair, waitMs, heals } of steps) {
          now += waitMs;
          const openFor = breaker.openedAt === null ? null : now - breaker.openedAt;
          if (openFor !== null && openFor < BREAKER_COOL_OFF_MS) continue;
          breaker = breakerBefore(breaker, now);
          const outcome = heals ? ("healed" as const) : ("failed" as const);
          attempts.push({ pair: `${pair}`, at: now, outcome });
          breaker = breakerAfter(breaker, outcome, { attempts, now });
          const recent = attempts.filter(({ at }) => at > now - BREAKER_COUNTED_MS);
          const since = recent.slice(recent.findLastIndex((one) => one.outcome === "healed") + 1);
          expect(new Set(since.map((one) => one.pair)).size).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});
