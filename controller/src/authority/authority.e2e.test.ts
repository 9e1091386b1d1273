import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyidOf, readCheckpoint, type SealedEnvelope, type Seen, type SigningKey } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { main } from "../cli/main.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import { makeAppliance } from "../testdata/appliance.ts";
import { libraryFiles, loggedPartnerFiles } from "../testdata/desired.ts";

const box = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
const partnerPath = "sites/acme/partner.yaml";
const boxPath = "sites/acme/shop/appliances/box.yaml";
const notePath = "sites/acme/decisions/box.md";

let files: Record<string, string>;
let repository: TestRepository;
let folder: string;
let state: string;
let controller: ChildProcess;
let link: string;
/** What commands printed since it was last looked at. */
let printed: string;

async function start(): Promise<void> {
  const program = join(import.meta.dirname, "..", "main.ts");
  controller = spawn(process.execPath, [program, "--config", join(state, "controller", "config.json")], {
    env: { ...process.env, COMPLINE_LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(controller.stdout ?? controller, "data");
  link = /^ready (\S+)\n$/.exec(String(line))?.[1] ?? "";
}

async function stop(): Promise<void> {
  controller.kill("SIGTERM");
  if (controller.exitCode === null) await once(controller, "exit");
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-authority-"));
  state = join(folder, "state");
  await mkdir(join(state, "controller"), { recursive: true });
  repository = await makeRepository();
  files = { ...libraryFiles(), ...loggedPartnerFiles("acme", box) };
  printed = "";
  const hear = (text: unknown): boolean => {
    printed += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(hear);
  vi.spyOn(process.stderr, "write").mockImplementation(hear);
  const sources = [{ name: "main", repository: repository.folder, branch: "main" }];
  const config = {
    schemaVersion: "1",
    state: join(state, "controller"),
    host: "127.0.0.1",
    port: 0,
    sources,
  };
  await writeFile(join(state, "controller", "config.json"), JSON.stringify(config));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await stop();
  await repository.remove();
  await rm(folder, { recursive: true });
});

/** Runs a command: its exit code, and what it printed. */
async function compline(...argv: readonly string[]): Promise<readonly [number, string]> {
  printed = "";
  return [await main(argv), printed];
}

async function decide(name: string, ...flags: readonly string[]): Promise<readonly [number, string]> {
  const key = flags.includes("--key") ? [] : ["--key", join(folder, "authority.key")];
  return await compline("authority", name, ...key, "--repo", repository.folder, "--link", link, ...flags);
}

/** Makes a key; its public half, and the partner's file that pins it. */
async function makeKey(name: string): Promise<string> {
  const [code, text] = await compline("authority", "init", "--key", join(folder, name));
  expect(code).toBe(0);
  const lines = text.split("\n").slice(0, 2).join("\n");
  files[partnerPath] = `${loggedPartnerFiles("acme", box)[partnerPath]}${lines}\n`;
  return /publicKey: ([0-9a-f]{64})/.exec(lines)?.[1] ?? "";
}

/** Commits, and waits until it is in force. */
async function accept(more: Readonly<Record<string, string>> = {}): Promise<string> {
  files = { ...files, ...more };
  const revision = await repository.commit(files);
  await vi.waitFor(async () => expect(await healthz()).toMatchObject({ revision }), {
    timeout: 90_000,
    interval: 100,
  });
  return revision;
}

async function healthz(): Promise<unknown> {
  return await (await fetch(`${link}/healthz`)).json();
}

async function post({ bytes }: SealedEnvelope): Promise<readonly [number, unknown]> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${link}/v1/evidence`, { method: "POST", headers, body: Buffer.from(bytes) });
  const { code } = (await answer.json()) as { readonly code: unknown };
  return [answer.status, code];
}

/** What `compline keys` tells: whose key, how it stands, and from which leaf to which. */
async function keysTold(): Promise<readonly unknown[]> {
  const [code, text] = await compline("keys", "--repo", repository.folder, "--state", state, "-o", "json");
  expect(code).toBe(0);
  const { keys } = JSON.parse(text) as { readonly keys: readonly SigningKey[] };
  return keys.map(({ holder, state: stands, since, until }) => [
    holder.kind,
    stands,
    since.size,
    until?.size ?? null,
  ]);
}

/** What the box says of the n-th second, by what it is to do now. */
async function sayOf(n: number) {
  const url = `/v1/appliances/${box.id}/assignment`;
  const answer = await fetch(link + url, { headers: await box.signed({ host: new URL(link).host, url }) });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`${answer.status} ${JSON.parse(bytes.toString()).code}`);
  // Our own controller's.
  const { revision, pairs } = JSON.parse(bytes.toString()) as Pick<Assignment, "revision" | "pairs">;
  const at = new Date(Date.UTC(2026, 10, 23, 10, 0, n)).toISOString();
  const row = {
    verdict: "pass",
    reason: null,
    observed: { polite: true },
    since: at,
    exception: null,
  } as const;
  const results = pairs.map(([host, check]) => ({ host, check, ...row }));
  const policy = { revision, assignment: createHash("sha256").update(bytes).digest("hex") };
  return { policy, results, stateAfter: results, window: { start: at, end: at }, oldestAt: at };
}

/** The chain of the box; some of it saw a checkpoint. */
async function chainOf(
  length: number,
  saw: Readonly<Record<number, Seen["checkpoint"]>> = {},
): Promise<readonly SealedEnvelope[]> {
  const chain: SealedEnvelope[] = [];
  for (let seq = 0; seq < length; seq++) {
    const place = { id: box.id, epoch: 0, seq, prev: chain.at(-1)?.digest ?? null };
    const seen = { checkpoint: saw[seq] ?? null, block: null };
    chain.push(await box.seal(seq, { chain: place, seen, ...(await sayOf(seq)) }));
  }
  return chain;
}

/** Waits until a checkpoint covers all that is kept, of which there is as much as is told. */
async function signed(size: number): Promise<string> {
  const url = `${link}/v1/log/01J000000000000000000PBXA1/checkpoint`;
  return await vi.waitFor(
    async () => {
      const text = await (await fetch(url)).text();
      expect(text.split("\n")[1]).toBe(String(size));
      return text;
    },
    { timeout: 90_000, interval: 100 },
  );
}

/** How many decisions of the authority an export has. */
async function decisionsIn(out: string): Promise<number> {
  const own = "envelopes/01J000000000000000000PBXA1/01J000000000000000000PBXA1";
  return (await readdir(join(out, own)).catch(() => [])).length;
}

interface Verified {
  readonly outcome: string;
  readonly codes: readonly string[];
  readonly decisions: number;
}

/** Exports and verifies the export. */
async function exportAndVerify(size: number): Promise<Verified> {
  await signed(size);
  const out = await mkdtemp(join(folder, "export-"));
  const flags = ["--repo", repository.folder, "--state", state];
  const [exported] = await compline("export", ...flags, "--site", "shop", "--out", out);
  expect(exported).toBe(0);
  const [, text] = await compline("verify", out, "-o", "json");
  const { outcome, failures } = JSON.parse(text) as {
    readonly outcome: string;
    readonly failures: readonly { readonly code: string }[];
  };
  return { outcome, codes: failures.map(({ code }) => code), decisions: await decisionsIn(out) };
}

describe("an authority", () => {
  test("revokes a stolen box's key at a place of its chain: what came before is taken and verified, what comes after is not", async () => {
    await repository.commit(files);
    await start();
    await makeKey("authority.key");
    expect((await stat(join(folder, "authority.key"))).mode & 0o777).toBe(0o600);
    expect(await compline("authority", "init", "--key", join(folder, "authority.key"))).toEqual([
      2,
      expect.stringContaining("never overwritten"),
    ]);
    await accept();
    const chain = await chainOf(4);
    const [first, second, third, fourth] = chain;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined)
      throw new Error("unreachable: made four");
    expect(await decide("enrol", "--file", boxPath)).toEqual([
      0,
      expect.stringContaining("kept by the controller"),
    ]);
    expect([await post(first), await post(third)]).toEqual([
      [201, null],
      [201, null],
    ]);

    const revoke = [
      "--keyid",
      box.keyid,
      "--last-trusted",
      third.digest,
      "--reason",
      "BOX_STOLEN",
      "--file",
      notePath,
    ];
    expect(await decide("revoke", ...revoke)).toEqual([
      2,
      expect.stringContaining(`has no file ${notePath}`),
    ]);
    await accept({ [notePath]: "The box was stolen.\n" });
    expect(await decide("revoke", ...revoke)).toEqual([
      2,
      expect.stringContaining(`does not name ${box.keyid}`),
    ]);
    await accept({
      [notePath]: `Revoked, for the box was stolen: ${box.keyid}, good up to ${third.digest}.\n`,
    });
    const copy = join(folder, "revocation.json");
    const [code, words] = await decide("revoke", ...revoke, "--out", copy);
    expect([code, words]).toEqual([0, expect.stringContaining(`counts up to bundle ${third.digest}`)]);
    expect(words).toContain("place       0-1, after");

    expect(await post(fourth)).toEqual([422, "REVOKED"]);
    expect(await post({ bytes: await readFile(copy), digest: "" })).toEqual([200, null]);
    await expect(sayOf(4)).rejects.toThrow("401 UNKNOWN_KEY");
    expect(await post(await box.seal(1, { assignment: "c".repeat(64) }))).toEqual([422, "REVOKED"]);
    expect(await post(second)).toEqual([201, null]);
    expect(await exportAndVerify(5)).toEqual({ outcome: "verified", codes: [], decisions: 2 });
    const told = await keysTold();
    expect(told).toContainEqual(["authority", "signs", 0, null]);
    expect(told).toContainEqual(["appliance", "revoked", 0, 3]);
    await accept({ [boxPath]: `${(files[boxPath] ?? "").split("spec:")[0]}spec:\n  description: stolen\n` });
    expect(await post(fourth)).toEqual([422, "REVOKED"]);
    await stop();
    await start();
    expect(await post(fourth)).toEqual([422, "REVOKED"]);
    expect(await exportAndVerify(5)).toEqual({ outcome: "verified", codes: [], decisions: 2 });
  }, 240_000);

  test("finds its decisions again, without a person, after the controller's state was set back to a copy", async () => {
    await repository.commit(files);
    await start();
    await makeKey("authority.key");
    await accept();
    const [first, second] = await chainOf(2);
    if (first === undefined || second === undefined) throw new Error("unreachable: made two");
    expect(await post(first)).toEqual([201, null]);
    await stop();
    const backup = join(folder, "backup");
    await cp(join(state, "controller"), backup, { recursive: true });
    await start();
    await accept({
      [notePath]: `Revoked, for the box was stolen: ${box.keyid}, good up to ${first.digest}.\n`,
    });
    const revoke = [
      "--keyid",
      box.keyid,
      "--last-trusted",
      first.digest,
      "--reason",
      "BOX_STOLEN",
      "--file",
      notePath,
    ];
    const [code, words] = await decide("revoke", ...revoke);
    expect([code, words]).toEqual([
      0,
      expect.stringContaining("Commit it: from there the controller takes it in"),
    ]);
    expect(await readdir(join(repository.folder, "sites/acme/decisions"))).toEqual([
      "0-0.dsse.json",
      "box.md",
    ]);
    const revision = await accept();
    await stop();
    await rm(join(state, "controller"), { recursive: true });
    await cp(backup, join(state, "controller"), { recursive: true });
    await start();
    expect(await healthz()).toMatchObject({ revision });
    expect(await post(second)).toEqual([422, "REVOKED"]);
    expect(await exportAndVerify(2)).toEqual({ outcome: "verified", codes: [], decisions: 1 });
    expect(await keysTold()).toContainEqual(["appliance", "revoked", 0, 1]);
  }, 240_000);

  test("that lost its key goes on with the one that git pins; the old one, found by another, decides nothing more", async () => {
    await repository.commit(files);
    await start();
    await makeKey("authority.key");
    await accept();
    await post((await chainOf(1))[0] as SealedEnvelope);
    expect(await decide("enrol", "--file", boxPath)).toEqual([0, expect.any(String)]);
    await makeKey("new.key");
    await accept();
    const thief = ["fork", "--digest", "1".repeat(64), "2".repeat(64)] as const;
    expect(await decide(...thief)).toEqual([
      2,
      expect.stringContaining("is not the one that the accepted partner.yaml pins"),
    ]);
    const out = join(folder, "stolen.json");
    const chain = join(folder, "chain");
    await mkdir(chain);
    const offline = [
      "--key",
      join(folder, "authority.key"),
      "--repo",
      repository.folder,
      "--chain",
      chain,
      "--out",
      out,
    ];
    expect(await compline("authority", ...thief, ...offline)).toEqual([
      0,
      expect.stringContaining(`in ${out}`),
    ]);
    const stolen = { bytes: await readFile(out), digest: "" };
    expect(await post(stolen)).toEqual([422, "EVENT_WRONG_SIGNER"]);
    const fresh = ["--key", join(folder, "new.key")];
    expect(await decide("enrol", "--file", boxPath, ...fresh)).toEqual([
      0,
      expect.stringContaining("place       0-1"),
    ]);
    expect(await exportAndVerify(3)).toEqual({ outcome: "verified", codes: [], decisions: 2 });
  }, 240_000);

  test("says which branch of a fork counts, and opens the epoch in which the box goes on", async () => {
    await repository.commit(files);
    await start();
    await makeKey("authority.key");
    await accept();
    const [first, second] = await chainOf(2);
    if (first === undefined || second === undefined) throw new Error("unreachable: made two");
    const branch = await box.seal(1, {
      ...(await sayOf(1)),
      chain: { id: box.id, epoch: 0, seq: 1, prev: first.digest },
      software: { name: "restored", version: "0", digest: "0".repeat(64) },
    });
    expect([await post(first), await post(second), await post(branch)]).toEqual([
      [201, null],
      [201, null],
      [409, "FORK"],
    ]);
    expect(await exportAndVerify(3)).toEqual({ outcome: "failed", codes: ["FORK"], decisions: 0 });
    const flags = ["--of", box.id, "--surviving", second.digest, "--new-epoch", "1"];
    const [code, text] = await decide("resolve", ...flags);
    expect([code, text]).toEqual([
      0,
      expect.stringContaining(`goes on from bundle ${second.digest} in epoch 1`),
    ]);
    const opener = /kept by the controller: ([0-9a-f]{64})/.exec(text)?.[1] ?? "";
    const chain = { id: box.id, epoch: 1, seq: 0, prev: opener };
    expect(await post(await box.seal(0, { ...(await sayOf(2)), kind: "snapshot", chain }))).toEqual([
      201,
      null,
    ]);
    expect(await exportAndVerify(5)).toEqual({ outcome: "verified", codes: [], decisions: 1 });
  }, 240_000);

  test("whose log's key is lost goes on with another, and every bundle is still proved by what was seen before", async () => {
    await repository.commit(files);
    await start();
    await makeKey("authority.key");
    await accept();
    const [first] = await chainOf(1);
    expect(await post(first as SealedEnvelope)).toEqual([201, null]);
    const before = readCheckpoint(Buffer.from(await signed(1)));
    if (!before.ok) throw new Error(before.message);
    const { origin, size, root } = before.value;
    await stop();
    await rm(join(state, "controller", "log-keys"), { recursive: true });
    await start();
    const [, honest, false_] = await chainOf(3, {
      1: { origin, size, root },
      2: { origin, size, root: "0".repeat(64) },
    });
    expect(await post(honest as SealedEnvelope)).toEqual([201, null]);
    expect(await exportAndVerify(2)).toEqual({ outcome: "verified", codes: [], decisions: 0 });
    expect((await keysTold()).filter((key) => String(key).startsWith("log"))).toEqual([
      ["log", "replaced", 1, 2],
      ["log", "signs", 2, null],
    ]);
    expect(await post(false_ as SealedEnvelope)).toEqual([201, null]);
    expect(await exportAndVerify(3)).toEqual({ outcome: "failed", codes: ["SPLIT_VIEW"], decisions: 0 });
  }, 240_000);

  test("rotates its key: git and the old key agree, and nothing else is taken of the old one", async () => {
    await repository.commit(files);
    await start();
    await makeKey("authority.key");
    await accept();
    await post((await chainOf(1))[0] as SealedEnvelope);
    expect(await decide("rotate")).toEqual([
      2,
      expect.stringContaining("still pins the key that is to sign this"),
    ]);
    const publicKey = await makeKey("new.key");
    await accept();
    expect(await decide("rotate")).toEqual([
      0,
      expect.stringContaining(`signs with key ${publicKey} from now on`),
    ]);
    expect(await decide("rotate")).toEqual([3, expect.stringContaining("KEY_AFTER_ROTATE")]);
    const fresh = ["--key", join(folder, "new.key")];
    const [code, words] = await decide("enrol", "--file", boxPath, ...fresh);
    expect([code, words]).toEqual([0, expect.stringContaining(keyidOf(Buffer.from(publicKey, "hex")))]);
    expect(await exportAndVerify(3)).toEqual({ outcome: "verified", codes: [], decisions: 2 });
  }, 240_000);
});
