import type { DrillPlan } from "./drill-plan.ts";
import { differing, imageOf, type MachineImage, makeFolders, removeFolders } from "./machine-files.ts";
import { describeLoss, type DrillPorts, newKeep, pathsOf, subjectsOf } from "./play-drill.ts";

/** What a rehearsal showed; `reason` is null when there is nothing to say against it. */
export interface Rehearsed {
  readonly undone: boolean;
  readonly reason: string | null;
}

type Ports = Pick<DrillPorts, "machine" | "steps">;
type Steps = Parameters<DrillPorts["steps"]["do"]>[0]["steps"];

/**
 * With the agent at rest, breaks the thing again, carries the runbook out, carries it out once more, undoes it, and puts
 * everything back, over SSH as the agent does; the machine's files are compared after each.
 */
export async function rehearse(plan: DrillPlan, { machine, steps }: Ports): Promise<Rehearsed> {
  const { prepare = [], restore = [], break: breaking } = plan.spec;
  const runbook = plan.runbook?.spec;
  const broken = [...prepare, ...breaking];
  const subjects = subjectsOf([...broken, ...(runbook?.steps ?? [])]);
  const faults: string[] = [];
  const doing = async (keep: number, what: string, work: Steps): Promise<void> => {
    const fault = await steps.do({ keep, steps: work });
    if (fault !== null) faults.push(`${what} failed: ${fault}`);
  };
  const look = (): Promise<MachineImage> => imageOf(machine, subjects);
  const compare = (what: string, before: MachineImage, after: MachineImage): boolean => {
    const paths = differing(before, after);
    if (paths.length > 0) faults.push(`${what} ${paths.join(", ")}`);
    return paths.length === 0;
  };
  const [ofDrill, ofRunbook] = [newKeep(), newKeep()];
  const start = await look();
  const made = await makeFolders(machine, pathsOf(subjectsOf(broken)));
  await doing(ofDrill, "breaking it again", broken);
  let undone = true;
  if (runbook !== undefined) {
    const before = await look();
    await doing(ofRunbook, "the runbook", runbook.steps);
    const once = await look();
    await doing(ofRunbook, "the runbook, run again,", runbook.steps);
    compare("the runbook, run again, changes", once, await look());
    await doing(ofRunbook, "the undo", runbook.undo);
    undone = compare("the undo leaves changed", before, await look());
  }
  const left = await steps.do({ keep: ofDrill, putBack: true, steps: restore });
  if (left !== null) faults.push(`putting it back failed: ${left}`);
  const loss = describeLoss(steps);
  if (loss !== null) faults.push(loss);
  await removeFolders(machine, made);
  const putBack = compare("the drill leaves changed", start, await look());
  return { undone: undone && putBack, reason: faults.length === 0 ? null : faults.join("; ") };
}
