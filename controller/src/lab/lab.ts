import { join } from "node:path";
import type { LabDrill, LabMachine, LabReport } from "@compline/schemas";
import { type Clock, instantOf } from "../clock.ts";
import { version } from "../version.ts";
import { type DrillPlan, nameDrill } from "./drill-plan.ts";
import { CADENCE } from "./lab-repository.ts";
import { bootMachine, type Machine, type MachinePlan } from "./machine.ts";
import { makeNetwork, type Network } from "./network.ts";
import { playAll } from "./play-all.ts";
import { type Patience, untouched } from "./play-drill.ts";
import { expectProgram, LabError } from "./programs.ts";
import { buildSystem, type Release } from "./system-tree.ts";
import { readRevision } from "./tried-revision.ts";

/** What a lab is run with. */
export interface LabOptions {
  /** The folder whose checks, rules, runbooks and drills are tried. */
  readonly library: string;
  readonly drills: readonly DrillPlan[];
  readonly releases: readonly Release[];
  /** Trees to use instead of building one, by release; they stay as they are. */
  readonly systems: ReadonlyMap<string, string>;
  /** An empty folder, in memory, that goes with this process. */
  readonly folder: string;
  /** The name of the control group that machines run in. */
  readonly group: string;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

const PATIENCE: Patience = { baselineMs: 120_000, detectMs: 20_000, healMs: 60_000 };

/** Runs every drill on a machine of each release. Throws LabError when there is no machine at all. */
export async function runLab(options: LabOptions): Promise<LabReport> {
  const startedAt = instantOf(options.clock());
  const network = await makeNetwork(join(options.folder, "network"));
  const systems = await makeMachines(options, network);
  const machines = systems.flatMap(({ machine }) => machine ?? []);
  if (machines.length === 0) throw new LabError(systems.map(({ reason }) => reason).join("; "));
  const rows = await playAll(machines, { ...options, network, patience: PATIENCE });
  const absent = systems.flatMap(({ machine, name, reason }) =>
    machine === null
      ? options.drills.map(
          (plan): LabDrill => ({ ...nameDrill(plan), host: name, ...untouched, outcome: "not_run", reason }),
        )
      : [],
  );
  return {
    schemaVersion: "1",
    startedAt,
    endedAt: instantOf(options.clock()),
    ...(await readRevision(options.library)),
    cadence: CADENCE,
    software: { compline: version, node: process.versions.node },
    machines: await Promise.all(systems.map(describeMachine)),
    drills: [...rows, ...absent].toSorted((a, b) => (`${a.name} ${a.host}` < `${b.name} ${b.host}` ? -1 : 1)),
  };
}

/** A machine, or why there is none. */
interface Prepared {
  readonly name: string;
  readonly machine: Machine | null;
  readonly reason: string | null;
}

/** What does not throw for what went wrong with one machine. */
async function attempt<T>(name: string, { say }: LabOptions, work: () => Promise<T>): Promise<T | LabError> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    say(`${name}: ${error.message}`);
    return error;
  }
}

/** The files of a release's system. */
async function makeSystem({ version: release, ...rest }: Release, options: LabOptions): Promise<string> {
  const given = options.systems.get(release);
  if (given !== undefined) return given;
  const system = join(options.folder, `system-${release}`);
  options.say(`debian-${release}: building the system`);
  await buildSystem(system, { version: release, ...rest }, packagesFor(options.drills));
  return system;
}

async function boot(plan: MachinePlan, { say }: LabOptions): Promise<Machine> {
  say(`${plan.name}: booting`);
  const machine = await bootMachine(plan);
  say(`${plan.name}: sshd listens on ${machine.address}`);
  return machine;
}

/** A machine of each release, or why there is none. */
async function makeMachines(options: LabOptions, network: Network): Promise<readonly Prepared[]> {
  const systems = await Promise.all(
    options.releases.map((release) => attempt(nameOf(release), options, () => makeSystem(release, options))),
  );
  // What systemd-nspawn leaves there goes with the lab. Only now: the mirror's name may be looked up by files in it.
  await expectProgram(["mount", "-t", "tmpfs", "tmpfs", "/run"]);
  return Promise.all(
    options.releases.map(async (release, index) => {
      const name = nameOf(release);
      const system = systems[index] ?? new LabError("unreachable: no system");
      if (typeof system !== "string") return { name, machine: null, reason: system.message };
      const folder = join(options.folder, name);
      const plan = { name, number: index + 1, system, folder, group: options.group, network };
      const machine = await attempt(name, options, () => boot(plan, options));
      return machine instanceof LabError
        ? { name, machine: null, reason: machine.message }
        : { name, machine, reason: null };
    }),
  );
}

function nameOf({ version: release }: Release): string {
  return `debian-${release}`;
}

function packagesFor(drills: readonly DrillPlan[]): readonly string[] {
  return drills.flatMap(({ spec }) => (spec.needs?.own === undefined ? (spec.needs?.packages ?? []) : []));
}

async function describeMachine({ name, machine }: Prepared): Promise<LabMachine> {
  const unknown = "not built";
  if (machine === null) return { name, system: unknown, kernel: unknown, systemd: unknown, openssh: unknown };
  const ask = async (...argv: readonly string[]): Promise<string> => (await machine.run(argv)).stdout.trim();
  const versionOf = (name: string): Promise<string> =>
    ask("/usr/bin/dpkg-query", "--show", "--showformat=${Version}", name);
  const release = await ask("/usr/bin/cat", "/etc/os-release");
  return {
    name,
    system: /^PRETTY_NAME="(.*)"$/m.exec(release)?.[1] ?? "unknown",
    kernel: await ask("/usr/bin/uname", "-r"),
    systemd: await versionOf("systemd"),
    openssh: await versionOf("openssh-server"),
  };
}
