import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { makeFleet } from "../testdata/fleet.ts";
import type { WideState } from "../testdata/wide-controller.ts";

const launcher = join(import.meta.dirname, "..", "..", "bin", "compline.mjs");
const sites = 1000;

/** The whole command, for 600,000 pairs of which every one was observed and signed. */
export const bench = {
  figures: [{ name: "status_1000_sites_s", unit: "s", goal: "<= 2" }],
  runs: 3,
  prepare: async () => {
    const fleet = await makeFleet({ sites, checks: 60, frameworks: 10 });
    return { run: async () => status(fleet), close: fleet.remove };
  },
};

function status({ repository, state }: WideState): { values: { status_1000_sites_s: number } } {
  const started = performance.now();
  const args = [launcher, "status", "--repo", repository.folder, "--state", state, "--output", "json"];
  const { status: exit, stdout } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 30,
  });
  const seconds = (performance.now() - started) / 1000;
  // What the command prints.
  const answer = JSON.parse(stdout.toString("utf8")) as {
    sites: readonly { score: { total: number; pass: number } }[];
  };
  const pairs = answer.sites.reduce((sum, { score }) => sum + score.total, 0);
  const passes = answer.sites.reduce((sum, { score }) => sum + score.pass, 0);
  if (exit !== 0 || pairs !== sites * 600 || passes === 0) throw new Error(`${pairs} pairs, exit ${exit}`);
  return { values: { status_1000_sites_s: seconds } };
}
