import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SiteView, Snapshot } from "@compline/core";
import { makeFixture } from "../fixture/snapshot.ts";
import { prepare as prepareApp } from "./prepare.ts";

const launcher = join(import.meta.dirname, "..", "..", "bin", "build.mjs");
const sites = 100;

/** The whole build of the portal of 100 sites; the pages' program is built already, as after every set-up. */
export const bench = {
  figures: [{ name: "portal_build_100_sites_s", unit: "s", goal: "<= 20" }],
  runs: 5,
  prepare: async () => {
    await prepareApp(() => {});
    const folder = await mkdtemp(join(tmpdir(), "compline-bench-"));
    await writeFile(join(folder, "snapshot.json"), JSON.stringify(widen(await makeFixture())));
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

/** The fixture's sites again and again under other names, each with bundles and so pages of its own. */
function widen(snapshot: Snapshot): Snapshot {
  const copies = Array.from({ length: sites }, (_, n) =>
    copyOf(snapshot.sites[n % snapshot.sites.length], n),
  );
  return { ...snapshot, sites: copies };
}

function copyOf(site: SiteView | undefined, n: number): SiteView {
  if (site === undefined) throw new Error("unreachable: the fixture has sites");
  const digests = new Set(site.bundles.map(({ digest }) => digest));
  const text = JSON.stringify(site).replaceAll(/"([0-9a-f]{64})"/g, (quoted, digest: string) =>
    digests.has(digest) ? `"${createHash("sha256").update(`${digest} ${n}`).digest("hex")}"` : quoted,
  );
  return { ...(JSON.parse(text) as SiteView), name: `${site.name}-${n}` }; // the same shape, other digests
}
