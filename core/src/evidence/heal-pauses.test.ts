import * as fc from "fast-check";
import { expect, it } from "vitest";
import { pairWaits, ruleWaits } from "../heal/pauses.ts";
import type { HealAttempt } from "../heal/situation.ts";
import { createRanHeals, passMoment, unapprovedHeals } from "./heal-pauses.ts";
import type { HealLimits } from "./heal-limits.ts";
import type { HealRecord, Observation } from "./statement.ts";

const RULE = { check: "ca", platforms: ["linux" as const], runbook: "rb", owner: "agent" as const };
const SPEC = { ...RULE, cooldown: "10m", maxAttempts: 2, window: "2h" };
const LIMITS: HealLimits = {
  mode: "full",
  riskCeiling: "high",
  rules: new Map([["r", SPEC]]),
  runbooks: new Map(),
  platforms: new Map(),
};
const START = Date.parse("2026-11-23T08:00:00.000Z");

/** Some time passes, a bundle is signed, a heal begins and ends, and its own bundle is signed. In minutes. */
const anyStep = fc.record({
  wait: fc.nat(90),
  signedAfter: fc.nat(3),
  takes: fc.nat(15),
  healed: fc.boolean(),
  reboots: fc.nat(9).map((one) => one === 0),
});

function signedAt(minute: number, boot: number): Observation {
  const clock = { bootId: `b${boot}`, monotonicMs: minute * 60_000 };
  return { kind: "delta", clock, window: { end: instant(minute) } } as unknown as Observation;
}

function instant(minute: number): string {
  return new Date(START + minute * 60_000).toISOString();
}

it("holds nothing against a box that waits as its rule says, and finds what one does that never waits, but over reboots", () => {
  let [heals, found] = [0, 0];
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 12 }), fc.boolean(), (steps, isPatient) => {
      const ran = createRanHeals();
      const attempts: { readonly minute: number; readonly outcome: HealAttempt["outcome"] }[] = [];
      let [minute, boot] = [0, 0];
      for (const { wait, signedAfter, takes, healed, reboots } of steps) {
        if (reboots) boot += 1;
        passMoment(ran, signedAt((minute += wait), boot));
        minute += signedAfter;
        const known = attempts.map((one) => ({
          rule: "r",
          agoMs: (minute - one.minute) * 60_000,
          outcome: one.outcome,
        }));
        const mustWait = pairWaits(known).length + ruleWaits("r", SPEC, known).length > 0;
        if (isPatient && mustWait) continue;
        const outcome = healed ? "healed" : "failed";
        const record = {
          host: "h",
          check: "ca",
          rule: "r",
          outcome,
          errorClass: null,
          approval: null,
          startedAt: instant(minute),
        };
        attempts.unshift({ minute, outcome });
        const signed = signedAt((minute += takes), boot);
        const said = unapprovedHeals(ran, [record as unknown as HealRecord], { signed, limits: LIMITS });
        passMoment(ran, signed);
        heals += mustWait ? 1 : 0;
        found += said.length;
        expect(mustWait ? [] : said).toEqual([]);
      }
    }),
    { numRuns: 1000 },
  );
  expect(found).toBeGreaterThan(heals / 2);
});
