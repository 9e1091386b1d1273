import { afterEach, beforeEach, expect, test } from "vitest";
import { host, makeApi, type TestApi } from "./testdata/api.ts";

let api: TestApi;
beforeEach(async () => {
  api = await makeApi();
});
afterEach(() => api.close());

/** The status for whoever asks with these headers for what is open to anybody. */
async function ask(headers: Record<string, string>, method: "GET" | "POST" = "GET"): Promise<number> {
  const answer = await api.app.inject({ method, url: "/healthz", headers: { host, ...headers } });
  return answer.statusCode;
}

const link = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

test.each([
  ["a program, which says nothing", {}],
  ["a page of ours", { origin: `http://${host}`, "sec-fetch-site": "same-origin" }],
  ["an address that was typed", { "sec-fetch-site": "none" }],
  ["a link on another site", { "sec-fetch-site": "cross-site", ...link }],
])("%s is answered", async (_, headers) => {
  expect(await ask(headers)).toBe(200);
});

test.each([
  ["another origin", { origin: "http://elsewhere.example" }],
  ["another port of this machine", { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-site" }],
  ["another port that hides its origin", { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors" }],
  ["a file or a frame without an origin", { origin: "null" }],
  ["the same name over https", { origin: `https://${host}` }],
  ["a frame on another site", { "sec-fetch-site": "cross-site", ...link, "sec-fetch-dest": "iframe" }],
])("%s is refused before who asks is looked at, and counted", async (_, headers) => {
  expect(await ask(headers)).toBe(403);
  expect(await api.metrics.requestsRefused.get()).toMatchObject({
    values: expect.arrayContaining([
      expect.objectContaining({ labels: { reason: "cross_origin" }, value: 1 }),
    ]),
  });
});

test("a form of another site posts nothing", async () => {
  expect(await ask({ "sec-fetch-site": "cross-site", ...link }, "POST")).toBe(403);
});
