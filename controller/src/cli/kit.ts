import { resolve } from "node:path";
import { readPeriod } from "../kit/period.ts";
import { readSample } from "../kit/read-sample.ts";
import { makeSiteKit } from "../kit/site-kit.ts";
import { openInForce } from "../reconcile/offline.ts";
import { layoutOf } from "../start/layout.ts";
import { count } from "./count.ts";
import { ExitCode } from "./exit-code.ts";
import { createSteps } from "./progress.ts";
import { writeNew } from "./write-new.ts";

/** The flags of `compline kit`. */
export interface KitOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly site: string;
  readonly from: string;
  readonly to: string;
  readonly framework?: string;
  readonly sample?: string;
  readonly seed?: string;
  readonly out: string;
}

/** Writes a site's evidence of a period as one ZIP that an auditor can verify without us. */
export async function kit(options: KitOptions): Promise<ExitCode> {
  const { site, framework = null, out } = options;
  const period = readPeriod(options, Date.now());
  const sample = readSample(options);
  const steps = createSteps();
  steps.tell("reading what is in force");
  const { controller } = layoutOf(resolve(options.repo), options.state);
  const inForce = await openInForce(controller).finally(steps.end);
  try {
    const made = await makeSiteKit(inForce, { site, period, framework, sample }, steps.tell);
    await writeNew(out, made.zip);
    steps.end();
    process.stdout.write(
      `${count(made.bundles, "bundle")} of ${made.site.displayName}, ${period.from} to ${period.to}, in ${out}\n`,
    );
    if (made.elsewhere !== null) process.stdout.write(`In the evidence of other sites: ${made.elsewhere}\n`);
    if (made.left !== null) process.stdout.write(`Left to the next kit: ${made.left}\n`);
    process.stdout.write(
      `Verify it with: npx compline verify ${out}; or without us, by verify.html or verify.mjs, which are in it\n`,
    );
    return ExitCode.clean;
  } finally {
    steps.end();
    await inForce.close();
  }
}
