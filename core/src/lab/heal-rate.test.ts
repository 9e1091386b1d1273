import type { LabDrill } from "@compline/schemas";
import { describe, expect, it } from "vitest";
import { healRate } from "./heal-rate.ts";

const drill: LabDrill = {
  name: "a",
  check: "a",
  checkDigest: "a".repeat(64),
  runbook: "a",
  runbookDigest: "b".repeat(64),
  host: "debian-12",
  outcome: "healed",
  reason: null,
  brokenMs: 1,
  detectedMs: 2,
  healedMs: 4,
  attempts: 1,
  undone: true,
};
const told: LabDrill = { ...drill, runbook: null, outcome: "escalated", healedMs: null };

describe("the heal rate", () => {
  it("counts every drill once: what failed or was not run did not heal", () => {
    const drills: readonly LabDrill[] = [
      drill,
      { ...drill, outcome: "failed" },
      { ...drill, outcome: "not_run" },
      told,
      { ...told, outcome: "not_run" },
    ];
    const rate = healRate({ drills });
    expect(rate).toMatchObject({ healed: 1, toHeal: 3, escalated: 1, toEscalate: 2, failed: 1, notRun: 2 });
    expect(rate.toHeal + rate.toEscalate).toBe(drills.length);
  });

  it("says the median over those that healed, and nothing when none did", () => {
    const of = (...times: readonly number[]): number | null =>
      healRate({ drills: times.map((healedMs) => ({ ...drill, healedMs })) }).medianHealedMs;
    expect(of()).toBeNull();
    expect(of(9)).toBe(9);
    expect(of(9, 1, 5)).toBe(5);
    expect(of(4, 1, 9, 6)).toBe(5);
    const failed: LabDrill = { ...drill, outcome: "failed", healedMs: 900 };
    expect(healRate({ drills: [drill, failed] }).medianHealedMs).toBe(4);
  });
});
