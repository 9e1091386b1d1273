import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tenThousand, wideTree, writeTree } from "../testdata/wide-tree.ts";

const launcher = join(import.meta.dirname, "..", "..", "bin", "compline.mjs");

/** The whole command on 10,000 files of about 1.3 KB, none of which it has seen before. */
export const bench = {
  figures: [{ name: "validate_10k_cold_s", unit: "s", goal: "<= 1.5" }],
  runs: 5,
  prepare: async () => {
    const folder = await mkdtemp(join(tmpdir(), "compline-bench-"));
    writeTree(folder, await wideTree(tenThousand));
    return { run: async () => validate(folder), close: () => rm(folder, { recursive: true }) };
  },
};

function validate(folder: string): { values: { validate_10k_cold_s: number } } {
  const started = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [launcher, "validate", "--repo", folder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`compline validate ended with ${status}: ${stdout.slice(0, 2000)}`);
  return { values: { validate_10k_cold_s: seconds } };
}
