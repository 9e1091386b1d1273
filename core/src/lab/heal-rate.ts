import type { LabReport } from "@compline/schemas";

/** What all drills of a report come to. Each drill is counted in exactly one of the two fractions. */
export interface HealRate {
  /** Drills of checks that a rule heals: how many healed, of how many. One that was not run did not heal. */
  readonly healed: number;
  readonly toHeal: number;
  /** Drills of checks that a person mends: how many were noticed and told, of how many. */
  readonly escalated: number;
  readonly toEscalate: number;
  readonly failed: number;
  readonly notRun: number;
  /** Median milliseconds from the break to the signed pass, over those that healed; null when none did. */
  readonly medianHealedMs: number | null;
}

/** Counts every drill of a report. */
export function healRate({ drills }: Pick<LabReport, "drills">): HealRate {
  const toHeal = drills.filter(({ runbook }) => runbook !== null);
  const count = (outcome: LabReport["drills"][number]["outcome"]): number =>
    drills.filter((drill) => drill.outcome === outcome).length;
  return {
    healed: count("healed"),
    toHeal: toHeal.length,
    escalated: count("escalated"),
    toEscalate: drills.length - toHeal.length,
    failed: count("failed"),
    notRun: count("not_run"),
    medianHealedMs: median(
      drills.flatMap(({ outcome, healedMs }) => (outcome === "healed" ? (healedMs ?? []) : [])),
    ),
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}
