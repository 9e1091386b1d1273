import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeWideState, openReconciler } from "../../testdata/wide-controller.ts";

const launcher = join(import.meta.dirname, "..", "..", "..", "bin", "compline.mjs");
const sites = 1000;

/** The whole command, for an edit of one check that changes the assignments of 1,000 sites. */
export const bench = {
  figures: [{ name: "plan_1000_sites_s", unit: "s", goal: "<= 5" }],
  runs: 3,
  prepare: async () => {
    const wide = await makeWideState({ sites, copies: 0 });
    const { reconciler, close } = await openReconciler(wide);
    await reconciler.tick();
    await close();
    const check = join(wide.repository.folder, "policies/checks/linux/sshd-root-login.yaml");
    await writeFile(check, (await readFile(check, "utf8")).replace("severity: high", "severity: critical"));
    return { run: async () => plan(wide.repository.folder, wide.state), close: wide.remove };
  },
};

function plan(repo: string, state: string): { values: { plan_1000_sites_s: number } } {
  const started = performance.now();
  const args = [launcher, "plan", "--repo", repo, "--state", state, "--output", "json"];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - started) / 1000;
  const { actions } = JSON.parse(stdout) as { actions: readonly unknown[] }; // what the command prints
  if (status !== 0 || actions.length !== sites) throw new Error(`${actions.length} actions, exit ${status}`);
  return { values: { plan_1000_sites_s: seconds } };
}
