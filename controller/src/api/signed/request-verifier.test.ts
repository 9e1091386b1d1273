import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { host, makeApi, type TestApi } from "../testdata/api.ts";

let api: TestApi;
beforeEach(async () => {
  api = await makeApi();
});
afterEach(() => api.close());

const report = JSON.stringify({
  schemaVersion: "1",
  asOf: "2026-11-23T10:00:00.000Z",
  startedAt: "2026-11-23T09:00:00.000Z",
  head: null,
  outbox: 0,
  assignment: null,
  healing: { mode: "off", reasons: ["SITE"] },
  ceiling: { mode: "full", risk: "medium", argv: false, hosts: "practice" },
  software: { name: "compline-agent", version: "0.1.0" },
  suspension: null,
  override: null,
  held: [],
  faults: [],
  nextRunAt: null,
  checkpoint: null,
});

const pollUrl = () => `/v1/appliances/${api.mine.id}/assignment`;
const reportUrl = () => `/v1/appliances/${api.mine.id}/report`;
/** Signs a poll and sends it with other headers, from another address, or to another place. */
const send = async (
  more: { headers?: Record<string, string>; url?: string; remoteAddress?: string } = {},
) => {
  const signed = await api.mine.signed({ host, url: pollUrl() });
  return await api.app.inject({ url: pollUrl(), ...more, headers: { ...signed, ...more.headers } });
};
const poll = (more: object = {}) => api.ask(api.mine, { url: pollUrl(), ...more });
const post = (more: object = {}) =>
  api.ask(api.mine, { method: "POST", url: reportUrl(), body: report, ...more });
const outcomeOf = (answer: Awaited<ReturnType<typeof poll>>) => [
  answer.statusCode,
  answer.json<{ code: string }>().code,
];
const seconds = (offset: number) => Math.floor(api.clock.nowMs / 1000) + offset;

describe("a signed request", () => {
  test("is obeyed when the key that is enrolled signed this request to this host", async () => {
    expect(outcomeOf(await poll())).toEqual([404, "NOT_FOUND"]); // no assignment yet
    expect((await post()).statusCode).toBe(200);
  });

  test("holds for nothing but what was signed", async () => {
    const other = `/v1/appliances/${api.other.id}/assignment`;
    expect(outcomeOf(await send({ url: other }))).toEqual([401, "BAD_SIGNATURE"]);
    expect(outcomeOf(await send({ url: `${pollUrl()}?wait=0` }))).toEqual([401, "BAD_SIGNATURE"]);
    const elsewhere = await send({ headers: { host: "localhost:8480" } });
    expect(outcomeOf(elsewhere)).toEqual([401, "BAD_SIGNATURE"]);
  });

  test("of a key that no reviewed file enrols is told so, however often", async () => {
    for (let n = 0; n < 101; n++) {
      const answer = await api.ask(api.stranger, { url: pollUrl() });
      expect(outcomeOf(answer)).toEqual([401, "UNKNOWN_KEY"]);
    }
  });

  test("with two signatures, another form, or none is refused", async () => {
    const signed = await api.mine.signed({ host, url: pollUrl() });
    const input = signed["signature-input"] ?? "";
    const forms = [
      { "signature-input": `${input}, ${input}` },
      { "signature-input": input.replace("compline-appliance", "other") },
      { signature: "" },
    ];
    for (const headers of forms) expect(outcomeOf(await send({ headers }))).toEqual([401, "SIGNATURE_FORM"]);
    const none = await api.app.inject({ url: pollUrl(), headers: { host } });
    expect(outcomeOf(none)).toEqual([401, "UNAUTHORIZED"]);
  });

  test("brings the body that was signed", async () => {
    const headers = await api.mine.signed({ method: "POST", host, url: reportUrl(), body: report });
    const payload = report.replace('"outbox":0', '"outbox":9');
    const changed = await api.app.inject({ method: "POST", url: reportUrl(), headers, payload });
    expect(outcomeOf(changed)).toEqual([401, "CONTENT_DIGEST"]);
    const uncovered = await api.mine.signed({ method: "POST", host, url: reportUrl() });
    const answer = await api.app.inject({
      method: "POST",
      url: reportUrl(),
      headers: { ...uncovered, "content-type": "application/json" },
      payload: report,
    });
    expect(outcomeOf(answer)).toEqual([401, "SIGNATURE_FORM"]);
    expect(await api.store.reports()).toEqual([]);
  });
});

describe("failed signatures of an address", () => {
  test("are capped, and then nothing of it is verified", async () => {
    const forged = { url: `${pollUrl()}?wait=0` };
    for (let n = 0; n < 100; n++) expect((await send(forged)).statusCode).toBe(401);
    const capped = await send();
    expect(outcomeOf(capped)).toEqual([429, "TOO_MANY_REQUESTS"]);
    expect(capped.headers["retry-after"]).toBe("60");
    expect((await send({ remoteAddress: "192.0.2.9" })).statusCode).toBe(404);
    api.clock.nowMs += 60_000;
    expect((await send()).statusCode).toBe(404);
  });
});

describe("time", () => {
  test("within 5 minutes is believed", async () => {
    for (const offset of [-299, 0, 299])
      expect((await poll({ created: seconds(offset) })).statusCode).toBe(404);
  });

  test.each([
    ["5 minutes behind", -302],
    ["5 minutes ahead", 302],
    ["30 years behind", -946_080_000],
    ["30 years ahead", 946_080_000],
  ])("%s is not, but a nonce of the server's is", async (_, offset) => {
    const created = seconds(offset);
    for (const ask of [poll, post]) {
      const refused = await ask({ created });
      expect(outcomeOf(refused)).toEqual([401, "CLOCK_SKEW"]);
      const nonce = String(refused.headers["compline-nonce"]);
      expect([404, 200]).toContain((await ask({ created, nonce })).statusCode);
    }
  });

  test("a nonce of the server's is good for the key that it was given to, for 5 minutes", async () => {
    const refused = await poll({ created: 1 });
    const nonce = String(refused.headers["compline-nonce"]);
    const url = `/v1/appliances/${api.other.id}/assignment`;
    const foreign = await api.ask(api.other, { url, created: 1, nonce });
    expect(outcomeOf(foreign)).toEqual([401, "CLOCK_SKEW"]);
    const end = nonce.endsWith("AA") ? "BB" : "AA";
    expect((await poll({ created: 1, nonce: nonce.slice(0, -2) + end })).statusCode).toBe(401);
    api.clock.nowMs += 300_000;
    expect((await poll({ created: 1, nonce })).statusCode).toBe(404);
    api.clock.nowMs += 1;
    expect((await poll({ created: 1, nonce })).statusCode).toBe(401);
  });

  test("a signature that does not hold is given no nonce", async () => {
    const signed = await api.mine.signed({ host, url: pollUrl(), created: 1 });
    const answer = await api.app.inject({ url: `${pollUrl()}?wait=0`, headers: signed });
    expect(outcomeOf(answer)).toEqual([401, "BAD_SIGNATURE"]);
    expect(answer.headers["compline-nonce"]).toBeUndefined();
  });
});

describe("a request that is sent again", () => {
  const again = async (method: "GET" | "POST", created = seconds(1)) => {
    const isPost = method === "POST";
    const url = isPost ? reportUrl() : pollUrl();
    const headers = await api.mine.signed({
      method,
      host,
      url,
      created,
      ...(isPost ? { body: report } : {}),
    });
    return () => api.app.inject({ method, url, headers, ...(isPost ? { payload: report } : {}) });
  };

  test("is refused where it would do something twice, for as long as its time is believed", async () => {
    const replay = await again("POST", seconds(300));
    expect((await replay()).statusCode).toBe(200);
    expect(outcomeOf(await replay())).toEqual([401, "NONCE_USED"]);
    api.clock.nowMs += 599_000;
    expect(outcomeOf(await replay())).toEqual([401, "NONCE_USED"]);
    api.clock.nowMs += 2_000;
    expect(outcomeOf(await replay())).toEqual([401, "CLOCK_SKEW"]);
  });

  test("is answered where it only reads", async () => {
    const replay = await again("GET");
    expect((await replay()).statusCode).toBe(404);
    expect((await replay()).statusCode).toBe(404);
  });

  test("and was made before this process started is refused: the one before may have done it", async () => {
    expect(outcomeOf(await post({ created: seconds(-1) }))).toEqual([401, "CLOCK_SKEW"]);
    expect((await poll({ created: seconds(-1) })).statusCode).toBe(404);
  });
});
