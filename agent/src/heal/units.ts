import {
  bootTargets,
  readUnit,
  type UnitState,
  unitFilesProgram,
  unitProgram,
  unitPrograms,
} from "@compline/core/appliance";
import type { Step, UndoStep } from "@compline/schemas";
import type { Host } from "../transports/host.ts";
import { runCommand } from "./command.ts";
import { HealError } from "./heal-error.ts";
import type { Recorder } from "./recorder.ts";

type Wanted = NonNullable<Step["service"]>;

/** What a unit was before steps changed it: no more of it than they change. */
export type UnitBefore = Omit<Wanted, "unit">;

/** Where units are changed, and what they were before. */
interface UnitPorts {
  readonly opened: Host;
  readonly units: Map<string, UnitBefore>;
  readonly recorder: Recorder;
}

/**
 * Notes what the units are that steps change, before any of them runs: to stop one may stop others, such as a service
 * with its socket. What steps leave alone is not put back either: systemd may see it otherwise by then.
 */
export async function noteUnits(
  { opened, units }: Pick<UnitPorts, "opened" | "units">,
  steps: readonly (Step | UndoStep)[],
): Promise<void> {
  for (const { service } of steps) {
    if (service === undefined) continue;
    const { unit, ...wanted } = service;
    const noted = units.get(unit) ?? {};
    const { running, enabled, masked } = await stateOf(opened, unit);
    const found = Object.entries({ running, enabled, masked }).filter(([member]) => member in wanted);
    units.set(unit, { ...Object.fromEntries(found), ...noted });
  }
}

/** Brings a unit into the state that a step wants, or back into the one it was found in. */
export async function changeUnit(ports: UnitPorts, step: Step | UndoStep): Promise<void> {
  const { opened, units } = ports;
  const wanted = step.service ?? stateBefore(units, step);
  if (wanted === null) return; // this heal had not come to it
  const now = await stateOf(opened, wanted.unit);
  const enabling = wanted.enabled === true && !now.enabled;
  const targets = enabling && now.running ? await targetsOf(opened, wanted.unit) : [];
  for (const argv of unitPrograms(wanted, now, targets)) await runCommand(ports, argv);
}

function stateBefore(units: UnitPorts["units"], step: Step | UndoStep): Wanted | null {
  const unit = "restoreService" in step ? step.restoreService?.unit : undefined;
  if (unit === undefined) throw new Error("unreachable: a service step without a unit");
  const before = units.get(unit);
  return before === undefined ? null : { unit, ...before };
}

async function targetsOf(host: Host, unit: string): Promise<readonly string[]> {
  return bootTargets(await answerOf(host, unitFilesProgram(unit)));
}

async function stateOf(host: Host, unit: string): Promise<UnitState> {
  const state = readUnit(await answerOf(host, unitProgram(unit)));
  if (state === null) throw new HealError("COMMAND_FAILED");
  return state;
}

async function answerOf(host: Host, argv: readonly string[]): Promise<string> {
  const { code, stdout } = await host.run(argv);
  if (code !== 0) throw new HealError("COMMAND_FAILED");
  return stdout.toString("utf8");
}
