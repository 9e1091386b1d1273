import { join } from "node:path";
import type { LabDrill, LabMachine, LabReport } from "@compline/schemas";
import { ulid } from "ulid";
import { type Clock, instantOf } from "../clock.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { version } from "../version.ts";
import { type DrillPlan, nameDrill } from "./drill-plan.ts";
import { HostEvidence } from "./host-evidence.ts";
import { startSteps } from "./host-steps.ts";
import { playHost } from "./lab-host.ts";
import { CADENCE, hostTransport, type LabHost, SITE, writeRepository } from "./lab-site.ts";
import { bootMachine, type Machine, type MachinePlan } from "./machine.ts";
import { makeNetwork, type Network } from "./network.ts";
import { type Patience, untouched } from "./play-drill.ts";
import { LabProduct, saidBy, stepRunner } from "./product.ts";
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
  const rows = await playAll(machines, { options, network });
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

interface Running {
  readonly options: LabOptions;
  readonly network: Network;
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

/** The product on the machines, and all drills on all of them at the same time. */
async function playAll(
  machines: readonly Machine[],
  { options, network }: Running,
): Promise<readonly LabDrill[]> {
  const product = new LabProduct(join(options.folder, "product"), network);
  const hosts = await Promise.all(machines.map((machine) => enrol(machine, product)));
  const repository = join(options.folder, "repository");
  const checks = [...new Set(options.drills.map(({ check }) => check.name))];
  await writeRepository(repository, { library: options.library, checks, hosts });
  await product.startController(repository);
  for (const { name } of hosts) product.startAgent(name);
  options.say(`the product runs; ${options.drills.length} drills on each machine`);
  const store = openSqliteStore(product.store, "read");
  try {
    const rows = await Promise.all(
      hosts.map(async (host) =>
        playHost(options.drills, {
          name: host.name,
          machine: host.machine,
          steps: startSteps(stepRunner(network, host.folder), {
            id: host.id,
            name: host.name,
            platform: "linux",
            transport: hostTransport(host),
          }),
          evidence: new HostEvidence(store, host.id),
          patience: PATIENCE,
          installed: await installedOn(host.machine),
          endAgent: () => product.stop(host.name),
          say: (line) => options.say(`${host.name}: ${line}`),
        }),
      ),
    );
    return judge(rows.flat(), await verifyAll(product, options));
  } finally {
    await store.close();
  }
}

type EnrolledHost = LabHost & { readonly machine: Machine; readonly folder: string };

async function enrol(machine: Machine, product: LabProduct): Promise<EnrolledHost> {
  const { name, address, hostKey } = machine;
  const { document, publicKey, folder } = await product.enrol(name);
  machine.authorize(publicKey);
  return { id: ulid(), name, address, hostKey, enrolment: document, machine, folder };
}

/** Exports all evidence and verifies it by the product's own verifier; answers what is wrong with it, or null. */
async function verifyAll(product: LabProduct, { folder, say }: LabOptions): Promise<string | null> {
  const out = join(folder, "evidence");
  const where = ["--repo", product.folder, "--state", product.folder];
  const exported = await product.compline("export", "--site", SITE, "--out", out, ...where);
  if (exported.code !== 0) return `the evidence could not be exported: ${saidBy(exported)}`;
  const verified = await product.compline("verify", out, "--output", "json");
  say(`evidence: ${verified.code === 0 ? "verified" : "NOT verified"}`);
  return verified.code === 0 ? null : `the evidence does not verify: ${firstFailure(verified.stdout)}`;
}

function firstFailure(text: string): string {
  const { failures } = JSON.parse(text) as { failures: readonly { code: string; message: string }[] }; // our own program's
  return failures.map(({ code, message }) => `${code} ${message}`)[0] ?? "incomplete";
}

/** Without evidence that verifies nothing was shown. */
function judge(rows: readonly LabDrill[], fault: string | null): readonly LabDrill[] {
  if (fault === null) return rows;
  return rows.map((row) =>
    row.outcome === "not_run" ? row : { ...row, outcome: "failed", reason: row.reason ?? fault },
  );
}

async function installedOn(machine: Machine): Promise<ReadonlySet<string>> {
  const { stdout } = await machine.run(["/usr/bin/dpkg-query", "--show", "--showformat=${Package}\n"]);
  return new Set(stdout.split("\n"));
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
