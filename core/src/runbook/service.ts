import type { Step } from "@compline/schemas";
import type { Program } from "../facts/raw-output.ts";
import { describeUnits, servicesProgram } from "../facts/service.ts";

/** The state of a systemd unit, as far as a step can change it. */
export interface UnitState {
  readonly running: boolean;
  readonly enabled: boolean;
  readonly masked: boolean;
  /** It is on its way to running, or from it, such as a service that its socket has just started. */
  readonly changing: boolean;
}

const CHANGING: ReadonlySet<string> = new Set(["activating", "deactivating", "reloading", "refreshing"]);

type Wanted = NonNullable<Step["service"]>;

/** What asks for the state of one unit. */
export function unitProgram(unit: string): Program {
  return servicesProgram([unit]);
}

/** The state that its output tells; null when that is no answer of systemctl's. */
export function readUnit(output: string): UnitState | null {
  const [unit] = describeUnits(output);
  if (unit === undefined || unit === null) return null;
  const { running, enabled, load, active } = unit;
  return { running, enabled, masked: load === "masked", changing: CHANGING.has(active) };
}

/**
 * The programs, in order, that bring a unit from one state into another; none where nothing differs. What is masked can
 * neither be started nor enabled, so a mask goes first and comes last. For a unit that is changing, the program waits
 * until it has. A unit is enabled by a link from each of `targets` alone, and as its files say when there are none.
 */
export function unitPrograms(
  { unit, ...wanted }: Wanted,
  now: UnitState,
  targets: readonly string[] = [],
): readonly Program[] {
  const differs = (member: "running" | "enabled" | "masked", value: boolean): boolean =>
    wanted[member] === value && (now[member] !== value || (member === "running" && now.changing));
  const perform = (verb: string, ...args: readonly string[]): Program => [
    "/usr/bin/systemctl",
    verb,
    "--",
    ...args,
    unit,
  ];
  const enabling =
    targets.length === 0 ? [perform("enable")] : targets.map((target) => perform("add-wants", target));
  return [
    ...(differs("masked", false) ? [perform("unmask")] : []),
    ...(differs("enabled", true) ? enabling : []),
    ...(differs("running", true) ? [perform("start")] : []),
    ...(differs("running", false) ? [perform("stop")] : []),
    ...(differs("enabled", false) ? [perform("disable")] : []),
    ...(differs("masked", true) ? [perform("mask")] : []),
  ];
}
