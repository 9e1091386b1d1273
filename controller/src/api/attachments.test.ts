import {
  encodeTranscript,
  type HealRecord,
  sha256Hex,
  TRANSCRIPT_CLASS,
  transcriptAttachment,
} from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testHost } from "../testdata/appliance.ts";
import { host, makeApi, type TestApi } from "./testdata/api.ts";

const startedAt = new Date().toISOString();
const heal: HealRecord = {
  host: testHost,
  check: "greeting",
  level: "L1",
  rule: "greet",
  runbook: "greet",
  runbookDigest: "0".repeat(64),
  before: "fail",
  after: "pass",
  outcome: "healed",
  errorClass: null,
  skipped: [],
  approval: null,
  startedAt,
  endedAt: startedAt,
};
const about = { salt: "5a".repeat(32), host: testHost, check: "greeting", runbook: "greet", startedAt };
const transcript = encodeTranscript({ ...about, steps: [] });
const named = transcriptAttachment(transcript, Date.parse(startedAt), sha256Hex);
const text = Buffer.from(transcript).toString();

let api: TestApi;
/** Digest of the bundle of `mine` that names the transcript. */
let bundle: string;
beforeEach(async () => {
  api = await makeApi();
  bundle = await keep({ heals: [heal], attachments: [named] });
});
afterEach(() => api.close());

async function keep(more: Parameters<TestApi["mine"]["seal"]>[1], seq = 0): Promise<string> {
  const { bytes, digest } = await api.mine.seal(seq, more);
  const headers = { host, "content-type": "application/json" };
  const answer = await api.app.inject({
    method: "POST",
    url: "/v1/evidence",
    headers,
    payload: Buffer.from(bytes),
  });
  expect(answer.statusCode).toBe(201);
  return digest;
}

async function send(body: string, to = bundle, by = api.mine): Promise<readonly [number, string | null]> {
  const answer = await api.ask(by, { method: "POST", url: `/v1/evidence/${to}/attachments`, body });
  return [answer.statusCode, answer.body === "" ? null : String(answer.json().code)];
}

describe("POST /v1/evidence/{bundle}/attachments", () => {
  test("what a bundle names is kept, byte for byte and before the answer, as often as it comes", async () => {
    api.passed.length = 0;
    expect(await send(text)).toEqual([204, null]);
    expect(await send(text)).toEqual([204, null]);
    expect(Buffer.from((await api.store.attachment(named.digest))?.bytes ?? []).toString()).toBe(text);
    expect(api.passed.slice(0, 2)).toEqual(["after-attachment", "changed"]);
  });

  test("is not there for another appliance, nor for a bundle that is not kept", async () => {
    expect(await send(text, bundle, api.other)).toEqual([404, "NOT_FOUND"]);
    expect(await send(text, "0".repeat(64))).toEqual([404, "NOT_FOUND"]);
    expect(await api.store.attachment(named.digest)).toBeNull();
  });

  test("bytes that the bundle does not name are refused", async () => {
    expect(await send(text.replace("5a", "5b"))).toEqual([422, "NOT_NAMED"]);
    expect(await send("{}")).toEqual([422, "NOT_NAMED"]);
  });

  test.each<[string, object]>([
    ["another size", { attachments: [{ ...named, size: named.size + 1 }] }],
    ["another class", { attachments: [{ ...named, class: `${TRANSCRIPT_CLASS}-2` }] }],
    ["another media type", { attachments: [{ ...named, mediaType: "text/html" }] }],
    ["a heal that began at another time", { heals: [{ ...heal, startedAt: "2026-11-23T10:00:00.001Z" }] }],
    ["no heal", { heals: [] }],
  ])("what a bundle names with %s is refused", async (_, more) => {
    const other = await keep({ heals: [heal], attachments: [named], ...more }, 1);
    expect(await send(text, other)).toEqual([422, "NOT_NAMED"]);
    expect(await api.store.attachment(named.digest)).toBeNull();
  });

  test("what is no transcript is refused although a bundle names it", async () => {
    const body = '{"password":"hunter2"}';
    const wrong = { ...named, digest: sha256Hex(Buffer.from(body)), size: body.length };
    const other = await keep({ heals: [heal], attachments: [wrong] }, 1);
    expect(await send(body, other)).toEqual([422, "NOT_NAMED"]);
  });

  test("what comes when its time is over is refused", async () => {
    api.clock.nowMs = Date.parse(startedAt);
    const short = await keep({ heals: [heal], attachments: [{ ...named, retainUntil: startedAt }] }, 1);
    expect(await send(text, short)).toEqual([422, "RETENTION_OVER"]);
  });

  test("a body beyond the limit is not read", async () => {
    expect((await send(`"${"x".repeat(65_536)}"`))[0]).toBe(413);
  });
});

describe("GET /v1/attachments/{digest}", () => {
  const get = (headers: Record<string, string>) =>
    api.app.inject({ url: `/v1/attachments/${named.digest}`, headers: { host, ...headers } });

  test("gives exact bytes to a signed-in operator and to nobody else, also not to who sent them", async () => {
    await send(text);
    const url = `/v1/attachments/${named.digest}`;
    expect((await get({})).statusCode).toBe(401);
    expect((await api.ask(api.mine, { url })).statusCode).toBe(401);
    const answer = await get({ cookie: await api.signIn() });
    expect([answer.statusCode, answer.body]).toEqual([200, text]);
    expect(answer.headers).toMatchObject({
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
    });
  });

  test("has nothing before they came and once they were erased", async () => {
    const cookie = await api.signIn();
    expect((await get({ cookie })).statusCode).toBe(404);
    await send(text);
    await api.store.eraseAttachments(named.retainUntil);
    expect((await get({ cookie })).statusCode).toBe(404);
  });
});
