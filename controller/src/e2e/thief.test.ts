import { createHash, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  isSignedByLog,
  cosignaturesOf,
  keyidOf,
  NOTE_TYPES,
  readCheckpoint,
  readEnvelope,
  type SealedEnvelope,
  sealStatement,
  type Sign,
  signCheckpoint,
  verifyConsistency,
} from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { host, logOrigin, makeApi, type TestApi } from "../api/testdata/api.ts";
import { type AssignmentKey, loadAssignmentKey } from "../config/assignment-key.ts";
import { nodeEngine } from "../crypto.ts";
import type { StoredAssignment } from "../store/contract.ts";
import { logRoot } from "../transparency/prove.ts";
import type { CheckpointSigner } from "../transparency/signer.ts";
import { cosignNote, makeWitness } from "../testdata/witness.ts";
import { makeAppliance, resultOf, testHost } from "../testdata/appliance.ts";
import { openSigner } from "../testdata/signer.ts";

const at = "2026-11-23T10:00:00.000Z";
let api: TestApi;
/** What belongs to the appliance that was robbed, and to another. */
let own: StoredAssignment;
let foreign: StoredAssignment;
beforeEach(async () => {
  api = await makeApi();
  [own, foreign] = [assignmentOf(api.mine.id, "1"), assignmentOf(api.other.id, "2")];
  await api.store.putAssignments([own, foreign]);
  api.publications.replace([own, foreign]);
});
afterEach(() => api.close());

describe("a thief of an appliance key", () => {
  test("signs false bundles for that appliance's own chain", async () => {
    expect(await post(await api.mine.seal(0, { results: [resultOf("pass", at)] }))).toEqual([201, null]);
  });

  test("is shown as a fork as soon as the real one signs, too", async () => {
    const [truth, lie] = [await fail(), await api.mine.seal(0)];
    await post(lie);
    expect(await post(truth)).toEqual([409, "FORK"]);
    for (const { digest } of [truth, lie]) expect(await api.store.bundle(digest)).not.toBeNull();
  });

  test("reads its assignment, and not another appliance's", async () => {
    const poll = (id: string) => api.ask(api.mine, { url: `/v1/appliances/${id}/assignment` });
    expect((await poll(api.mine.id)).rawPayload).toEqual(Buffer.from(own.bytes));
    expect((await poll(api.other.id)).statusCode).toBe(404);
    for (const path of [foreign.digest, `${foreign.digest}/signature`]) {
      expect((await api.ask(api.mine, { url: `/v1/assignments/${path}` })).statusCode).toBe(404);
    }
  });

  test("sends its reports, with why a fail is not healed, and not another appliance's", async () => {
    const send = (id: string) =>
      api.ask(api.mine, { method: "POST", url: `/v1/appliances/${id}/report`, body: JSON.stringify(report) });
    expect((await send(api.mine.id)).statusCode).toBe(200);
    expect((await send(api.other.id)).statusCode).toBe(404);
    expect((await api.store.reports()).map(({ appliance }) => appliance)).toEqual([api.mine.id]);
  });

  test("does not sign for another appliance or site", async () => {
    const chain = { id: api.other.id, epoch: 0, seq: 0, prev: null };
    expect(await post(await api.mine.seal(0, { chain }))).toEqual([422, "UNKNOWN_KEY"]);
    const claimed = await sealed(await api.mine.seal(0, { chain }), { ...api.other, sign: otherKey().sign });
    expect(await post(claimed)).toEqual([422, "BAD_SIGNATURE"]);
    const elsewhere = await api.mine.seal(0, { site: "01J000000000000000000S1TE1" });
    expect(await post(elsewhere)).toEqual([422, "WRONG_SITE"]);
    expect(await api.store.position()).toBe(0);
  });

  test("does not change what was signed before without a fork", async () => {
    const before = await fail();
    await post(before);
    expect(await post(await api.mine.seal(0))).toEqual([409, "FORK"]);
    expect(Buffer.from((await api.store.bundle(before.digest))?.bytes ?? [])).toEqual(
      Buffer.from(before.bytes),
    );
  });

  test("reads the bundles of its own chain, and no bundle and no head of another's", async () => {
    const [ours, theirs] = [await api.mine.seal(0), await api.other.seal(0)];
    for (const bundle of [ours, theirs]) await post(bundle);
    expect((await api.ask(api.mine, { url: `/v1/evidence/${ours.digest}` })).statusCode).toBe(200);
    for (const url of [`/v1/evidence/${theirs.digest}`, `/v1/appliances/${api.other.id}/head`]) {
      expect((await api.ask(api.mine, { url })).statusCode).toBe(404);
    }
  });

  test("opens nothing of the operator's", async () => {
    for (const { method, url, auth } of routes()) {
      if (!["operator", "page", "monitor"].includes(auth)) continue;
      expect([url, (await api.ask(api.mine, { method, url })).statusCode]).toEqual([url, 401]);
    }
  });
});

describe("a thief of the assignment key", () => {
  test("does not sign evidence", async () => {
    const key = await loadAssignmentKey(join(api.folder, "assignment.key"));
    await expectNoAppliance(key);
  });
});

describe("a thief of a log key", () => {
  const root = "0".repeat(64);
  const stolen = async () => {
    const name = createHash("sha256").update(logOrigin).digest("hex").slice(0, 32);
    return await loadAssignmentKey(join(api.folder, "keys", `${name}.key`));
  };

  test("signs a log of another history, which does not follow on from what anybody saw", async () => {
    await signedLog();
    const { publicKey, sign: signAs } = await stolen();
    const claim = { origin: logOrigin, size: 1, root };
    const read = readCheckpoint(await signCheckpoint(claim, publicKey, signAs));
    if (!read.ok) throw new Error(read.message);
    const key = { name: logOrigin, type: NOTE_TYPES.ed25519, publicKey };
    expect(await isSignedByLog(read.value, key, nodeEngine())).toBe(true);
    const head = { size: 1, root: await logRoot(api.store, logOrigin, 1) };
    expect(verifyConsistency(head, { size: 1, root: Buffer.from(root, "hex") }, [])).toBe(false);
  });

  test("stops the log by one that a box brings, for then two contradict each other", async () => {
    const signer = await signedLog();
    const { publicKey, sign: signAs } = await stolen();
    const note = await signCheckpoint({ origin: logOrigin, size: 9, root }, publicKey, signAs);
    await signer.hear(logOrigin, Buffer.from(note).toString("utf8"));
    await signer.sign([logOrigin]);
    expect(signer.stalls().get(logOrigin)).toEqual({ code: "LOG_SET_BACK", shown: 9, kept: 1 });
  });

  test("does not sign evidence, and no request of an appliance", async () => {
    await signedLog();
    await expectNoAppliance(await stolen());
  });
});

describe("a thief of a witness key", () => {
  const witness = makeWitness("witness.example");

  test("cosigns what the witness would refuse", async () => {
    await signedLog();
    const old = await api.store.checkpoint(logOrigin);
    const rolledBack = readCheckpoint(await cosignNote(old, [witness], 1_900_000_000));
    if (!rolledBack.ok) throw new Error(rolledBack.message);
    expect(await cosignaturesOf(rolledBack.value, [witness.key], nodeEngine())).toHaveLength(1);
  });

  test("makes no checkpoint, and stops no log by a size that it made up", async () => {
    const signer = await signedLog();
    const claim = { origin: logOrigin, size: 9, root: "0".repeat(64) };
    const note = await signCheckpoint(claim, witness.key.publicKey, witness.sign);
    const forged = await cosignNote({ note }, [witness], 1_900_000_000);
    expect(await signer.hear(logOrigin, Buffer.from(forged).toString("utf8"))).toBeNull();
    await signer.sign([logOrigin]);
    expect(signer.stalls().size).toBe(0);
  });

  test("does not sign evidence, and no request of an appliance", async () => {
    const { publicKey } = witness.key;
    await expectNoAppliance({ publicKey, keyid: keyidOf(publicKey), sign: witness.sign });
  });
});

describe("a thief of a key for hosts", () => {
  test("does not sign evidence, and no request of an appliance", async () => {
    await expectNoAppliance(otherKey());
    const impostor = makeAppliance(api.mine.id, api.mine.site);
    for (const { method, url, auth } of routes()) {
      if (auth !== "appliance" && auth !== "either") continue;
      const body = method === "POST" ? { body: JSON.stringify(report) } : {};
      const answer = await api.ask(impostor, { method, url, ...body });
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 401, "UNKNOWN_KEY"]);
    }
  });
});

describe("a thief of the token of /metrics", () => {
  const monitor = async () => ({
    authorization: `Bearer ${(await readFile(join(api.folder, "metrics.token"), "utf8")).trim()}`,
  });

  test("reads figures of the whole controller, and nothing else that is not open to everybody", async () => {
    const headers = await monitor();
    for (const { method, url, auth } of routes()) {
      if (auth === "open" || auth === "envelope") continue;
      expect([url, await statusOf(method, url, headers)]).toEqual([url, auth === "monitor" ? 200 : 401]);
    }
  });

  test("reads no name, verdict or bundle of any tenant", async () => {
    const { digest } = await api.mine.seal(0);
    await post(await api.mine.seal(0));
    await api.ask(api.mine, {
      method: "POST",
      url: `/v1/appliances/${api.mine.id}/report`,
      body: JSON.stringify(report),
    });
    const text = (await api.app.inject({ url: "/metrics", headers: { host, ...(await monitor()) } })).body;
    expect(text).toContain("compline_");
    const { id, site, keyid } = api.mine;
    for (const secret of [id, site, keyid, digest, testHost, "greeting"]) expect(text).not.toContain(secret);
  });

  test("changes nothing", async () => {
    await expectNothingWritten(await monitor());
  });
});

describe("a thief of the session cookie", () => {
  test("reads the portal, the evidence API and /metrics", async () => {
    await makePortal();
    const bundle = await api.mine.seal(0);
    await post(bundle);
    const cookie = await api.signIn();
    for (const url of [
      "/",
      `/v1/evidence/${bundle.digest}`,
      `/v1/assignments/${own.digest}`,
      "/openapi.json",
    ]) {
      expect([url, await statusOf("GET", url, { cookie })]).toEqual([url, 200]);
    }
  });

  test("changes nothing: there is no writing route for operators", async () => {
    const writing = api.routes.filter(({ method }) => method !== "GET");
    expect(
      writing.map(({ auth }) => auth).filter((auth) => auth !== "appliance" && auth !== "envelope"),
    ).toEqual([]);
    await expectNothingWritten({ cookie: await api.signIn() });
  });
});

describe("a thief of a one-time link", () => {
  const token = "one-time-token-of-a-test";
  const open = () => api.app.inject({ url: `/session?token=${token}`, headers: { host } });

  test("that was not used gets a session with it", async () => {
    await api.addToken(token);
    expect((await open()).headers["set-cookie"]).toBeDefined();
  });

  test("that was used gets nothing", async () => {
    await api.addToken(token);
    await open();
    const again = await open();
    expect([again.statusCode, again.headers["set-cookie"]]).toEqual([401, undefined]);
    expect(await statusOf("GET", "/", { cookie: `compline-8480=${token}` })).toBe(401);
  });
});

const report = {
  schemaVersion: "1",
  asOf: at,
  startedAt: at,
  head: null,
  outbox: 0,
  assignment: null,
  healing: { mode: "off", reasons: ["SITE"] },
  ceiling: { mode: "full", risk: "medium", argv: false, hosts: "practice" },
  suspension: null,
  override: null,
  held: [{ host: testHost, check: "greeting", code: "COOLDOWN", until: null }],
  faults: [],
  software: { name: "compline-agent", version: "0.1.0" },
  nextRunAt: null,
  checkpoint: null,
};

function assignmentOf(appliance: string, digit: string): StoredAssignment {
  return {
    digest: digit.repeat(64),
    bytes: new TextEncoder().encode(`{"generation":${digit}}`),
    signature: new Uint8Array(64).fill(1),
    keyid: "e".repeat(64),
    appliance,
    site: api.mine.site,
    generation: Number(digit),
    revision: "a".repeat(40),
    issuedAt: at,
    healUntil: at,
  };
}

/** Every route there is, with its parameters filled in for the appliance that was robbed. */
function routes(): TestApi["routes"] {
  return api.routes.map(({ method, url, auth }) => ({
    method,
    url: url.replace(":id", api.mine.id).replace(":digest", own.digest).replace("*", "x/"),
    auth,
  }));
}

async function fail(): Promise<SealedEnvelope> {
  return await api.mine.seal(0, { results: [resultOf("fail", at)] });
}

/** Posts a bundle: the status, and the code. */
async function post({ bytes }: SealedEnvelope): Promise<readonly [number, string | null]> {
  const headers = { host, "content-type": "application/json" };
  const answer = await api.app.inject({
    method: "POST",
    url: "/v1/evidence",
    headers,
    payload: Buffer.from(bytes),
  });
  return [answer.statusCode, answer.json().code];
}

/** What a bundle says, signed by another. */
async function sealed(
  bundle: SealedEnvelope,
  signer: { readonly keyid: string; readonly sign: Sign },
): Promise<SealedEnvelope> {
  const read = readEnvelope(bundle.bytes);
  if (!read.ok) throw new Error(read.message);
  return await sealStatement(read.statement, signer);
}

/** The signer of the log, which has one bundle and a checkpoint. */
async function signedLog(): Promise<CheckpointSigner> {
  const signer = await openSigner(api.store, api.folder);
  await post(await fail());
  await signer.sign([logOrigin]);
  return signer;
}

function otherKey(): AssignmentKey {
  const pair = generateKeyPairSync("ed25519");
  const privateKey = createPrivateKey(pair.privateKey.export({ type: "pkcs8", format: "pem" }));
  const publicKey = new Uint8Array(
    Buffer.from(pair.publicKey.export({ format: "jwk" }).x ?? "", "base64url"),
  );
  return {
    publicKey,
    keyid: keyidOf(publicKey),
    sign: async (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

async function expectNoAppliance(key: AssignmentKey): Promise<void> {
  const before = await api.store.position();
  const bundle = await api.mine.seal(0);
  expect(await post(await sealed(bundle, key))).toEqual([422, "UNKNOWN_KEY"]);
  const claimed = { keyid: api.mine.keyid, sign: key.sign };
  expect(await post(await sealed(bundle, claimed))).toEqual([422, "BAD_SIGNATURE"]);
  expect(await api.store.position()).toBe(before);
}

async function statusOf(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const payload = method === "GET" ? {} : { payload: "{}" };
  const type = method === "GET" ? {} : { "content-type": "application/json" };
  const options = { method: method as "GET", url, headers: { host, ...type, ...headers } };
  return (await api.app.inject({ ...options, ...payload })).statusCode;
}

/** Asks for every address there is in every way there is. */
async function expectNothingWritten(headers: Readonly<Record<string, string>>): Promise<void> {
  const before = await kept();
  for (const url of new Set(routes().map((route) => route.url))) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      expect([method, url, await statusOf(method, url, headers)]).toEqual([
        method,
        url,
        expect.toSatisfy(isRefusal),
      ]);
    }
    await statusOf("GET", url, headers);
  }
  expect(await kept()).toEqual(before);
}

const isRefusal = (status: number): boolean => status >= 400 && status < 500;

async function kept(): Promise<object> {
  const { store } = api;
  const [position, reports, assignments] = [store.position(), store.reports(), store.assignmentIndex()];
  const [acceptances, owners, conditions] = [store.acceptances(), store.owners(), store.conditions()];
  return await Promise.all([position, reports, assignments, acceptances, owners, conditions]);
}

async function makePortal(): Promise<void> {
  const folder = join(api.folder, "build");
  await mkdir(folder);
  await writeFile(join(folder, "index.html"), "<p>start");
  api.portal = { build: { folder, stamp: { revision: null, position: 0, builtAt: at } }, failed: false };
}
