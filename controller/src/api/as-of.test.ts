import { afterEach, beforeEach, expect, test } from "vitest";
import { host, makeApi, type TestApi } from "./testdata/api.ts";

let api: TestApi;
beforeEach(async () => {
  api = await makeApi();
});
afterEach(() => api.close());

test.each([
  ["at=2026-11-23T10:00:00", 400, "AS_OF_INVALID"],
  ["at=2026-11-23T10:00:00Z&known=1", 400, "AS_OF_INVALID"],
  ["at=2026-11-23T10:00:00Z", 404, "NOT_IN_FORCE"],
  ["", 400, "FST_ERR_VALIDATION"],
])("the question %j is answered by what is wrong with it", async (query, status, code) => {
  const cookie = await api.signIn();
  const answer = await api.app.inject({ url: `/v1/as-of?${query}`, headers: { host, cookie } });
  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
});

test("a revision that was accepted and is not here is a conflict that names it", async () => {
  const revision = "c".repeat(40);
  const acceptedAt = "2026-11-23T09:00:00.000Z";
  const acceptances = [null, "acme"].map((partner) => ({
    source: "main",
    partner,
    revision,
    commits: 1,
    acceptedAt,
  }));
  await api.store.recordAcceptances({ acceptances, claims: [], keys: [] });
  const url = "/v1/as-of?at=2026-11-23T10:00:00Z";
  const answer = await api.app.inject({ url, headers: { host, cookie: await api.signIn() } });
  expect([answer.statusCode, answer.json().code]).toEqual([409, "REVISION_MISSING"]);
  expect(answer.json().message).toContain(revision);
});
