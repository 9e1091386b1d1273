import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StoredAssignment } from "../store/contract.ts";
import { host, logOrigin, makeApi, type TestApi } from "./testdata/api.ts";

let api: TestApi;
beforeEach(async () => {
  api = await makeApi();
});
afterEach(() => api.close());

/** An assignment for tests: what it says does not matter to the API. */
function assignmentFor(appliance: string, generation: number): StoredAssignment {
  const bytes = new TextEncoder().encode(`{"generation":${generation}}`);
  return {
    digest: createHash("sha256").update(bytes).digest("hex"),
    bytes,
    signature: new Uint8Array(64).fill(1),
    keyid: "e".repeat(64),
    appliance,
    site: api.mine.site,
    generation,
    revision: "a".repeat(40),
    issuedAt: "2026-11-23T10:00:00.000Z",
    healUntil: "2026-11-30T10:00:00.000Z",
  };
}

/** As the reconciler does it: kept first, then served. */
async function publish(...assignments: readonly StoredAssignment[]): Promise<void> {
  await api.store.putAssignments(assignments);
  api.publications.replace(assignments);
}

const poll = (query = "", id = api.mine.id) =>
  api.ask(api.mine, { url: `/v1/appliances/${id}/assignment${query}` });

describe("the long poll", () => {
  test("answers the exact bytes at once, with digest, signature and key in the header", async () => {
    const published = assignmentFor(api.mine.id, 1);
    await publish(published);
    const answer = await poll();
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload).toEqual(Buffer.from(published.bytes));
    expect(answer.headers).toMatchObject({
      "content-type": "application/json",
      "compline-digest": published.digest,
      "compline-signature": Buffer.from(published.signature).toString("base64"),
      "compline-keyid": published.keyid,
    });
  });

  test("answers 204 when there is no other one than the box has", async () => {
    const published = assignmentFor(api.mine.id, 1);
    await publish(published);
    expect((await poll(`?have=${published.digest}&wait=0`)).statusCode).toBe(204);
  });

  test("waits for the next one, and is woken when it is published", async () => {
    const [first, second] = [assignmentFor(api.mine.id, 1), assignmentFor(api.mine.id, 2)];
    await publish(first);
    const waiting = poll(`?have=${first.digest}&wait=25`);
    setImmediate(() => void publish(second));
    expect((await waiting).headers["compline-digest"]).toBe(second.digest);
  });

  test("waits for the first one, too, while the appliance is being enrolled", async () => {
    const waiting = poll("?wait=25");
    setImmediate(() => void publish(assignmentFor(api.mine.id, 1)));
    expect((await waiting).statusCode).toBe(200);
  });

  test("is answered when the server closes", async () => {
    const published = assignmentFor(api.mine.id, 1);
    await publish(published);
    const waiting = poll(`?have=${published.digest}&wait=25`);
    setImmediate(() => void api.app.close());
    expect((await waiting).statusCode).toBe(204);
  });

  test("gives nothing of another appliance, in the words of what is not there", async () => {
    await publish(assignmentFor(api.other.id, 1));
    const foreign = await poll("", api.other.id);
    const missing = await poll("", "01J00000000000000000000000");
    expect([foreign.statusCode, foreign.body]).toEqual([404, missing.body]);
  });

  test("refuses a wait over 25 s, and an unknown parameter", async () => {
    expect((await poll("?wait=26")).statusCode).toBe(400);
    expect((await poll("?wiat=1")).statusCode).toBe(400);
  });
});

test("an assignment and its signature are had by digest, by the appliance it belongs to and the operator", async () => {
  const [mine, foreign] = [assignmentFor(api.mine.id, 1), assignmentFor(api.other.id, 2)];
  await api.store.putAssignments([mine, foreign]);
  const get = (path: string) => api.ask(api.mine, { url: `/v1/assignments/${path}` });
  expect((await get(mine.digest)).rawPayload).toEqual(Buffer.from(mine.bytes));
  expect((await get(`${mine.digest}/signature`)).body).toBe(Buffer.from(mine.signature).toString("base64"));
  expect((await get(foreign.digest)).body).toBe((await get("0".repeat(64))).body);
  const headers = { host, cookie: await api.signIn() };
  const seen = await api.app.inject({ url: `/v1/assignments/${foreign.digest}`, headers });
  expect(seen.statusCode).toBe(200);
});

describe("a report", () => {
  const report = {
    schemaVersion: "1",
    asOf: "2026-11-23T10:00:00.000Z",
    startedAt: "2026-11-23T09:00:00.000Z",
    head: null,
    outbox: 0,
    assignment: null,
    healing: { mode: "off", reasons: ["SITE"] },
    ceiling: { mode: "full", risk: "medium", argv: false, hosts: "practice" },
    suspension: null,
    override: null,
    held: [],
    faults: [],
    software: { name: "compline-agent", version: "0.1.0" },
    nextRunAt: null,
    checkpoint: null,
  };
  const heldPair = { host: "0".repeat(26), check: "greeting", code: "COOLDOWN", until: null };
  const post = (body: object, by = api.mine) =>
    api.ask(by, { method: "POST", url: `/v1/appliances/${by.id}/report`, body: JSON.stringify(body) });

  test("is kept with the time it came", async () => {
    const answer = await post(report);
    expect([answer.statusCode, answer.json()]).toEqual([200, { checkpoint: null }]);
    expect(api.heard).toEqual([]);
    const [kept] = await api.store.reports();
    expect(kept).toMatchObject({
      appliance: api.mine.id,
      receivedAt: new Date(api.clock.nowMs).toISOString(),
    });
    expect(JSON.parse(kept?.body ?? "")).toEqual(report);
    expect(api.passed).toContain("changed");
  });

  test("brings the checkpoint that the box was told of, and is answered with the newest", async () => {
    const note = Buffer.from("a signed note");
    const signedAt = "2026-11-23T10:00:00.000Z";
    await api.store.putCheckpoint({ log: logOrigin, size: 3, signedAt, vkey: "", note });
    const answer = await post({ ...report, checkpoint: "an older note" });
    expect(answer.json()).toEqual({ checkpoint: "a signed note" });
    expect(api.heard).toEqual([[logOrigin, "an older note"]]);
    expect((await post({ ...report, checkpoint: "n".repeat(4097) })).statusCode).toBe(400);
  });

  test("of as many failing pairs as it may name is kept", async () => {
    const longest = { ...heldPair, check: "c".repeat(63), until: report.asOf };
    expect((await post({ ...report, held: Array.from({ length: 200 }, () => longest) })).statusCode).toBe(
      200,
    );
  });

  test("of another form is refused", async () => {
    for (const wrong of [
      { ...report, outbox: -1 },
      { ...report, outbox: "0" },
      { ...report, verdicts: [] },
      { ...report, asOf: "2026-11-23T10:61:00.000Z" },
      { ...report, startedAt: "2026-02-30T10:00:00.000Z" },
      { ...report, nextRunAt: "9999-99-99T99:99:99.999Z" },
      { ...report, held: [{ ...heldPair, until: "2026-02-30T10:00:00.000Z" }] },
      { ...report, held: [{ ...heldPair, code: "in words" }] },
      { ...report, held: Array.from({ length: 201 }, () => heldPair) },
      {},
    ]) {
      expect((await post(wrong)).statusCode).toBe(400);
    }
    expect(await api.store.reports()).toEqual([]);
  });

  test("of an appliance that is not enrolled is refused, and says why", async () => {
    const answer = await post(report, api.stranger);
    expect([answer.statusCode, answer.json().code]).toEqual([401, "UNKNOWN_KEY"]);
  });

  test("of another appliance finds nothing", async () => {
    const url = `/v1/appliances/${api.other.id}/report`;
    const answer = await api.ask(api.mine, { method: "POST", url, body: JSON.stringify(report) });
    expect(answer.statusCode).toBe(404);
    expect(await api.store.reports()).toEqual([]);
  });
});

describe("the head of a chain", () => {
  const head = (by = api.mine, of = by) => api.ask(by, { url: `/v1/appliances/${of.id}/head` });

  test("is none before the first bundle, and then the newest place that is kept", async () => {
    expect((await head()).statusCode).toBe(204);
    for (const seq of [0, 1]) {
      const { bytes, digest } = await api.mine.seal(seq);
      const { id: chain, site, keyid } = api.mine;
      const receivedAt = "2026-11-23T10:00:00.000Z";
      await api.store.commit([{ digest, bytes, chain, epoch: 0, seq, site, keyid, receivedAt, log: null }]);
      expect((await head()).json()).toEqual({ epoch: 0, seq, digest });
    }
  });

  test("is told to nobody else, and of nobody that is not enrolled", async () => {
    expect((await head(api.other, api.mine)).statusCode).toBe(404);
    expect((await head(api.stranger)).statusCode).toBe(401);
  });
});
