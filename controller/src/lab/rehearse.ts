import type { DrillPlan } from "./drill-plan.ts";
import type { DrillPorts } from "./play-drill.ts";
import { subjectsOf } from "./play-drill.ts";
import { differing, type MachineImage, imageOf, makeFolders, removeFolders } from "./machine-files.ts";

/** What rehearsing a runbook showed; `reason` is null when there is nothing to say against it. */
export interface Rehearsed {
  readonly undone: boolean;
  readonly reason: string | null;
}

/** Numbers under which files are kept: what the drill changes, and what the runbook changes. */
const DRILL = 2;
const RUNBOOK = 3;

/**
 * With the agent at rest, breaks the thing again and carries the runbook out, carries it out once more, and undoes
 * it, over SSH as the agent does; the machine's files are compared after each.
 */
export async function rehearse(
  plan: DrillPlan,
  { machine, steps }: Pick<DrillPorts, "machine" | "steps">,
): Promise<Rehearsed> {
  const { prepare = [], restore = [], break: breaking } = plan.spec;
  const runbook = plan.runbook?.spec;
  if (runbook === undefined) throw new Error("unreachable: only what a rule heals is rehearsed");
  const broken = [...prepare, ...breaking];
  const subjects = subjectsOf([...broken, ...runbook.steps]);
  const made = await makeFolders(machine, subjectsOf(broken).paths);
  const faults: string[] = [];
  const image = async (keep: number, what: string, doing: DrillSteps): Promise<MachineImage> => {
    const fault = await steps.do({ keep, steps: doing });
    if (fault !== null) faults.push(`${what} failed: ${fault}`);
    return imageOf(machine, subjects);
  };
  const before = await image(DRILL, "breaking it again", broken);
  const once = await image(RUNBOOK, "the runbook", runbook.steps);
  const twice = await image(RUNBOOK, "the runbook, run again,", runbook.steps);
  const undone = await image(RUNBOOK, "the undo", runbook.undo);
  await steps.do({ keep: DRILL, putBack: true, steps: restore });
  await removeFolders(machine, made);
  const again = differing(once, twice);
  const left = differing(before, undone);
  if (again.length > 0) faults.push(`the runbook, run again, changes ${again.join(", ")}`);
  if (left.length > 0) faults.push(`the undo leaves ${left.join(", ")} other than before`);
  return { undone: left.length === 0, reason: faults.length === 0 ? null : faults.join("; ") };
}

type DrillSteps = Parameters<DrillPorts["steps"]["do"]>[0]["steps"];
