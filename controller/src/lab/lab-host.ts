import type { LabDrill } from "@compline/schemas";
import { type DrillPlan, nameDrill } from "./drill-plan.ts";
import { lackingFor } from "./lacking.ts";
import {
  type DrillPorts,
  awaitReady,
  describeLoss,
  newKeep,
  type Played,
  playDrill,
  untouched,
} from "./play-drill.ts";
import { rehearse } from "./rehearse.ts";

/** A machine with its appliance at work. */
export interface LabHostPorts extends DrillPorts {
  readonly name: string;
  readonly installed: ReadonlySet<string>;
  /** Lets the appliance look at these checks and no others. */
  readonly assign: (checks: readonly string[]) => Promise<void>;
  /** Ends the agent of the machine's appliance. */
  readonly endAgent: () => Promise<void>;
  readonly say: (line: string) => void;
}

/** So many drills are looked at at once: each look takes processor time, on the machine and here. */
const BATCH = 16;

/**
 * All drills on one machine. First every runbook is carried out, for no Debian passes every check as it is installed;
 * then batch by batch with the agent at work; then, where that went well, without it.
 */
export async function playHost(
  plans: readonly DrillPlan[],
  ports: LabHostPorts,
): Promise<readonly LabDrill[]> {
  const rows = new Map<string, LabDrill>();
  const note = (plan: DrillPlan, played: Played): void => {
    rows.set(plan.name, { ...nameDrill(plan), host: ports.name, ...played });
    ports.say(`${rows.size}/${plans.length} ${plan.name}: ${describe(played)}`);
  };
  const runnable = plans.filter((plan) => {
    const reason = lackingFor(plan.spec, ports.installed);
    if (reason !== null) note(plan, { ...untouched, outcome: "not_run", reason });
    return reason === null;
  });
  for (const { runbook } of runnable)
    if (runbook !== null) await ports.steps.do({ keep: newKeep(), steps: runbook.spec.steps });
  // Whether that has shut everybody out.
  await ports.steps.do({ keep: newKeep(), steps: [], putBack: true });
  ports.say(describeLoss(ports.steps) ?? "every runbook was carried out once");
  for (let at = 0; at < runnable.length; at += BATCH) {
    // What looks anywhere is tried before the others: what they break and heal would make its check flap.
    const batch = runnable.slice(at, at + BATCH).toSorted((a, b) => looksAnywhere(b) - looksAnywhere(a));
    await ports.assign([...new Set(batch.map(({ check }) => check.name))]);
    const ready = await Promise.all(batch.map((plan) => awaitReady(plan, ports)));
    // Only now: what is put back whole would undo what the agent healed in the same file meanwhile.
    await Promise.all(
      batch.map(async (plan, index) => note(plan, ready[index] ?? (await playDrill(plan, ports)))),
    );
  }
  await ports.endAgent();
  for (const plan of runnable) {
    const row = rows.get(plan.name);
    if (row?.outcome === "healed" || row?.outcome === "escalated")
      rows.set(plan.name, await finish(plan, row, ports));
  }
  return [...rows.values()];
}

/** 1 for a check by a program of ours, else 0. */
function looksAnywhere({ check }: DrillPlan): number {
  return check.spec.collect.program === undefined ? 0 : 1;
}

/** A heal counts when what it did changes nothing a second time and can be undone. */
async function finish(plan: DrillPlan, row: LabDrill, ports: LabHostPorts): Promise<LabDrill> {
  const loss = describeLoss(ports.steps);
  if (loss !== null) return { ...row, outcome: "failed", reason: loss };
  const { undone, reason } = await rehearse(plan, ports);
  ports.say(
    `${plan.name}: ${reason ?? (plan.runbook === null ? "put back" : "run twice, undone, put back")}`,
  );
  return reason === null ? { ...row, undone } : { ...row, undone, outcome: "failed", reason };
}

function describe({ outcome, reason, detectedMs, healedMs }: Played): string {
  const noticed = `noticed after ${seconds(detectedMs)}`;
  const texts: Readonly<Record<Played["outcome"], string>> = {
    healed: `${noticed}, healed after ${seconds(healedMs)}`,
    escalated: `${noticed}, a person told, nothing healed`,
    failed: `FAILED: ${reason}`,
    not_run: `not run: ${reason}`,
  };
  return texts[outcome];
}

/** Milliseconds as people read them. */
export function seconds(ms: number | null): string {
  return ms === null ? "-" : `${(ms / 1000).toFixed(1)} s`;
}
