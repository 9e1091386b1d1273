import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  isSignedByLog,
  NOTE_TYPES,
  readAssignmentForAgent,
  readConsistencyFile,
  readVerifierKey,
  type SealedEnvelope,
  type SignedCheckpoint,
  verifyConsistency,
} from "@compline/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeEngine } from "./crypto.ts";
import { makeRepository, type TestRepository } from "./source/testdata/repository.ts";
import type { Store } from "./store/contract.ts";
import { openSqliteStore } from "./store/sqlite-store.ts";
import { makeAppliance } from "./testdata/appliance.ts";
import { libraryFiles, logOf, loggedPartnerFiles, partnerFiles } from "./testdata/desired.ts";
import { logRoot } from "./transparency/prove.ts";

/**
 * Two passes with four steps each, three requests with three, two checkpoints with two; the last comes after the last
 * answer. One more checkpoint is signed when a round falls between the first two requests.
 */
const stepsOfWork = { least: 21, most: 23 };
/** Controllers that are killed at the same time; most of what they do is waiting. */
const atOnce = 4;
const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
/** Of acme, whose bundles are the ones that are sent. */
const partnerId = "01J000000000000000000PBXA1";
const log = logOf("acme");
const emptyRoot = createHash("sha256").digest("hex");
const birch = makeAppliance("01J0000000000000000000BXA2", "01J000000000000000000S1TA2");

let origin: TestRepository;
let folder: string;
let revisions: readonly string[];
let envelopes: readonly SealedEnvelope[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-faults-"));
  origin = await makeRepository();
  const partners = { ...loggedPartnerFiles("acme", acme), ...partnerFiles("birch", birch) };
  const first = { ...libraryFiles(), ...partners };
  revisions = [await origin.commit(first), await origin.commit(libraryFiles("10m"))];
  await setBranch(origin.folder, revisions[0]);
  envelopes = await Promise.all([0, 1, 2, 3].map((seq) => acme.seal(seq)));
});
afterAll(async () => {
  await origin.remove();
  // An orphan that was killed may still be in its last system call, and nobody here is told when it has ended.
  await rm(folder, { recursive: true, maxRetries: 10 });
});

/** A controller's own state folder and source, and all it answered. */
interface Bench {
  readonly state: string;
  readonly repository: string;
  readonly answered: Set<string>;
  readonly groups: number[];
  /** Roots of all checkpoints that were served, by size. */
  readonly served: Map<number, string>;
}

/** True when the process was killed before it had done all of it. */
async function work(bench: Bench, env: Record<string, string>): Promise<boolean> {
  const main = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, [main, "--config", join(bench.state, "config.json")], {
    env: { ...process.env, COMPLINE_LOG_LEVEL: "silent", ...env },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  if (child.pid !== undefined) bench.groups.push(child.pid);
  const ended = once(child, "exit");
  try {
    const ready = await Promise.race([once(child.stdout, "data"), ended.then(() => null)]);
    if (ready === null) return true;
    const url = String(ready[0]).trim().slice("ready ".length);
    return await Promise.race([doWork(bench, url), ended.then(() => true)]);
  } catch (error) {
    await Promise.race([ended, wait(5000).then(() => Promise.reject(error))]);
    return true;
  } finally {
    await endNow(child, ended);
  }
}

async function endNow(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

/**
 * Ends what killed controllers left behind: git, a portal's build. Not before the work is done, because the next
 * controller has to get along with them.
 */
function endOrphans({ groups }: Bench): void {
  for (const group of groups) {
    try {
      process.kill(-group, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/**
 * The branch stands at the first revision, or where an earlier process left it. Evidence alone and in a batch, then a commit
 * that is accepted and published, then evidence again. What is logged is waited for.
 */
async function doWork(bench: Bench, url: string): Promise<false> {
  const [one, two, three, four] = envelopes.map(({ bytes }) => Buffer.from(bytes));
  await lookAtLog(bench, url);
  await send(bench, url, [one]);
  await send(bench, url, [two, three]);
  await untilLogged(bench, url, 3);
  await setBranch(bench.repository, revisions[1]);
  await untilAccepted(bench, revisions[1] ?? "");
  await send(bench, url, [four]);
  await untilLogged(bench, url, 4);
  return false;
}

async function setBranch(repository: string, revision = ""): Promise<void> {
  await origin.git.raw("-C", repository, "update-ref", "refs/heads/main", revision);
}

async function send({ answered }: Bench, url: string, batch: readonly (Buffer | undefined)[]): Promise<void> {
  const lines = batch.flatMap((bytes) => (bytes === undefined ? [] : [bytes, Buffer.from("\n")]));
  const answer = await fetch(`${url}/v1/evidence`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: Buffer.concat(lines),
  });
  expect(answer.status).toBe(200);
  const { results } = (await answer.json()) as { results: readonly { digest: string; status: string }[] };
  for (const { digest, status } of results) {
    expect(["accepted", "duplicate"]).toContain(status);
    answered.add(digest);
  }
}

async function untilLogged(bench: Bench, url: string, size: number): Promise<void> {
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    if ((await lookAtLog(bench, url)) >= size) return;
    await wait(50);
  }
  throw new Error(`no checkpoint of ${size} leaves in time`);
}

/** The served checkpoint is the log's own and follows on from all that were served before. Answers its size. */
async function lookAtLog({ state, served }: Bench, url: string): Promise<number> {
  const from = Math.max(0, ...served.keys());
  const answer = await fetch(`${url}/v1/log/${partnerId}/consistency/${from}`);
  if (answer.status === 404 && from === 0) return 0;
  expect(answer.status).toBe(200);
  const read = readConsistencyFile(new Uint8Array(await answer.arrayBuffer()));
  if (!read.ok) throw new Error(read.message);
  const { checkpoint, hashes } = read.value;
  expect(await isSigned(checkpoint, state)).toBe(true);
  const [old, root] = [headOf(from, served.get(from) ?? emptyRoot), headOf(checkpoint.size, checkpoint.root)];
  expect(verifyConsistency(old, root, hashes)).toBe(true);
  served.set(checkpoint.size, checkpoint.root);
  return checkpoint.size;
}

const headOf = (size: number, root: string) => ({ size, root: Buffer.from(root, "hex") });

async function isSigned(checkpoint: SignedCheckpoint, state: string): Promise<boolean> {
  const vkey = (await inStore(state, (store) => store.checkpoint(checkpoint.origin)))?.vkey ?? "";
  const key = readVerifierKey(vkey, NOTE_TYPES.ed25519);
  return key.ok && (await isSignedByLog(checkpoint, key.value, nodeEngine()));
}

/** Published is what an appliance can be served: the second revision's assignments. */
async function untilAccepted({ state }: Bench, revision: string): Promise<void> {
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    const inForce = await inStore(state, async (store) =>
      (await store.latestAssignments()).filter((assignment) => assignment.revision === revision),
    );
    if (inForce.length === 2) return;
    await wait(50);
  }
  throw new Error(`${revision} was not published in time`);
}

async function inStore<T>(state: string, look: (store: Store) => Promise<T>): Promise<T> {
  const store = openSqliteStore(join(state, "compline.db"), "read");
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

/** What must be so after every crash, whatever was cut short. */
async function expectSound({ state, answered, served }: Bench): Promise<void> {
  await inStore(state, async (store) => {
    const bundles = await store.bundlesSince(0, 1000);
    expect(bundles.map(({ position }) => position)).toEqual(bundles.map((_, index) => index + 1));
    const places = bundles.map(({ chain, epoch, seq }) => `${chain} ${epoch} ${seq}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { bytes, digest } of bundles) {
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(digest);
    }
    expect(await store.logSize(log)).toBe(bundles.length);
    expect(bundles.map(({ leaf }) => leaf)).toEqual(bundles.map((_, index) => index));
    for (const [size, root] of served)
      expect(Buffer.from(await logRoot(store, log, size)).toString("hex")).toBe(root);
    const kept = new Set(bundles.map(({ digest }) => digest));
    expect([...answered].filter((digest) => !kept.has(digest))).toEqual([]);
    const index = await store.assignmentIndex();
    const generations = index.map(({ appliance, generation }) => `${appliance} ${generation}`);
    expect(new Set(generations).size).toBe(generations.length);
    const accepted = await store.acceptances();
    const known = new Set(accepted.map(({ revision }) => revision));
    for (const assignment of await store.latestAssignments()) {
      const stored = await store.assignment(assignment.digest);
      expect(readAssignmentForAgent(stored?.bytes ?? new Uint8Array()).ok).toBe(true);
      expect(known).toContain(assignment.revision);
    }
    const entries = accepted.map(({ partner, revision }) => `${partner} ${revision}`);
    expect(new Set(entries).size).toBe(entries.length);
  });
}

/** What must be so after the work was done once without a crash. */
async function expectComplete({ state }: Bench): Promise<void> {
  await inStore(state, async (store) => {
    const bundles = await store.bundlesSince(0, 1000);
    expect(bundles.map(({ digest }) => digest)).toEqual(envelopes.map(({ digest }) => digest));
    const latest = await store.latestAssignments();
    expect(latest.map(({ appliance, revision }) => [appliance, revision])).toEqual([
      [acme.id, revisions[1]],
      [birch.id, revisions[1]],
    ]);
    expect((await store.checkpoint(log))?.size).toBe(envelopes.length);
    expect((await store.conditions()).map(({ reason }) => reason)).toEqual(Array(3).fill("ACCEPTED"));
  });
}

async function makeBench(): Promise<Bench> {
  const state = await mkdtemp(join(folder, "bench-"));
  const repository = join(state, "source");
  await cp(origin.folder, repository, { recursive: true });
  const sources = [{ name: "main", repository, branch: "main" }];
  const config = { schemaVersion: "1", state, host: "127.0.0.1", port: 0, sources };
  await writeFile(join(state, "config.json"), JSON.stringify(config));
  return { state, repository, answered: new Set(), groups: [], served: new Map() };
}

/** Does the work with a crash at a step, and then, if there was one, again. Answers whether there was. */
async function workWithCrash(step: number): Promise<boolean> {
  const bench = await makeBench();
  try {
    const isKilled = await work(bench, { COMPLINE_CRASH_AT: `any:${step}` });
    await expectSound(bench);
    expect(isKilled && (await work(bench, {})), `after a crash at step ${step}`).toBe(false);
    await expectSound(bench);
    await expectComplete(bench);
    return isKilled;
  } finally {
    endOrphans(bench);
  }
}

test("killed at any step of accepting, publishing, taking evidence in and signing its log, a controller loses and forks nothing", {
  timeout: 600_000,
}, async () => {
  const steps = Array.from({ length: stepsOfWork.most + 1 }, (_, index) => index + 1);
  const killed: number[] = [];
  const worker = async (): Promise<void> => {
    for (let step = steps.shift(); step !== undefined; step = steps.shift())
      if (await workWithCrash(step)) killed.push(step);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  // Whether a crash after the very last answer is still seen is a matter of chance.
  const sure = Array.from({ length: stepsOfWork.least - 1 }, (_, index) => index + 1);
  expect(killed.toSorted((a, b) => a - b).slice(0, sure.length)).toEqual(sure);
  expect(killed).not.toContain(stepsOfWork.most + 1);
});
