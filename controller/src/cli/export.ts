import type { EvidenceFile, SiteView, Snapshot } from "@compline/core";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { assignmentFiles, bundlesOf, envelopeFiles, trustFile, trustOfSite } from "../kit/site-evidence.ts";
import { openOffline } from "../reconcile/offline.ts";
import { layoutOf } from "../start/layout.ts";
import { count } from "./count.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";

/** The flags of `compline export`. */
export interface ExportOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly site: string;
  readonly out: string;
}

/** Writes all evidence of a site: every envelope, every assignment that one names, and a trust file. */
export async function exportSite(options: ExportOptions): Promise<ExitCode> {
  const out = resolve(options.out);
  await refuseFilled(out);
  const offline = await openOffline(layoutOf(resolve(options.repo), options.state).controller, Date.now);
  try {
    const snapshot = await offline.snapshot();
    const site = findSite(snapshot, options.site);
    const bundles = (await bundlesOf(offline.store, site)).flat();
    const envelopes = envelopeFiles(bundles);
    const assignments = await assignmentFiles(offline.store, bundles);
    const trust = trustFile(trustOfSite(snapshot, site.id));
    for (const file of [...envelopes, ...assignments, trust]) await writeBelow(out, file);
    process.stdout.write(
      `${count(envelopes.length, "envelope")} and ${count(assignments.length / 2, "assignment")} of ${site.displayName} in ${out}\n`,
    );
    process.stdout.write(`Verify them with: npx compline verify ${options.out}\n`);
    return ExitCode.clean;
  } finally {
    await offline.close();
  }
}

async function refuseFilled(out: string): Promise<void> {
  const entries = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (entries.length > 0)
    throw new CliError(
      "usage",
      `${out} is not empty; name a new folder, so that nothing old is mixed with what is exported`,
    );
}

/** The site of that name. Throws `CliError` (usage) when there is none. */
export function findSite(snapshot: Snapshot | null, name: string): SiteView {
  const sites = snapshot?.sites ?? [];
  const site = sites.find((one) => one.name === name);
  if (site !== undefined) return site;
  const known =
    sites.length === 0
      ? "nothing was accepted yet; run `npm start` first"
      : `there are ${sites.map((one) => one.name).join(", ")}`;
  throw new CliError("usage", `no site is called ${JSON.stringify(name)}: ${known}`);
}

async function writeBelow(out: string, { path, bytes }: EvidenceFile): Promise<void> {
  const file = join(out, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
