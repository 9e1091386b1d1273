import type { LabDrill } from "@compline/schemas";
import { type DrillPlan, nameDrill } from "./drill-plan.ts";
import { lackingFor } from "./lacking.ts";
import { type DrillPorts, type Played, playDrill, untouched } from "./play-drill.ts";
import { rehearse } from "./rehearse.ts";

/** A machine with its appliance at work. */
export interface LabHostPorts extends DrillPorts {
  readonly name: string;
  readonly installed: ReadonlySet<string>;
  /** Ends the agent of the machine's appliance. */
  readonly endAgent: () => Promise<void>;
  readonly say: (line: string) => void;
}

/** All drills on one machine, one after the other: first with the agent at work, then, where it healed, without it. */
export async function playHost(
  plans: readonly DrillPlan[],
  ports: LabHostPorts,
): Promise<readonly LabDrill[]> {
  const rows = new Map<string, LabDrill>();
  for (const [index, plan] of plans.entries()) {
    const played = await tryDrill(plan, ports);
    rows.set(plan.name, { ...nameDrill(plan), host: ports.name, ...played });
    ports.say(`${index + 1}/${plans.length} ${plan.name}: ${describe(played)}`);
  }
  await ports.endAgent();
  for (const plan of plans) {
    const row = rows.get(plan.name);
    if (row?.outcome === "healed") rows.set(plan.name, await finish(plan, row, ports));
  }
  return [...rows.values()];
}

async function tryDrill(plan: DrillPlan, ports: LabHostPorts): Promise<Played> {
  const reason = lackingFor(plan.spec, ports.installed);
  return reason === null ? playDrill(plan, ports) : { ...untouched, outcome: "not_run", reason };
}

/** A heal counts when what it did is idempotent and can be undone. */
async function finish(plan: DrillPlan, row: LabDrill, ports: LabHostPorts): Promise<LabDrill> {
  const { undone, reason } = await rehearse(plan, ports);
  ports.say(`${plan.name}: ${reason ?? "run twice, undone"}`);
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
