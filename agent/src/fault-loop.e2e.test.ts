import { once } from "node:events";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isObservation } from "@compline/core";
import { expect, test } from "vitest";
import { leftBackups } from "./heal/backup.ts";
import { type Identity, openIdentity } from "./state/identity.ts";
import { openDatabase } from "./store/database.ts";
import {
  exitOf,
  lastVerdictIn,
  outcomesIn,
  startAgent,
  verifySink,
  writeConfig,
} from "./testdata/agent-process.ts";
import { makeAssignment, makeController, signedAssignment } from "./testdata/assignment.ts";
import { makeFolder } from "./testdata/folder.ts";
import { type Sink, startSink } from "./testdata/sink.ts";

/** An assignment, a fail, a heal, both bundles sent, and the transcript about to be: one step, six, four, six and one. */
const stepsOfWork = 18;
/** Once the transcript is there, the work may be found done before these are passed. */
const stepsAfter = 2;
/** Agents that are killed at the same time; most of what they do is waiting. */
const atOnce = 4;

/** An enrolled appliance with a broken host, and where its evidence goes. */
interface Bench {
  readonly folder: string;
  readonly tree: string;
  readonly identity: Identity;
  readonly sink: Sink;
}

async function makeBench(): Promise<Bench> {
  const { folder, tree } = makeFolder();
  const sink = await startSink();
  const controller = makeController();
  writeConfig(folder, sink, controller);
  const identity = openIdentity(folder);
  sink.assignment = await signedAssignment(controller, makeAssignment({ appliance: identity.id }));
  return { folder, tree, identity, sink };
}

/** Runs the agent until its host is healed and all it said has come. True when it was killed before that. */
async function work({ folder, sink }: Bench, env: Readonly<Record<string, string>>): Promise<boolean> {
  const earlier = sink.reports.length;
  const agent = startAgent(folder, env);
  try {
    const isDone = sink.until(
      () =>
        lastVerdictIn(sink) === "pass" &&
        hasTranscripts(sink) &&
        sink.reports
          .slice(earlier)
          .some(({ outbox, head }) => outbox === 0 && head?.seq === sink.bundles.length - 1),
    );
    const isKilled = await Promise.race([isDone.then(() => false), once(agent, "exit").then(() => true)]);
    if (isKilled) expect(agent.signalCode).toBe("SIGKILL");
    return isKilled;
  } finally {
    agent.kill("SIGKILL");
    await exitOf(agent);
  }
}

/** Whether every attached file that a bundle names has come. */
function hasTranscripts({ bundles, attachments }: Sink): boolean {
  const come = new Set(attachments.map(({ digest }) => digest));
  return bundles.every(
    ({ statement: { predicate } }) =>
      !isObservation(predicate) || predicate.attachments.every(({ digest }) => come.has(digest)),
  );
}

/** What must be so after every crash, whatever was cut short. */
async function expectSound({ folder, identity, sink }: Bench): Promise<void> {
  const arrived = sink.files.length;
  expect(signedIn(folder).slice(0, arrived)).toEqual([...sink.known]);
  const seqs = sink.bundles.map(({ statement }) => statement.predicate.chain.seq);
  expect(seqs).toEqual(seqs.map((_, index) => index));
  expect(arrived === 0 ? [] : (await verifySink(sink, identity)).failures).toEqual([]);
}

/** What must be so after the work was done once without a crash. */
async function expectComplete(bench: Bench): Promise<void> {
  const { folder, tree, sink } = bench;
  await expectSound(bench);
  expect(signedIn(folder)).toEqual([...sink.known]);
  expect(readFileSync(join(tree, "etc/login.defs"), "utf8")).toBe("# ageing\nPASS_MAX_DAYS\t90\n");
  expect(readdirSync(join(tree, "etc"))).toEqual(["login.defs", "shadow"]);
  expect(leftBackups(folder)).toEqual([]);
  // One that was cut short is told as failed, and nothing is healed that no record tells of.
  expect(outcomesIn(sink).length).toBeGreaterThan(0);
  expect(new Set(sink.bundles.map(({ statement }) => statement.predicate.chain.epoch)).size).toBe(1);
}

/** Digests of all that the agent signed and kept, in the order of its chain. Only while no agent runs. */
function signedIn(folder: string): readonly string[] {
  const database = openDatabase(join(folder, "agent.db"));
  try {
    return database
      .prepare("SELECT digest FROM outbox ORDER BY position")
      .all()
      .map(({ digest }) => String(digest));
  } finally {
    database.close();
  }
}

/** Does the work with a crash at a step, and then, if there was one, again. Answers whether there was. */
async function workWithCrash(step: number): Promise<boolean> {
  const bench = await makeBench();
  try {
    const isKilled = await work(bench, { COMPLINE_CRASH_AT: `any:${step}` });
    await expectSound(bench);
    expect(isKilled && (await work(bench, {})), `after a crash at step ${step}`).toBe(false);
    await expectComplete(bench);
    return isKilled;
  } finally {
    await bench.sink.close();
    rmSync(bench.folder, { recursive: true, force: true });
  }
}

test("killed at any step of healing, signing and sending, an agent's every bundle arrives once and in order", {
  timeout: 600_000,
}, async () => {
  const steps = Array.from({ length: stepsOfWork + stepsAfter }, (_, index) => index + 1);
  const killed: number[] = [];
  const worker = async (): Promise<void> => {
    for (let step = steps.shift(); step !== undefined; step = steps.shift())
      if (await workWithCrash(step)) killed.push(step);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  expect(killed.toSorted((a, b) => a - b).slice(0, stepsOfWork)).toEqual(
    Array.from({ length: stepsOfWork }, (_, index) => index + 1),
  );
});
