import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { storeSite } from "../testdata/stored-site.ts";

const launcher = join(import.meta.dirname, "..", "..", "bin", "compline.mjs");
const boxes = 40;
const length = 250;

/** A kit of 10,000 bundles of 40 appliances with their log, made from the store; then the whole command that verifies it. */
export const bench = {
  figures: [
    { name: "kit_10k_bundles_s", unit: "s", goal: "<= 5" },
    { name: "audit_log_bundles_per_s", unit: "1/s", goal: ">= 4000" },
  ],
  runs: 3,
  prepare: async () => {
    const { make, folder, close } = await storeSite(boxes, length);
    return { run: async () => ({ values: await measure(make, join(folder, "kit.zip")) }), close };
  },
};

type Make = Awaited<ReturnType<typeof storeSite>>["make"];

async function measure(make: Make, file: string): Promise<Record<string, number>> {
  const started = performance.now();
  const { zip, bundles } = await make();
  await writeFile(file, zip);
  const made = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [launcher, "verify", file], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const verified = performance.now();
  if (status !== 0 || !stdout.includes(`${bundles} of them among ${boxes * length} entries`))
    throw new Error(`exit ${status}: ${stdout.slice(0, 2000)}`);
  return {
    kit_10k_bundles_s: (made - started) / 1000,
    audit_log_bundles_per_s: bundles / ((verified - made) / 1000),
  };
}
