import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeAssignment } from "@compline/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { statePaths } from "../config/config.ts";
import { type OfflineState, openOffline } from "../reconcile/offline.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { makeAppliance, resultOf, testHost } from "../testdata/appliance.ts";
import { libraryFiles, partnerFiles } from "../testdata/desired.ts";
import { readObservedFile, writeObserved } from "./observed.ts";
import { makePlan } from "./plan/make-plan.ts";
import { openPublisher, type Publisher } from "./plan/testdata/publisher.ts";

const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
const birch = makeAppliance("01J0000000000000000000BXA2", "01J000000000000000000S1TA2");
const seenAt = "2026-11-23T10:00:00.000Z";
const nowMs = Date.parse(seenAt) + 60_000;

let folder: string;
let repository: TestRepository;
let publisher: Publisher;
let offline: OfflineState;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-observed-"));
  repository = await makeRepository();
  publisher = await openPublisher(repository.folder);
  await repository.commit({
    ...libraryFiles(),
    ...partnerFiles("acme", acme),
    ...partnerFiles("birch", birch),
  });
  await observe((await publisher.pass(nowMs)).inForce);
  offline = await openOffline(join(publisher.state, "controller"), () => nowMs);
});
afterEach(async () => {
  await offline.close();
  await publisher.remove();
  await repository.remove();
  await rm(folder, { recursive: true });
});

/** Keeps a bundle in which acme's appliance says that its host passes. */
async function observe(inForce: Awaited<ReturnType<Publisher["pass"]>>["inForce"]): Promise<void> {
  const published = inForce.get(acme.id);
  if (published === undefined) throw new Error("the appliance has work");
  const assignment = createHash("sha256").update(encodeAssignment(published)).digest("hex");
  const { bytes, digest } = await acme.seal(0, { assignment, results: [resultOf("pass", seenAt)] });
  const store = openSqliteStore(statePaths(join(publisher.state, "controller")).store, "write");
  const place = { chain: acme.id, epoch: 0, seq: 0, site: acme.site, keyid: acme.keyid };
  await store.commit([{ digest, bytes, ...place, receivedAt: seenAt, log: null }]);
  await store.close();
}

test("what status writes of every partner is what plan reads, and moves its scores", async () => {
  const file = join(folder, "observed.json");
  await writeObserved(offline, { file, partner: undefined });
  const { partners, position } = await readObservedFile(file);
  expect(position).toBe(1);
  expect(partners.map(({ name }) => name)).toEqual(["acme", "birch"]);
  expect(partners[0]?.sites[0]?.results).toMatchObject([{ host: testHost, verdict: "pass" }]);
  expect(await readFile(file, "utf8")).not.toContain("polite");

  const check = "policies/checks/linux/greeting.yaml";
  const changed = libraryFiles()[check]?.replace("severity: low", "severity: high");
  await repository.put(check, changed ?? "");
  const request = { repo: repository.folder, state: publisher.state };
  const { report } = await makePlan({ ...request, observed: file }, nowMs);
  const [move] = report.forecast?.scores ?? [];
  expect(move).toMatchObject({
    partner: "acme",
    site: "shop",
    framework: null,
    before: { pass: 1, total: 1 },
    after: { pass: 0, unknown: 1, total: 1 },
  });
  expect(report.forecast).toMatchObject({ heals: [], sameHeals: 0, notKnown: [] });
  expect((await makePlan(request, nowMs)).report.forecast).toBeNull();
});

test("a partner may be named; one that is not in force is refused with those that are", async () => {
  const file = join(folder, "observed.json");
  await writeObserved(offline, { file, partner: "birch" });
  expect((await readObservedFile(file)).partners.map(({ name }) => name)).toEqual(["birch"]);
  await expect(writeObserved(offline, { file, partner: "cedar" })).rejects.toMatchObject({
    exit: "usage",
    message: expect.stringContaining("acme, birch"),
  });
});

test("a file of another kind is refused with its name and where it differs", async () => {
  const file = join(folder, "observed.json");
  await writeFile(file, '{"schemaVersion":"1","asOf":"yesterday","position":0,"partners":[]}');
  await expect(readObservedFile(file)).rejects.toMatchObject({
    exit: "usage",
    message: expect.stringMatching(/observed\.json is no observed state:\n {2}at \/asOf: expected /),
  });
});
