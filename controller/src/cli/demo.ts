import { loadTree } from "@compline/core";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { readFolder } from "../source/folder.ts";
import { type Layout, layoutOf } from "../start/layout.ts";
import { copyPractice } from "../start/practice.ts";
import { readStarted } from "../start/start-file.ts";
import { breakPractice } from "./break.ts";
import { chooseDrill, practicePlaces } from "./drill.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";
import { watchHeal } from "./watch-heal.ts";

/** Where the demo runs. */
export interface DemoOptions {
  readonly repo: string;
  readonly state: string | undefined;
}

/** Breaks the practice host with a drill and, while the product runs, tells what was seen and healed, and when. */
export async function demoBreak(
  options: DemoOptions & { readonly drill: string; readonly wait: boolean },
): Promise<ExitCode> {
  const { documents, layout, places } = await readDemo(options);
  const { drill, place } = chooseDrill(documents, options.drill, places);
  if (!existsSync(place.root))
    throw new CliError(
      "failed",
      `the practice host is not there yet (${place.root}); run \`npm start\` first`,
    );
  const started = readStarted(layout.startFile);
  const watching =
    started !== null && options.wait
      ? await watchHeal(layout, started.url, { host: place.hostId, check: drill.spec.check })
      : null;
  const from = performance.now();
  const changed = await breakPractice(place.root, drill.spec.break);
  process.stdout.write(`Broke ${drill.spec.check} on ${place.host}: changed ${changed.join(", ")}\n`);
  if (watching === null) {
    process.stdout.write(
      started === null ? "Nothing is running; after `npm start` the appliance will see it.\n" : "",
    );
    return ExitCode.clean;
  }
  return await watching.tell(from, (line) => process.stdout.write(`${line}\n`));
}

/** Puts every practice host back to how the repository ships it. */
export async function demoReset(options: DemoOptions): Promise<ExitCode> {
  const { places } = await readDemo(options);
  for (const place of places) {
    await copyPractice(place);
    process.stdout.write(`${place.host} is as the repository ships it\n`);
  }
  return ExitCode.clean;
}

async function readDemo(options: DemoOptions) {
  const repo = resolve(options.repo);
  const layout: Layout = layoutOf(repo, options.state);
  const { documents } = loadTree(readFolder(repo).files);
  return { documents, layout, places: practicePlaces(documents, repo, layout) };
}
