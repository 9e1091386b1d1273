import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { siteFile, tenThousand, wideTree, writeTree } from "../../testdata/wide-tree.ts";

const launcher = join(import.meta.dirname, "..", "..", "..", "bin", "compline.mjs");

/**
 * The whole command on 10,000 files of about 1.3 KB: on all of them, none of which it has seen before, and on the change of
 * five since the last commit. Neither keeps anything from one run to the next.
 */
export const bench = {
  figures: [
    { name: "validate_10k_cold_s", unit: "s", goal: "<= 1.5" },
    { name: "validate_pr_5_files_ms", unit: "ms", goal: "<= 150" },
  ],
  runs: 5,
  prepare: async () => {
    const folder = await mkdtemp(join(tmpdir(), "compline-bench-"));
    writeTree(folder, await wideTree(tenThousand));
    commitAll(folder);
    writeTree(folder, Object.fromEntries([1, 2, 3, 4, 5].map((n) => siteFile(n, "Changed"))));
    const run = async () => ({
      values: {
        validate_10k_cold_s: validate(folder) / 1000,
        validate_pr_5_files_ms: validate(folder, "--changed-since", "HEAD"),
      },
    });
    return { run, close: () => rm(folder, { recursive: true }) };
  },
};

function validate(folder: string, ...flags: string[]): number {
  const started = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [launcher, "validate", "--repo", folder, ...flags], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const tookMs = performance.now() - started;
  if (status !== 0) throw new Error(`compline validate ended with ${status}: ${stdout.slice(0, 2000)}`);
  return tookMs;
}

function commitAll(folder: string): void {
  const identity = ["-c", "user.name=Bench", "-c", "user.email=bench@compline.invalid"];
  for (const args of [
    ["init", "--quiet"],
    ["add", "--all"],
    [...identity, "commit", "--quiet", "-m", "base"],
  ]) {
    execFileSync("git", args, { cwd: folder });
  }
}
