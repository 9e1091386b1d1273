import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { host, makeApi, type TestApi } from "./testdata/api.ts";

let api: TestApi;
let cookie: string;
beforeEach(async () => {
  api = await makeApi();
  cookie = await api.signIn();
  const folder = join(api.folder, "build");
  await mkdir(join(folder, "sites/a"), { recursive: true });
  await mkdir(join(folder, "evidence"));
  await writeFile(join(folder, "index.html"), "<p>start");
  await writeFile(join(folder, "404.html"), "<p>not there");
  await writeFile(join(folder, "sites/a/index.html"), "<p>site a");
  await writeFile(join(folder, "evidence/x.dsse.json"), "{}");
  await writeFile(join(folder, ".hidden"), "hidden");
  await writeFile(join(api.folder, "secret.txt"), "secret");
  const stamp = { revision: null, position: 0, builtAt: "2026-11-23T10:00:00.000Z" };
  api.portal = { build: { folder, stamp }, failed: false };
});
afterEach(() => api.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  api.app.inject({ url, headers: { host, cookie, ...headers } });

describe("the portal", () => {
  test("serves the pages of the newest build, under a policy that allows nothing from elsewhere", async () => {
    const start = await get("/");
    expect([start.statusCode, start.body]).toEqual([200, "<p>start"]);
    const policy = String(start.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("unsafe");
    expect(start.headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-cache" });
    expect((await get("/sites/a/")).body).toBe("<p>site a");
    expect((await get("/evidence/x.dsse.json")).headers["content-type"]).toContain("application/json");
  });

  test("answers 304 for what the browser has", async () => {
    const etag = String((await get("/")).headers["etag"]);
    expect((await get("/", { "if-none-match": etag })).statusCode).toBe(304);
  });

  test("adds the slash to a folder and keeps the question", async () => {
    const answer = await get("/sites/a?x=1");
    expect([answer.statusCode, answer.headers["location"]]).toEqual([301, "/sites/a/?x=1"]);
  });

  test("answers the build's own page for what is not there, hidden, or outside", async () => {
    for (const url of [
      "/nothing",
      "/.hidden",
      "/..%2fsecret.txt",
      "/%2e%2e/secret.txt",
      "/sites//",
      "//evil.example",
    ]) {
      const answer = await get(url);
      expect([url, answer.statusCode]).toEqual([url, 404]);
      expect(answer.body).not.toContain("secret");
    }
    expect((await get("/nothing")).body).toBe("<p>not there");
  });

  test("says without a session how to get one, whatever is asked for", async () => {
    const [known, unknown] = await Promise.all(
      ["/", "/nothing"].map((url) => api.app.inject({ url, headers: { host } })),
    );
    expect(known?.statusCode).toBe(401);
    expect(known?.body).toContain("npx compline status --link");
    expect(unknown?.body).toBe(known?.body);
  });

  test("says so while the first build is being made, and when it failed", async () => {
    api.portal = { build: null, failed: false };
    const building = await get("/");
    expect([building.statusCode, building.headers["retry-after"]]).toEqual([503, "2"]);
    expect(building.body).toContain("being built");
    api.portal = { build: null, failed: true };
    expect((await get("/")).body).toContain("could not be built");
  });
});

test("every kind of page has a content security policy that allows nothing from elsewhere", async () => {
  const token = "one-time-token-of-a-test";
  await api.addToken(token);
  const open = () => api.app.inject({ url: `/session?token=${token}`, headers: { host } });
  const etag = String((await get("/")).headers["etag"]);
  const pages = [
    ["of the build", 200, await get("/sites/a/")],
    ["a file of the build", 200, await get("/evidence/x.dsse.json")],
    ["not changed", 304, await get("/", { "if-none-match": etag })],
    ["a folder without its slash", 301, await get("/sites/a")],
    ["not there", 404, await get("/nothing")],
    ["without a session", 401, await api.app.inject({ url: "/", headers: { host } })],
    ["signed in", 200, await open()],
    ["a used link", 401, await open()],
    ["being built", 503, await withoutBuild(false)],
    ["not built", 503, await withoutBuild(true)],
  ] as const;
  for (const [kind, status, answer] of pages) {
    const policy = expect.stringMatching(/^default-src 'none'; (?!.*(unsafe|\*|https?:))/);
    expect([kind, answer.statusCode, answer.headers["content-security-policy"]]).toEqual([
      kind,
      status,
      policy,
    ]);
  }
});

async function withoutBuild(failed: boolean) {
  api.portal = { build: null, failed };
  return await get("/");
}

test("/healthz tells how far the controller is", async () => {
  const answer = await api.app.inject({ url: "/healthz", headers: { host } });
  expect(answer.json()).toEqual({
    status: "ok",
    revision: "a".repeat(40),
    position: 0,
    portal: { revision: null, position: 0, builtAt: "2026-11-23T10:00:00.000Z" },
  });
});
