import { durationMs, type Graph, type ManifestDocument } from "@compline/core";
import type { DrillSpec, LabDrill } from "@compline/schemas";

/** A drill and what it is about. */
export interface DrillPlan {
  readonly name: string;
  readonly spec: DrillSpec;
  readonly check: Pick<ManifestDocument<"Check">, "name" | "digest" | "spec">;
  /** The runbook of the rule that answers first; null when a person mends it. */
  readonly runbook: Pick<ManifestDocument<"Runbook">, "name" | "digest" | "spec"> | null;
  /** How long after a heal the same rule waits before another. */
  readonly cooldownMs: number;
}

/** What is known of a drill before it is run. */
export type NamedDrill = Pick<LabDrill, "name" | "check" | "checkDigest" | "runbook" | "runbookDigest">;

/**
 * The drills for Linux, so ordered that two of one check are not played one soon after the other: a check that
 * changes too often counts as flapping, and is not healed.
 */
export function planDrills(graph: Graph): readonly DrillPlan[] {
  const plans = [...graph.drills.values()]
    .filter(({ spec }) => spec.platform === "linux")
    .flatMap((drill) => planOf(graph, drill) ?? []);
  const turns = Map.groupBy(plans, ({ check }) => check.name);
  const longest = Math.max(0, ...[...turns.values()].map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) =>
    [...turns.values()].flatMap((ofCheck) => ofCheck[turn] ?? []),
  ).flat();
}

function planOf(graph: Graph, drill: ManifestDocument<"Drill">): DrillPlan | null {
  const check = graph.checks.get(drill.spec.check);
  if (check === undefined) return null;
  const [rule] = (graph.rulesOfCheck.get(check.name) ?? []).filter(({ spec }) => spec.owner === "agent");
  return {
    name: drill.name,
    spec: drill.spec,
    check,
    runbook: rule === undefined ? null : (graph.runbooks.get(rule.spec.runbook) ?? null),
    cooldownMs: rule === undefined ? 0 : durationMs(rule.spec.cooldown),
  };
}

/** The members of a report's row that do not depend on how the drill went. */
export function nameDrill({ name, check, runbook }: DrillPlan): NamedDrill {
  return {
    name,
    check: check.name,
    checkDigest: check.digest,
    runbook: runbook?.name ?? null,
    runbookDigest: runbook?.digest ?? null,
  };
}
