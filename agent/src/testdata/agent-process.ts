import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeTrust, isObservation, type Observation, verifyBundles } from "@compline/core";
import { nodeEngine } from "../engine.ts";
import { nodeSha256 } from "../sha256.ts";
import type { TestController } from "./assignment.ts";
import { OPEN_CEILING } from "./folder.ts";
import type { Sink } from "./sink.ts";
import { trustIn } from "./trust.ts";

/** The program, as it is installed. */
export const LAUNCHER = join(import.meta.dirname, "../../bin/compline-agent.mjs");

/** Who an appliance says it is. */
export interface NamedIdentity {
  readonly id: string;
  readonly publicKey: string;
}

/** Writes the configuration of an appliance that obeys `controller` and talks to `sink`. */
export function writeConfig(folder: string, sink: Sink, controller: TestController): void {
  const config = {
    schemaVersion: "1",
    name: "box",
    controller: sink.url,
    controllerKey: controller.publicKey,
    ceiling: { ...OPEN_CEILING, argv: false },
  };
  writeFileSync(join(folder, "appliance.json"), JSON.stringify(config));
}

/** Starts the agent as its own process, with nothing of this one's environment but the path. */
export function startAgent(
  folder: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): ChildProcess {
  return spawn(process.execPath, [LAUNCHER, "run", "--appliance", folder, ...flags], {
    stdio: ["pipe", "ignore", "ignore"],
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
}

/** The exit code of a process that ended or will; null when a signal ended it. */
export async function exitOf(process: ChildProcess): Promise<number | null> {
  if (process.exitCode !== null || process.signalCode !== null) return process.exitCode;
  const [code] = (await once(process, "exit")) as [number | null];
  return code;
}

/** The observations that came, in the order they came. */
function observationsIn(sink: Sink): readonly Observation[] {
  return sink.bundles.flatMap(({ statement: { predicate } }) =>
    isObservation(predicate) ? [predicate] : [],
  );
}

/** The outcomes of all heals that were reported, in order. */
export function outcomesIn(sink: Sink): readonly string[] {
  return observationsIn(sink).flatMap(({ heals }) => heals.map(({ outcome }) => outcome));
}

/** The last verdict that came, of the first pair of its bundle. */
export function lastVerdictIn(sink: Sink): string | undefined {
  return observationsIn(sink).findLast(({ results }) => results.length > 0)?.results[0]?.verdict;
}

/** Judges all that arrived with the one verifier, against a trust file that names this appliance's key. */
export async function verifySink(
  sink: Sink,
  { id, publicKey }: NamedIdentity,
): Promise<Awaited<ReturnType<typeof verifyBundles>>> {
  const trust = encodeTrust(trustIn(id, [publicKey]));
  const files = sink.files.map((bytes) => ({ path: `envelopes/${nodeSha256(bytes)}.dsse.json`, bytes }));
  const assignment = sink.assignment;
  if (assignment !== null) {
    files.push({ path: `assignments/${assignment.digest}.json`, bytes: assignment.bytes });
  }
  return verifyBundles({ files, trust, engine: nodeEngine, sha256: nodeSha256, mode: "bundles" });
}
