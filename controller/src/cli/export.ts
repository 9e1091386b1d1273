import type { EvidenceFile } from "@compline/core";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { findSite } from "../kit/find-site.ts";
import { leftBehind, logFiles, withinReach } from "../kit/log-files.ts";
import {
  assignmentFiles,
  assignmentsOf,
  attachmentFiles,
  chainsOf,
  envelopeFiles,
  trustFile,
  trustOfSite,
} from "../kit/site-evidence.ts";
import { openInForce } from "../reconcile/offline.ts";
import { layoutOf } from "../start/layout.ts";
import { count } from "./count.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";
import { createSteps } from "./progress.ts";

/** The flags of `compline export`. */
export interface ExportOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly site: string;
  readonly out: string;
}

/**
 * Writes the evidence of a site: every envelope that its log covers and enough witnesses saw, every assignment that one
 * names, the attached files that are here, the log and a trust file.
 */
export async function exportSite(options: ExportOptions): Promise<ExitCode> {
  const out = resolve(options.out);
  await refuseFilled(out);
  const steps = createSteps();
  steps.tell("reading what is in force");
  const { controller } = layoutOf(resolve(options.repo), options.state);
  const inForce = await openInForce(controller).finally(steps.end);
  try {
    const { store, partners } = inForce;
    const site = findSite(partners, options.site);
    const trust = await trustOfSite(site, store);
    const { chains, elsewhere } = await chainsOf(store, trust, steps.tell);
    const log = await logFiles(store, trust);
    const bundles = chains.flatMap((chain) => withinReach(chain, log));
    const left = leftBehind({ all: chains.flat().length, taken: bundles.length }, trust);
    const envelopes = envelopeFiles(bundles);
    const assignments = assignmentFiles(await assignmentsOf(store, bundles));
    const attachments = await attachmentFiles(store, bundles);
    const files = [...envelopes, ...assignments, ...attachments, ...(log?.files ?? []), trustFile(trust)];
    for (const [at, file] of files.entries()) {
      if (at % 100 === 0) steps.tell(`writing file ${at + 1} of ${files.length}`);
      await writeBelow(out, file);
    }
    steps.end();
    process.stdout.write(
      `${count(envelopes.length, "envelope")} and ${count(assignments.length / 2, "assignment")} of ${site.displayName} in ${out}\n`,
    );
    if (elsewhere !== null) process.stdout.write(`In the evidence of other sites: ${elsewhere}\n`);
    if (left !== null) process.stdout.write(`Left to the next time: ${left}\n`);
    process.stdout.write(`Verify them with: npx compline verify ${options.out}\n`);
    return ExitCode.clean;
  } finally {
    steps.end();
    await inForce.close();
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

async function writeBelow(out: string, { path, bytes }: EvidenceFile): Promise<void> {
  const file = join(out, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
