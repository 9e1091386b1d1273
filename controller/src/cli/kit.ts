import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { SiteView } from "@compline/core";
import { openOffline } from "../reconcile/offline.ts";
import { layoutOf } from "../start/layout.ts";
import { makeKit } from "../kit/make-kit.ts";
import { readPrograms } from "../kit/programs.ts";
import { bundlesOf, trustOfSite } from "../kit/site-evidence.ts";
import { count } from "./count.ts";
import { ExitCode } from "./exit-code.ts";
import { findSite } from "./export.ts";
import { CliError } from "./failure.ts";
import { readInstant } from "./instant.ts";
import { notThere } from "./status.ts";

/** The flags of `compline kit`. */
export interface KitOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly site: string;
  readonly from: string;
  readonly to: string;
  readonly framework?: string;
  readonly out: string;
}

/** Writes a site's evidence of a period as one ZIP that an auditor can verify without us. */
export async function kit(options: KitOptions): Promise<ExitCode> {
  const period = { from: readInstant("--from", options.from), to: readInstant("--to", options.to) };
  if (period.to < period.from)
    throw new CliError("usage", `--to (${period.to}) is before --from (${period.from})`);
  const programs = await readPrograms();
  if (programs === null)
    throw new CliError(
      "failed",
      "the programs that verify a kit are not built yet: run node portal/bin/build.mjs --prepare",
    );
  const offline = await openOffline(layoutOf(resolve(options.repo), options.state).controller, Date.now);
  try {
    const snapshot = await offline.snapshot();
    const site = findSite(snapshot, options.site);
    const framework = readFramework(site, options.framework);
    const trust = trustOfSite(snapshot, site.id);
    const { store } = offline;
    const chains = await bundlesOf(store, site);
    const made = await makeKit({ store, chains, site: site.id, trust, period, framework, programs });
    await writeNew(options.out, made.zip);
    process.stdout.write(
      `${count(made.bundles, "bundle")} of ${site.displayName}, ${period.from} to ${period.to}, in ${options.out}\n`,
    );
    process.stdout.write(
      `Verify it with: npx compline verify ${options.out}; or without us, by verify.html or verify.mjs, which are in it\n`,
    );
    return ExitCode.clean;
  } finally {
    await offline.close();
  }
}

function readFramework(site: SiteView, name: string | undefined): string | null {
  if (name === undefined) return null;
  const followed = Object.keys(site.frameworkStatus);
  if (!followed.includes(name)) throw notThere("framework", name, followed);
  return name;
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
    throw new CliError("usage", `${path} is there already; name a new file`);
  });
}
