import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isObservation } from "@compline/core";
import { makeAssignment, makeController, signedAssignment } from "./testdata/assignment.ts";
import { makeFolder, OPEN_CEILING } from "./testdata/folder.ts";
import { practiceFiles, shippedChecks } from "./testdata/shipped-checks.ts";
import { type Sink, startSink } from "./testdata/sink.ts";

const launcher = join(import.meta.dirname, "../bin/compline-agent.mjs");
const checks = 100;
const passes = 5;
const intervalMs = 1000;
const clockTicks = 100;

/**
 * An agent process with 100 of the shipped checks on one practice host: from the moment there is an assignment for it until the
 * bundle with the first hundred verdicts has arrived, and the most memory it held in that and five more passes.
 */
export const bench = {
  figures: [
    { name: "agent_100_checks_ms", unit: "ms", goal: "<= 5000" },
    { name: "agent_rss_mb", unit: "MB", goal: "<= 120" },
  ],
  runs: 3,
  prepare: async () => ({ run, close: async () => {} }),
};

async function run() {
  const { folder, tree } = makeFolder();
  const sink = await startSink();
  rmSync(tree, { recursive: true });
  cpSync(practiceFiles, tree, { recursive: true });
  const controller = makeController();
  writeFileSync(
    join(folder, "appliance.json"),
    JSON.stringify({
      schemaVersion: "1",
      name: "box",
      controller: sink.url,
      controllerKey: controller.publicKey,
      ceiling: OPEN_CEILING,
    }),
  );
  const child = spawn(process.execPath, [launcher, "run", "--appliance", folder], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  try {
    const { id } = await identityIn(folder);
    const assignment = makeAssignment({
      appliance: id,
      checks: shippedChecks(checks),
      rules: {},
      runbooks: {},
      intervalMs,
    });
    const signed = await signedAssignment(controller, assignment);
    return await measure(child, sink, signed);
  } finally {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    await sink.close();
    rmSync(folder, { recursive: true });
  }
}

async function measure(child: ChildProcess, sink: Sink, assignment: Sink["assignment"]) {
  const started = performance.now();
  sink.assignment = assignment;
  await sink.until(() => verdicts(sink) >= checks);
  const elapsedMs = performance.now() - started;
  const bad = errorsIn(sink);
  if (bad > 0) throw new Error(`${bad} checks ended with an error`);
  await wait(passes * intervalMs);
  const values = { agent_100_checks_ms: elapsedMs, agent_rss_mb: peakMb(child.pid) };
  return { values, cpuS: cpuSeconds(child.pid) };
}

function results(sink: Sink) {
  return sink.bundles.flatMap(({ statement: { predicate } }) =>
    isObservation(predicate) ? predicate.results : [],
  );
}

function verdicts(sink: Sink): number {
  return results(sink).filter(({ verdict }) => verdict !== "unknown").length;
}

function errorsIn(sink: Sink): number {
  return results(sink).filter(({ verdict }) => verdict === "error").length;
}

async function identityIn(folder: string): Promise<{ readonly id: string }> {
  const file = join(folder, "identity.json");
  const watcher = watch(folder);
  try {
    while (!existsSync(file)) await once(watcher, "change");
  } finally {
    watcher.close();
  }
  return JSON.parse(readFileSync(file, "utf8")) as { id: string }; // the agent renames it into place whole
}

/** The most that was in memory at any time. */
function peakMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6;
}

function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / clockTicks;
}
