import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ControllerError, type ControllerCode } from "../errors.ts";
import type { KitQuestion } from "../kit/site-kit.ts";
import { host, makeApi, type TestApi } from "./testdata/api.ts";

const site = { name: "harbour-office", displayName: "Harbour Office" };
const url = `/v1/sites/harbour-office/kit`;
const days = "from=2026-07-01&to=2026-09-30";

let api: TestApi;
let cookie: string;
let asked: KitQuestion[];
beforeEach(async () => {
  api = await makeApi();
  cookie = await api.signIn();
  asked = [];
  api.makeKit = async (question) => {
    asked.push(question);
    return { zip: new Uint8Array([80, 75, 5, 6]), bundles: 1, left: null, elsewhere: null, site };
  };
});
afterEach(() => api.close());

const get = (query: string, headers: Record<string, string> = {}) =>
  api.app.inject({ url: `${url}?${query}`, headers: { host, cookie, ...headers } });

const refuseWith = (code: ControllerCode): void => {
  api.makeKit = async () => {
    throw new ControllerError(code, "a < b & c");
  };
};

describe("a kit", () => {
  test("is a file to keep, of whole days, named by them", async () => {
    const answer = await get(`${days}&framework=hipaa`);
    expect(answer.statusCode).toBe(200);
    expect([...answer.rawPayload]).toEqual([80, 75, 5, 6]);
    expect(answer.headers).toMatchObject({
      "content-type": "application/zip",
      "content-disposition": 'attachment; filename="harbour-office-2026-07-01-2026-09-30.zip"',
      "cache-control": "no-store",
    });
    const period = { from: "2026-07-01T00:00:00.000Z", to: "2026-09-30T23:59:59.999Z" };
    expect(asked).toEqual([{ site: "harbour-office", period, framework: "hipaa", sample: null }]);
  });

  test("of no framework is what a form sends whose choice is empty", async () => {
    await get(`${days}&framework=`);
    await get(days);
    expect(asked.map(({ framework }) => framework)).toEqual([null, null]);
  });

  test("marks bundles that a seed chooses", async () => {
    await get(`${days}&sample=25&seed=winter+2026`);
    await get(`${days}&sample=&seed=`);
    expect(asked.map(({ sample }) => sample)).toEqual([{ count: 25, seed: "winter 2026" }, null]);
  });

  test("is for who is signed in", async () => {
    const answer = await api.app.inject({ url: `${url}?${days}`, headers: { host } });
    expect([answer.statusCode, asked]).toEqual([401, []]);
  });

  test.each([
    "",
    "from=2026-10-01",
    "from=a&to=b",
    "from=2026-12-31&to=2026-10-01",
    `${days}&more=1`,
    `${days}&sample=3`,
    `${days}&seed=x`,
    `${days}&sample=-1&seed=x`,
  ])("is refused for the question %j", async (query) => {
    expect([(await get(query)).statusCode, asked]).toEqual([400, []]);
  });

  test.each([
    ["SITE_UNKNOWN", 404],
    ["KIT_EMPTY", 404],
    ["KIT_INVALID", 400],
    ["KIT_NOT_READY", 503],
    ["STORE_IO", 503],
  ] as const)("that cannot be made (%s) is answered with %i", async (code, status) => {
    refuseWith(code);
    expect((await get(days)).statusCode).toBe(status);
  });

  test("that was asked for by a form and cannot be made is answered with a page", async () => {
    refuseWith("KIT_EMPTY");
    const answer = await get(days, { accept: "text/html,application/xhtml+xml" });
    expect(answer.headers["content-type"]).toContain("text/html");
    expect(answer.body).toContain("a &lt; b &amp; c");
  });

  test("of a site that nobody knows says no more than that", async () => {
    refuseWith("SITE_UNKNOWN");
    expect((await get(days)).body).not.toContain("a < b");
  });

  test("is had twenty times a minute", async () => {
    for (let n = 0; n < 20; n++) expect((await get(days)).statusCode).toBe(200);
    const refused = await get(days);
    expect([refused.statusCode, asked.length]).toEqual([429, 20]);
  });

  test("waits for the one before, and too many do not wait", async () => {
    const done = Promise.withResolvers<void>();
    const began: string[] = [];
    api.makeKit = async ({ framework }) => {
      began.push(framework ?? "");
      await done.promise;
      return { zip: new Uint8Array(), bundles: 1, left: null, elsewhere: null, site };
    };
    const four = ["a", "b", "c", "d"].map((framework) => get(`${days}&framework=${framework}`));
    await expect.poll(() => began).toEqual(["a"]);
    const fifth = await get(`${days}&framework=e`);
    expect([fifth.statusCode, fifth.headers["retry-after"]]).toEqual([429, "60"]);
    done.resolve();
    expect((await Promise.all(four)).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    expect(began).toEqual(["a", "b", "c", "d"]);
  });
});
