import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TestAppliance } from "../testdata/appliance.ts";
import { host, makeApi, type TestApi } from "./testdata/api.ts";

describe("POST /v1/evidence", () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await makeApi();
  });
  afterEach(() => api.close());

  const post = async (payload: Uint8Array, type = "application/json", remoteAddress = "192.0.2.1") =>
    await api.app.inject({
      method: "POST",
      url: "/v1/evidence",
      headers: { host, "content-type": type },
      remoteAddress,
      payload: Buffer.from(payload),
    });

  test("a good envelope is kept, byte for byte, and the store is told before the answer", async () => {
    const { bytes, digest } = await api.mine.seal(0);
    const answer = await post(bytes);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ digest, status: "accepted", code: null, message: "Kept." });
    expect(Buffer.from((await api.store.bundle(digest))?.bytes ?? [])).toEqual(Buffer.from(bytes));
    expect(api.passed).toEqual(["after-judge", "after-commit", "changed", "after-answer"]);
  });

  test("the same envelope again is a duplicate", async () => {
    const { bytes, digest } = await api.mine.seal(0);
    await post(bytes);
    const answer = await post(bytes);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ digest, status: "duplicate" });
    expect(await api.store.position()).toBe(1);
  });

  test("another envelope at the same place is a fork, and both are kept", async () => {
    await post((await api.mine.seal(0)).bytes);
    const answer = await post((await api.mine.seal(0, { assignment: "c".repeat(64) })).bytes);
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ status: "fork", code: "FORK" });
    expect(await api.store.position()).toBe(2);
  });

  test("a request without a body is refused like an empty file", async () => {
    const answer = await api.app.inject({ method: "POST", url: "/v1/evidence", headers: { host } });
    expect([answer.statusCode, answer.json().code]).toEqual([422, "NOT_JSON"]);
  });

  test("millions of lines are refused before they are cut up", async () => {
    const before = process.memoryUsage().heapUsed;
    const answer = await post(Buffer.alloc(20_000_000, "x\n"), "application/x-ndjson");
    expect([answer.statusCode, answer.json().code]).toEqual([413, "TOO_MANY"]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
  });

  test("the type of a batch is told in any case of letters", async () => {
    const { bytes } = await api.mine.seal(0);
    const answer = await post(bytes, "Application/X-NDJSON; charset=utf-8");
    expect(answer.json().results).toMatchObject([{ status: "accepted" }]);
  });

  test("a gap is accepted", async () => {
    await post((await api.mine.seal(0)).bytes);
    expect((await post((await api.mine.seal(7)).bytes)).statusCode).toBe(201);
  });

  test("what is not good is refused with its code and not kept", async () => {
    const good = await api.mine.seal(0);
    const text = Buffer.from(good.bytes).toString();
    const flipped = text.replace(/"sig":"(.)/, (_, first: string) => `"sig":"${first === "A" ? "B" : "A"}`);
    const elsewhere = await api.mine.seal(0, { site: "01J000000000000000000S1TE1" });
    const cases = [
      [flipped, "BAD_SIGNATURE"],
      [` ${text}`, "NOT_CANONICAL"],
      ["{}", "BAD_ENVELOPE"],
      ["not json", "NOT_JSON"],
      [Buffer.from(elsewhere.bytes).toString(), "WRONG_SITE"],
    ] as const;
    for (const [payload, code] of cases) {
      const answer = await post(Buffer.from(payload));
      expect([answer.statusCode, answer.json().code]).toEqual([422, code]);
    }
    expect(await api.store.position()).toBe(0);
  });

  test("an appliance that signs for its own chain with another key is refused", async () => {
    const forged = await api.other.seal(0, {
      chain: { id: api.mine.id, epoch: 0, seq: 0, prev: null },
    });
    expect((await post(forged.bytes)).json()).toMatchObject({ status: "refused", code: "UNKNOWN_KEY" });
  });

  test("lines are answered one by one, in their order", async () => {
    const [first, second] = [await api.mine.seal(0), await api.mine.seal(1)];
    const lines = [first.bytes, Buffer.from("nonsense"), second.bytes, first.bytes];
    const answer = await post(
      Buffer.concat(lines.map((line) => Buffer.concat([line, Buffer.from("\n")]))),
      "application/x-ndjson",
    );
    expect(answer.statusCode).toBe(200);
    expect(answer.json().results.map((r: { status: string }) => r.status)).toEqual([
      "accepted",
      "refused",
      "accepted",
      "duplicate",
    ]);
  });

  test("more than 100 lines, an envelope that is too large, and another content type are refused", async () => {
    const many = await post(Buffer.from("{}\n".repeat(101)), "application/x-ndjson");
    expect([many.statusCode, many.json().code]).toEqual([413, "TOO_MANY"]);
    expect((await post(Buffer.alloc(262_145, 0x20))).statusCode).toBe(413);
    expect((await post(Buffer.from("{}"), "text/plain")).statusCode).toBe(415);
  });

  test("a line that is too large is refused alone", async () => {
    const { bytes } = await api.mine.seal(0);
    const payload = Buffer.concat([Buffer.alloc(262_145, 0x20), Buffer.from("\n"), bytes]);
    const answer = await post(payload, "application/x-ndjson");
    expect(answer.json().results).toMatchObject([
      { status: "refused", code: "OVERSIZE" },
      { status: "accepted" },
    ]);
  });

  test("whoever brings it, an envelope is kept in the chain that it names and signs for", async () => {
    const lines = [await api.mine.seal(0), await api.other.seal(0)].map(
      ({ bytes }) => `${Buffer.from(bytes).toString()}\n`,
    );
    const answer = await post(Buffer.from(lines.join("")), "application/x-ndjson");
    expect(answer.json().results).toMatchObject([{ status: "accepted" }, { status: "accepted" }]);
    const chains = (await api.store.bundlesSince(0, 9)).map(({ chain }) => chain);
    expect(chains).toEqual([api.mine.id, api.other.id]);
  });

  test("an appliance that no reviewed file enrols is answered 404: it may be enrolled later", async () => {
    const { bytes } = await api.stranger.seal(0);
    expect((await post(bytes)).statusCode).toBe(404);
    const batch = await post(bytes, "application/x-ndjson");
    expect(batch.json().results).toMatchObject([{ status: "refused", code: "NOT_ENROLLED" }]);
    expect(await api.store.position()).toBe(0);
  });

  test("one that is enrolled no longer adds nothing, and what was kept of it stays", async () => {
    const { bytes, digest } = await api.mine.seal(0);
    await post(bytes);
    api.enrolments.delete(api.mine.id);
    expect((await post((await api.mine.seal(1)).bytes)).statusCode).toBe(404);
    expect((await api.store.bundle(digest))?.bytes).toEqual(new Uint8Array(bytes));
    expect(await api.store.position()).toBe(1);
  });

  test("a key that another took the place of signs nothing more", async () => {
    const before = api.enrolments.get(api.mine.id);
    const { keyid, publicKey } = api.stranger;
    if (before !== undefined) api.enrolments.set(api.mine.id, { ...before, keyid, publicKey });
    expect((await post((await api.mine.seal(0)).bytes)).json()).toMatchObject({
      status: "refused",
      code: "UNKNOWN_KEY",
    });
  });

  test("one that comes days or years late is kept", async () => {
    api.clock.nowMs += 3 * 365 * 86_400_000;
    expect((await post((await api.mine.seal(0)).bytes)).statusCode).toBe(201);
  });

  test("the site is judged after the signature, so that a stranger learns nothing about it", async () => {
    const { bytes } = await api.mine.seal(0, { site: "01J000000000000000000S1TE1" });
    const text = Buffer.from(bytes).toString();
    const unsigned = text.replace(/"sig":"(.)/, (_, first: string) => `"sig":"${first === "A" ? "B" : "A"}`);
    expect((await post(Buffer.from(unsigned))).json().code).toBe("BAD_SIGNATURE");
  });

  test("an address that sent 100 envelopes nobody signed is looked at again after a minute", async () => {
    const { bytes } = await api.mine.seal(0);
    await post(Buffer.from("nonsense\n".repeat(99)), "application/x-ndjson");
    expect((await post(Buffer.from("nonsense"))).statusCode).toBe(422);
    const capped = await post(bytes);
    expect([capped.statusCode, capped.headers["retry-after"]]).toEqual([429, "60"]);
    expect(capped.json().code).toBe("TOO_MANY_REQUESTS");
    expect((await post(bytes, "application/json", "192.0.2.2")).statusCode).toBe(201);
    api.clock.nowMs += 60_000;
    expect((await post(bytes)).statusCode).toBe(200);
  });

  test("what an enrolled key signed does not count against its address", async () => {
    const elsewhere = await api.mine.seal(0, { site: "01J000000000000000000S1TE1" });
    const line = Buffer.concat([elsewhere.bytes, Buffer.from("\n")]);
    await post(Buffer.concat(Array.from({ length: 100 }, () => line)), "application/x-ndjson");
    expect((await post((await api.mine.seal(0)).bytes)).statusCode).toBe(201);
  });
});

describe("GET /v1/evidence/{digest}", () => {
  test("gives the exact bytes to their appliance and to the operator; foreign and missing cannot be told apart", async () => {
    const api = await makeApi();
    const { bytes, digest } = await api.mine.seal(0);
    await api.app.inject({
      method: "POST",
      url: "/v1/evidence",
      headers: { host, "content-type": "application/json" },
      payload: Buffer.from(bytes),
    });
    const get = (by: TestAppliance, wanted = digest) => api.ask(by, { url: `/v1/evidence/${wanted}` });
    expect((await get(api.mine)).rawPayload).toEqual(Buffer.from(bytes));
    const headers = { host, cookie: await api.signIn() };
    const seen = await api.app.inject({ url: `/v1/evidence/${digest}`, headers });
    expect(seen.rawPayload).toEqual(Buffer.from(bytes));
    const foreign = await get(api.other);
    const missing = await get(api.other, "0".repeat(64));
    expect(foreign.statusCode).toBe(404);
    expect([foreign.body, foreign.headers["content-type"]]).toEqual([
      missing.body,
      missing.headers["content-type"],
    ]);
    await api.close();
  });
});
