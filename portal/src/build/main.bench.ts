import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wideLines } from "../fixture/wide.ts";
import { prepare as prepareApp } from "./prepare.ts";

const launcher = join(import.meta.dirname, "..", "..", "bin", "build.mjs");
const sites = 100;

/**
 * The whole build of the portal of 100 sites, each with ten hosts, all frameworks and all Linux checks; the pages'
 * program is built already, as after every set-up.
 */
export const bench = {
  figures: [{ name: "portal_build_100_sites_s", unit: "s", goal: "<= 20" }],
  runs: 3,
  prepare: async () => {
    await prepareApp(() => {});
    const folder = await mkdtemp(join(tmpdir(), "compline-bench-"));
    await writeFile(join(folder, "snapshot.json"), wideLines(sites));
    return { run: async () => build(folder), close: () => rm(folder, { recursive: true }) };
  },
};

function build(folder: string): { values: { portal_build_100_sites_s: number } } {
  const started = performance.now();
  const args = [launcher, "--snapshot", join(folder, "snapshot.json"), "--out", join(folder, "site")];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const seconds = (performance.now() - started) / 1000;
  const { pages } = JSON.parse(stdout) as { pages: number }; // the line that the build prints
  if (status !== 0 || pages < sites) throw new Error(`${pages} pages, exit ${status}`);
  return { values: { portal_build_100_sites_s: seconds } };
}
