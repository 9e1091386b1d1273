import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { encodeAssignment } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPublisher, type Publisher } from "../cli/plan/testdata/publisher.ts";
import { statePaths } from "../config/config.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { makeAppliance, resultOf, testHost } from "../testdata/appliance.ts";
import { libraryFiles, partnerFiles } from "../testdata/desired.ts";
import { answerAsOf, type AsOf, type AsOfQuestion } from "./as-of.ts";
import { recordAt } from "./world-as-of.ts";

const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
const birch = makeAppliance("01J0000000000000000000BXA2", "01J000000000000000000S1TA2");

let repository: TestRepository;
let publisher: Publisher;
let store: Store;
let assignment: string;
let revision: string;

/** A time of the test's day. */
function at(time: string): string {
  return `2026-11-23T${time}.000Z`;
}

beforeEach(async () => {
  repository = await makeRepository();
  publisher = await openPublisher(repository.folder);
  // A commit's own date says nothing: this one claims to be older, and the one below newer, than when it was accepted.
  revision = await repository.commit(
    { ...libraryFiles(), ...partnerFiles("acme", acme) },
    "--date=2020-01-01T00:00:00Z",
  );
  const { inForce } = await publisher.pass(Date.parse(at("10:00:00")));
  assignment = digestOf(inForce.get(acme.id));
  store = openSqliteStore(statePaths(controller()).store, "write");
});
afterEach(async () => {
  await store.close();
  await publisher.remove();
  await repository.remove();
});

function controller(): string {
  return join(publisher.state, "controller");
}

function digestOf(published: Assignment | undefined): string {
  if (published === undefined) throw new Error("the appliance has work");
  return createHash("sha256").update(encodeAssignment(published)).digest("hex");
}

interface Sample {
  readonly verdict?: "pass" | "fail";
  /** When its window ends. */
  readonly end: string;
  readonly since?: string;
  readonly received?: string;
}

/** Keeps a bundle of acme's box; without a verdict it is a heartbeat. */
async function keep(seq: number, { verdict, end, since = end, received = end }: Sample): Promise<void> {
  const results = verdict === undefined ? [] : [resultOf(verdict, at(since))];
  const stateAfter = results.length === 0 ? [resultOf("pass", at(end))] : results;
  const window = { start: at(end), end: at(end) };
  const { bytes, digest } = await acme.seal(seq, { assignment, results, stateAfter, window });
  const place = { chain: acme.id, epoch: 0, seq, site: acme.site, keyid: acme.keyid };
  await store.commit([{ digest, bytes, ...place, receivedAt: at(received), log: null }]);
}

async function ask(question: Partial<AsOfQuestion> & { readonly at: string }): Promise<AsOf> {
  const sources = [{ name: "source-0", repository: repository.folder, branch: "main" }];
  const mirrors = { folder: statePaths(controller()).mirrors, sources };
  const clock = (): number => Date.parse(at("20:00:00"));
  return await answerAsOf({ store, mirrors, clock }, { known: undefined, partner: undefined, ...question });
}

/** Verdict and reason of the one pair there is. */
async function seen(time: string, known?: number): Promise<string> {
  const answer = await ask({ at: at(time), known: known === undefined ? undefined : String(known) });
  const [result] = answer.sites[0]?.results ?? [];
  return [result?.verdict, result?.reason].filter((part) => part !== null).join(" ");
}

describe("as of a time", () => {
  test("that revision is in force that was accepted last before it, whatever dates commits have", async () => {
    const next = await repository.commit(
      { ...libraryFiles("1h"), ...partnerFiles("birch", birch) },
      "--date=2030-01-01T00:00:00Z",
    );
    await publisher.pass(Date.parse(at("12:00:00")));
    const before = await ask({ at: at("11:59:59") });
    expect(before).toMatchObject({ revision, acceptedAt: at("10:00:00"), otherPartners: [] });
    const after = await ask({ at: at("12:00:00") });
    expect(after).toMatchObject({ revision: next, acceptedAt: at("12:00:00"), otherPartners: ["birch"] });
    expect(await ask({ at: at("12:00:00"), partner: "birch" })).toMatchObject({ partner: { name: "birch" } });
    await expect(ask({ at: at("11:00:00"), partner: "birch" })).rejects.toMatchObject({
      code: "NOT_IN_FORCE",
      message: expect.stringContaining("there were acme"),
    });
  });

  test("a verdict is what evidence up to then said, and is fresh or stale at that time", async () => {
    await keep(0, { verdict: "pass", end: "10:01:00" });
    await keep(1, { verdict: "fail", end: "10:20:00" });
    expect(await seen("10:00:30")).toBe("unknown NEVER_SEEN");
    expect(await seen("10:02:00")).toBe("pass");
    expect(await seen("10:21:00")).toBe("fail");
    expect(await seen("10:36:00")).toBe("unknown STALE");
  });

  test("a heartbeat confirms what stood before it, once it is known", async () => {
    await keep(0, { verdict: "pass", end: "10:01:00" });
    await keep(1, { end: "12:01:00" });
    expect(await seen("11:30:00", 1)).toBe("unknown STALE");
    expect(await seen("11:30:00", 2)).toBe("pass");
    expect((await ask({ at: at("11:30:00") })).sites[0]?.appliances[0]?.chain?.to.seq).toBe(0);
  });

  test("what came later and tells of before counts, as far as it was known", async () => {
    await keep(0, { verdict: "pass", end: "10:01:00" });
    await keep(2, { verdict: "pass", end: "10:03:00" });
    await keep(1, { verdict: "fail", end: "10:02:00", received: "15:00:00" });
    expect(await seen("10:02:30", 2)).toBe("pass");
    expect(await seen("10:02:30")).toBe("fail");
    expect(await seen("10:04:00", 2)).toBe("unknown GAP");
    expect(await seen("10:04:00", 3)).toBe("pass");
  });

  test("a box whose clock runs ahead is believed to have known what it had sent", async () => {
    await keep(0, { verdict: "pass", end: "11:00:00", received: "10:02:00" });
    expect(await seen("10:01:00")).toBe("unknown NEVER_SEEN");
    expect(await seen("10:03:00")).toBe("pass");
  });

  test("the same time and position give the same bytes, after more evidence, another revision and a restart", async () => {
    await keep(0, { verdict: "pass", end: "10:01:00" });
    await keep(1, { end: "12:01:00" });
    const question = { at: "2026-11-23T11:00:00Z", known: "2" };
    const first = JSON.stringify(await ask(question));
    const newest = JSON.stringify(await ask({ at: question.at }));
    expect(newest).toBe(first);
    await keep(2, { verdict: "fail", end: "10:30:00", received: "16:00:00" });
    await repository.commit(libraryFiles("2h"));
    await publisher.pass(Date.parse(at("17:00:00")));
    await store.putReport({ appliance: acme.id, receivedAt: at("17:00:00"), body: "{}" });
    await store.close();
    store = openSqliteStore(statePaths(controller()).store, "read");
    expect(JSON.stringify(await ask(question))).toBe(first);
    expect(JSON.stringify(await ask({ ...question, known: "3" }))).not.toBe(first);
  });
});

describe("what cannot be answered", () => {
  test("before the first acceptance it says when that was", async () => {
    await expect(ask({ at: at("09:59:59") })).rejects.toMatchObject({
      code: "NOT_IN_FORCE",
      message: expect.stringContaining(`the first one was accepted at ${at("10:00:00")}`),
    });
  });

  test("a revision that is gone from the mirror is named, with what to do", async () => {
    await rm(join(statePaths(controller()).mirrors, "source-0.git"), { recursive: true });
    await expect(ask({ at: at("11:00:00") })).rejects.toMatchObject({
      code: "REVISION_MISSING",
      message: expect.stringContaining(revision),
    });
  });
});

test("the host that is looked at is the one of then", async () => {
  await keep(0, { verdict: "pass", end: "10:01:00" });
  const more = partnerFiles("acme", acme);
  const site = "sites/acme/shop/site.yaml";
  await repository.commit({ [site]: (more[site] ?? "").replace(testHost, "01J000000000000000000HBXA9") });
  await publisher.pass(Date.parse(at("10:05:00")));
  expect((await ask({ at: at("10:04:00") })).sites[0]?.results).toMatchObject([
    { host: testHost, verdict: "pass" },
  ]);
  expect((await ask({ at: at("10:06:00") })).sites[0]?.results).toMatchObject([
    { host: "01J000000000000000000HBXA9", verdict: "unknown" },
  ]);
});

test("the record of acceptances goes by its order, also when the clock was set back", () => {
  const acceptedAt = ["10:00:00", "12:00:00", "11:00:00"].map(at);
  const record = acceptedAt.map((time, position) => ({
    source: "main",
    partner: "acme",
    revision: `${position}`,
    position,
    commits: position,
    acceptedAt: time,
  }));
  const last = (time: string): string | undefined => recordAt(record, at(time)).at(-1)?.revision;
  expect([last("09:59:59"), last("11:30:00"), last("12:00:00")]).toEqual([undefined, "0", "2"]);
});
