import { join } from "node:path";
import type { LabDrill } from "@compline/schemas";
import { ulid } from "ulid";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { DrillPlan } from "./drill-plan.ts";
import { HostEvidence } from "./host-evidence.ts";
import { startSteps } from "./host-steps.ts";
import { playHost } from "./lab-host.ts";
import { hostTransport, type LabHost, LabRepository } from "./lab-repository.ts";
import type { Machine } from "./machine.ts";
import type { Network } from "./network.ts";
import type { Patience } from "./play-drill.ts";
import { LabProduct, saidBy, stepRunner } from "./product.ts";
import { Slots } from "./slots.ts";

/** What is played, and where. */
export interface Play {
  /** The folder whose library is tried. */
  readonly library: string;
  readonly drills: readonly DrillPlan[];
  /** An empty folder for product and repository. */
  readonly folder: string;
  readonly network: Network;
  readonly patience: Patience;
  readonly say: (line: string) => void;
}

/** So many things are broken on a machine at the same time, as long as they do not touch each other. */
const BROKEN_AT_ONCE = 3;

/** The product on the machines, and all drills on all of them at the same time. */
export async function playAll(machines: readonly Machine[], play: Play): Promise<readonly LabDrill[]> {
  const { library, folder, network, say } = play;
  const product = new LabProduct(join(folder, "product"), network);
  const repository = await LabRepository.create(join(folder, "repository"), library);
  await product.startController(repository.folder);
  say(`the product runs; ${play.drills.length} drills on each machine`);
  const rows = await Promise.all(
    machines.map((machine) => playMachine(machine, { ...play, product, repository })),
  );
  await product.stop("controller");
  return rows.flat();
}

interface Played extends Play {
  readonly product: LabProduct;
  readonly repository: LabRepository;
}

async function playMachine(machine: Machine, played: Played): Promise<readonly LabDrill[]> {
  const { drills, network, patience, product, repository } = played;
  const { host, folder } = await enrol(machine, product);
  const { id, name } = host;
  const say = (line: string): void => played.say(`${name}: ${line}`);
  product.startAgent(name);
  const store = openSqliteStore(product.store, "read");
  const ended = new AbortController();
  const evidence = new HostEvidence(store, id);
  const following = evidence.follow(ended.signal);
  try {
    const rows = await playHost(drills, {
      name,
      machine,
      steps: startSteps(stepRunner(network, folder), {
        id,
        name,
        platform: "linux",
        transport: hostTransport(host),
      }),
      evidence,
      slots: new Slots(BROKEN_AT_ONCE),
      patience,
      installed: await installedOn(machine),
      assign: (checks) => repository.assign(host, checks),
      endAgent: () => product.stop(name),
      say,
    });
    const fault = await verifyEvidence(name, join(played.folder, `evidence-${name}`), product);
    say(fault ?? "the evidence verifies");
    return judge(rows, fault);
  } finally {
    ended.abort();
    await following;
    await store.close();
  }
}

async function enrol(
  machine: Machine,
  product: LabProduct,
): Promise<{ readonly host: LabHost; readonly folder: string }> {
  const { name, address, hostKey } = machine;
  const { document, publicKey, folder } = await product.enrol(name);
  machine.authorize(publicKey);
  return { host: { id: ulid(), site: ulid(), name, address, hostKey, enrolment: document }, folder };
}

/** Exports all evidence of a site and verifies it by the product's own verifier; answers what is wrong, or null. */
async function verifyEvidence(site: string, out: string, product: LabProduct): Promise<string | null> {
  const where = ["--repo", product.folder, "--state", product.folder];
  const exported = await product.compline("export", "--site", site, "--out", out, ...where);
  if (exported.code !== 0) return `the evidence could not be exported: ${saidBy(exported)}`;
  const verified = await product.compline("verify", out, "--output", "json");
  return verified.code === 0 ? null : `the evidence does not verify: ${firstFailure(verified.stdout)}`;
}

function firstFailure(text: string): string {
  const { failures } = JSON.parse(text) as {
    readonly failures: readonly { readonly code: string; readonly message: string }[];
  }; // our own program's
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
