/**
 * The chaos lab inside its namespaces: `node main.ts WORK GROUP <flags>`. It is the first process there, so that
 * everything it started ends with it, and its mounts go with it. It ends with its standard input: whoever started it
 * is gone then, and it removes what is left itself.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildGraph, loadTree } from "@compline/core";
import { readFolder } from "../source/folder.ts";
import { planDrills, type DrillPlan } from "./drill-plan.ts";
import { cleanUp } from "./clean-up.ts";
import { type LabFlags, readFlags } from "./flags.ts";
import { runLab } from "./lab.ts";
import { expectProgram, LabError, runProgram } from "./programs.ts";
import { describeReport } from "./report-text.ts";

/** All processes of this namespace but the first. */
const EVERYBODY_ELSE = -1;

const checkout = join(import.meta.dirname, "../../..");
const [work = "", group = "", ...argv] = process.argv.slice(2);
const started = performance.now();
let isLeaving = false;

const left = new Promise<number>((resolve) => {
  process.stdin.resume().once("end", () => resolve(leave()));
});
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
// What was under way fails in its own way when it is left; that is no news then.
process.exit(await Promise.race([left, main(readFlags(argv))]));

async function main(flags: LabFlags): Promise<number> {
  try {
    const library = flags.library ?? checkout;
    const drills = chosenDrills(library, flags.only);
    await mountWork();
    const report = await runLab({
      library,
      drills,
      releases: flags.releases,
      systems: givenSystems(),
      folder: work,
      group,
      clock: Date.now,
      say,
    });
    writeFileSync(flags.report, `${JSON.stringify(report, null, 2)}\n`);
    process.stdout.write(`\n${describeReport(report)}\nReport: ${flags.report}\n`);
    return report.drills.some(({ outcome }) => outcome === "failed") ? 1 : 0;
  } catch (error) {
    if (isLeaving) return await left;
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`lab: ${error.message}\n`);
    return 3;
  }
}

async function leave(): Promise<number> {
  isLeaving = true;
  process.kill(EVERYBODY_ELSE, "SIGKILL");
  await runProgram(["umount", "--lazy", work]);
  await cleanUp({ work, group });
  return 3;
}

function say(line: string): void {
  process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}\n`);
}

/** Everything lies in memory; control groups are those of version 2, whatever this machine has beside them. */
async function mountWork(): Promise<void> {
  await expectProgram(["mount", "-t", "tmpfs", "-o", "mode=0711", "tmpfs", work]);
  await expectProgram(["mount", "-t", "cgroup2", "cgroup2", "/sys/fs/cgroup"]);
  mkdirSync(join(work, "tmp"));
}

/** The files of a machine that were made before: `npm test` makes some for all its tests. */
function givenSystems(): ReadonlyMap<string, string> {
  const given = process.env["COMPLINE_DEBIAN_ROOT"];
  return new Map(given === undefined ? [] : [["12", given]]);
}

function chosenDrills(library: string, only: readonly string[]): readonly DrillPlan[] {
  const { documents, broken } = loadTree(readFolder(library).files);
  const plans = planDrills(buildGraph(documents, broken).graph);
  const names = plans.flatMap(({ name, check }) => [name, check.name]);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new LabError(
      `no drill ${unknown.join(", ")}; there are ${plans.map(({ name }) => name).join(", ")}`,
    );
  return only.length === 0
    ? plans
    : plans.filter(({ name, check }) => only.includes(name) || only.includes(check.name));
}
