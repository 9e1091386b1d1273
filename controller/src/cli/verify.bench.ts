import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { encodeTrust, envelopePath } from "@compline/core";
import { type Chain, chainRevision, makeChains } from "../testdata/chain.ts";

const launcher = join(import.meta.dirname, "..", "..", "bin", "compline.mjs");
const boxes = 40;
const length = 250;

/** The whole command on an exported folder of 10,000 bundles of 40 appliances: read, verify, replay. */
export const bench = {
  figures: [{ name: "audit_bundles_per_s", unit: "1/s", goal: ">= 5000" }],
  runs: 3,
  prepare: async () => {
    const folder = await mkdtemp(join(tmpdir(), "compline-bench-"));
    await writeKit(folder, await makeChains(boxes, length));
    return { run: async () => verify(folder), close: () => rm(folder, { recursive: true }) };
  },
};

function verify(folder: string): { values: { audit_bundles_per_s: number } } {
  const started = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [launcher, "verify", folder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0 || !stdout.includes("VERIFIED"))
    throw new Error(`exit ${status}: ${stdout.slice(0, 2000)}`);
  return { values: { audit_bundles_per_s: (boxes * length) / seconds } };
}

async function writeKit(folder: string, chains: readonly Chain[]): Promise<void> {
  const put = async (path: string, bytes: Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  };
  for (const { box, assignment, envelopes } of chains) {
    await put(`assignments/${assignment.digest}.json`, assignment.bytes);
    const places = envelopes.map((bytes, seq) => ({
      bytes,
      path: envelopePath(box.site, { id: box.id, epoch: 0, seq }),
    }));
    for (const { path, bytes } of places) await put(path, bytes);
  }
  await put("trust.json", trustOf(chains));
}

function trustOf(chains: readonly Chain[]): Uint8Array {
  return encodeTrust({
    schemaVersion: "1",
    partner: "01JP0000000000000000000000",
    sites: chains.map(({ box }) => box.site).toSorted(),
    authority: null,
    log: null,
    witnesses: [],
    quorum: 0,
    bitcoin: null,
    heads: [],
    keys: chains.map(({ box }) => ({
      publicKey: Buffer.from(box.publicKey).toString("hex"),
      site: box.site,
      appliance: box.id,
      from: 0,
      to: null,
    })),
    revisions: [{ id: chainRevision, from: 0 }],
    assignments: chains.map(({ box, assignment: { digest, generation } }) => ({
      digest,
      site: box.site,
      appliance: box.id,
      generation,
      from: 0,
    })),
    exceptions: [],
  });
}
