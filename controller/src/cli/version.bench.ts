import { spawnSync } from "node:child_process";
import { join } from "node:path";

const launcher = join(import.meta.dirname, "..", "..", "bin", "compline.mjs");

/** The whole command, from the start of Node to its end. */
export const bench = {
  figures: [{ name: "cli_version_ms", unit: "ms", goal: "<= 150" }],
  runs: 9,
  prepare: async () => ({ run, close: async () => {} }),
};

async function run(): Promise<{ values: { cli_version_ms: number } }> {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [launcher, "version"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`compline version ended with ${status}`);
  return { values: { cli_version_ms: performance.now() - started } };
}
