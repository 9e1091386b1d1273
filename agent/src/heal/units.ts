import { readUnit, type UnitState, unitProgram, unitPrograms } from "@compline/core/appliance";
import type { Step, UndoStep } from "@compline/schemas";
import type { Host } from "../transports/host.ts";
import { runCommand } from "./command.ts";
import { HealError } from "./heal-error.ts";

/** Where a unit is changed, and what it was before. */
interface UnitPorts {
  readonly opened: Host;
  readonly units: Map<string, UnitState>;
}

/**
 * Notes what the units are that steps change, before any of them runs: to stop one may stop others, such as a service
 * with its socket.
 */
export async function noteUnits(
  { opened, units }: UnitPorts,
  steps: readonly (Step | UndoStep)[],
): Promise<void> {
  for (const { service } of steps)
    if (service !== undefined && !units.has(service.unit))
      units.set(service.unit, await stateOf(opened, service.unit));
}

/** Brings a unit into the state that a step wants, or back into the one it was found in. */
export async function changeUnit({ opened, units }: UnitPorts, step: Step | UndoStep): Promise<void> {
  const wanted = step.service ?? stateBefore(units, step);
  if (wanted === null) return; // this heal had not come to it
  const now = await stateOf(opened, wanted.unit);
  for (const argv of unitPrograms(wanted, now)) await runCommand(opened, argv);
}

function stateBefore(units: UnitPorts["units"], step: Step | UndoStep) {
  const unit = "restoreService" in step ? step.restoreService?.unit : undefined;
  if (unit === undefined) throw new Error("unreachable: a service step without a unit");
  const before = units.get(unit);
  return before === undefined ? null : { unit, ...before };
}

async function stateOf(host: Host, unit: string): Promise<UnitState> {
  const { code, stdout } = await host.run(unitProgram(unit));
  const state = code === 0 ? readUnit(stdout.toString("utf8")) : null;
  if (state === null) throw new HealError("COMMAND_FAILED");
  return state;
}
