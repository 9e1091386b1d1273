import { MAX_ASSIGNMENT_BYTES } from "@compline/core";
import { fastify } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Allowance } from "./allowance.ts";
import { addAddressLimits, type Allowances, makeAllowances } from "./limits.ts";
import { host, makeApi, type TestApi } from "./testdata/api.ts";

let api: TestApi;
beforeEach(async () => {
  api = await makeApi();
});
afterEach(() => api.close());

const here = "192.0.2.1";
const elsewhere = "192.0.2.2";

const get = async (url: string, remoteAddress = here, headers = {}) =>
  await api.app.inject({ url, remoteAddress, headers: { host, ...headers } });

test("a route that declares no limit keeps the server from starting", () => {
  const app = fastify();
  const failures = new Allowance(1, Date.now);
  addAddressLimits(app, { allowances: makeAllowances(Date.now), failures, metrics: api.metrics });
  expect(() => app.get("/forgotten", { config: { auth: "open" }, schema: {} }, () => "")).toThrow(
    "declares no limit",
  );
});

describe("an address", () => {
  const cases: readonly [keyof Allowances, number, string, number][] = [
    ["session", 60, "/session?token=a-token-that-nobody-made", 401],
    ["health", 6_000, "/healthz", 200],
    ["health", 6_000, "/metrics", 401],
    ["operator", 6_000, "/v1/sites", 401],
    ["operator", 6_000, "/v1/nothing", 404],
    ["operator", 6_000, "/", 401],
    ["operator", 6_000, `/v1/evidence/${"0".repeat(64)}`, 401],
  ];
  test.each(cases)("may use its allowance %s %i times a minute: %s", async (limit, most, url, usual) => {
    api.allowances[limit].spend(here, most - 1);
    expect((await get(url)).statusCode).toBe(usual);
    const refused = await get(url);
    expect([refused.statusCode, refused.json().code]).toEqual([429, "TOO_MANY_REQUESTS"]);
    expect(refused.headers["retry-after"]).toBe("60");
    expect(await refusals()).toBe(1);
    expect((await get(url, elsewhere)).statusCode).toBe(usual);
    api.clock.nowMs += 60_000;
    expect((await get(url)).statusCode).toBe(usual);
  });

  test("is refused before its credential is looked at, and that is no use of it", async () => {
    const cookie = await api.signIn();
    await api.addToken("one-time-token-of-a-test");
    api.allowances.operator.spend(here, 6_000);
    api.allowances.session.spend(here, 60);
    expect((await get("/openapi.json", here, { cookie })).statusCode).toBe(429);
    expect((await get("/openapi.json", elsewhere, { cookie })).statusCode).toBe(200);
    expect((await get("/session?token=one-time-token-of-a-test")).statusCode).toBe(429);
    expect((await get("/session?token=one-time-token-of-a-test", elsewhere)).statusCode).toBe(200);
  });
});

describe("an appliance", () => {
  test("may ask 600 times a minute, and one's use is not another's", async () => {
    const head = (by = api.mine) => api.ask(by, { url: `/v1/appliances/${by.id}/head` });
    api.allowances.appliance.spend(api.mine.id, 599);
    expect((await head()).statusCode).toBe(204);
    const refused = await head();
    expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([429, "60"]);
    expect(await refusals()).toBe(1);
    expect((await head(api.other)).statusCode).toBe(204);
    api.clock.nowMs += 60_000;
    expect((await head()).statusCode).toBe(204);
  });

  test("spends nothing of its address, and others there nothing of the appliance's", async () => {
    const url = `/v1/assignments/${"0".repeat(64)}`;
    const headers = await api.mine.signed({ method: "GET", host, url });
    api.allowances.operator.spend(here, 6_000);
    expect((await get(url)).statusCode).toBe(429);
    expect((await get(url, here, headers)).statusCode).toBe(404);
  });

  test("sends evidence without a count", async () => {
    for (const allowance of Object.values(api.allowances)) {
      for (const caller of [here, api.mine.id]) allowance.spend(caller, 6_000);
    }
    const { bytes } = await api.mine.seal(0);
    expect((await post("/v1/evidence", Buffer.from(bytes))).statusCode).toBe(201);
  });
});

describe("a body", () => {
  test("that is larger than its route takes is answered 413", async () => {
    const report = `/v1/appliances/${api.mine.id}/report`;
    const writing = api.routes.filter(({ method }) => method !== "GET").map(({ url }) => url);
    expect(writing).toEqual([
      "/v1/evidence",
      "/v1/evidence/:digest/attachments",
      "/v1/appliances/:id/assignment",
      "/v1/appliances/:id/report",
    ]);
    const one = await post("/v1/evidence", Buffer.alloc(262_145, 0x20));
    const batch = await post("/v1/evidence", Buffer.alloc(26_214_501, 0x20), "application/x-ndjson");
    const long = JSON.stringify("x".repeat(65_535));
    const reported = await api.ask(api.mine, { method: "POST", url: report, body: long });
    const url = `/v1/appliances/${api.mine.id}/assignment`;
    const body = " ".repeat(MAX_ASSIGNMENT_BYTES + 1);
    const returned = await api.ask(api.mine, { method: "POST", url, body });
    expect([one, batch, reported, returned].map(({ statusCode }) => statusCode)).toEqual([
      413, 413, 413, 413,
    ]);
  });
});

async function post(url: string, payload: Buffer, type = "application/json") {
  const headers = { host, "content-type": type };
  return await api.app.inject({ method: "POST", url, remoteAddress: here, headers, payload });
}

async function refusals(): Promise<number | undefined> {
  const { values } = await api.metrics.requestsRefused.get();
  return values.find(({ labels }) => labels.reason === "too_many")?.value;
}
