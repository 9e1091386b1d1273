import { createPrivateKey } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createExchange, type ExchangeAnswer } from "../../agent/src/controller/exchange.ts";
import { makeCertificate } from "./config/certificate.ts";
import type { Config } from "./config/config.ts";
import { type Controller, startController } from "./controller.ts";
import { createLog } from "./log.ts";
import { makeRepository, type TestRepository } from "./source/testdata/repository.ts";
import { makeLoginLink } from "./start/login-link.ts";

/** An address of this machine that is not the one which is served without TLS. */
const host = "127.0.0.2";
let repository: TestRepository;
let state: string;
let controller: Controller | null;

beforeEach(async () => {
  repository = await makeRepository();
  state = await mkdtemp(join(tmpdir(), "compline-tls-"));
  controller = null;
});
afterEach(async () => {
  await controller?.close();
  await rm(state, { recursive: true });
  await repository.remove();
});

async function start(more: Pick<Config, "tls"> = {}): Promise<string> {
  await controller?.close();
  controller = null;
  const sources = [{ name: "main", repository: repository.folder, branch: "main" }];
  controller = await startController({
    config: { schemaVersion: "1", state, host, port: 0, sources, ...more },
    log: createLog("silent"),
    clock: Date.now,
    crashPoint: () => {},
    portalCommand: [process.execPath, "--version"],
  });
  return controller.url;
}

/** Asks as an agent that was enrolled with `pinned`. */
async function ask(
  url: string,
  pinned: string,
  target = "/healthz",
  headers: Readonly<Record<string, string>> = {},
): Promise<ExchangeAnswer> {
  const limits = { signal: new AbortController().signal, limitMs: 60_000, maxBytes: 65_536 };
  return await createExchange(url, pinned)({ method: "GET", target, headers, body: null, ...limits });
}

const ours = (name: "tls.key" | "tls.pem"): Promise<string> => readFile(join(state, name), "utf8");

test("beyond loopback a controller makes a key and a certificate, and an agent that pins it is answered", async () => {
  const url = await start();
  expect(url).toMatch(/^https:\/\/127\.0\.0\.2:\d+$/);
  expect((await stat(join(state, "tls.key"))).mode & 0o777).toBe(0o600);
  const pinned = await ours("tls.pem");
  expect((await ask(url, pinned)).status).toBe(200);
  expect((await ask(url, pinned, "/healthz", { origin: url })).status).toBe(200);
  expect((await ask(url, pinned, "/healthz", { origin: url.replace("https", "http") })).status).toBe(403);
  expect((await ask(url, pinned, "/healthz", { host: "elsewhere.example" })).status).toBe(421);
  await expect(fetch(url.replace("https", "http"))).rejects.toThrow("fetch failed");
  const link = new URL(await makeLoginLink(join(state, "login"), url));
  const signedIn = await ask(url, pinned, link.pathname + link.search);
  expect(signedIn.headers["set-cookie"]).toContain("; Secure");
});

test("a certificate made again for the same key is good, one of another key is not", async () => {
  await start();
  const pinned = await ours("tls.pem");
  await rm(join(state, "tls.pem"));
  expect((await ask(await start(), pinned)).status).toBe(200);
  expect(await ours("tls.pem")).not.toBe(pinned);
  await rm(join(state, "tls.pem"));
  await rm(join(state, "tls.key"));
  await expect(ask(await start(), pinned)).rejects.toMatchObject({ code: "CONTROLLER_IDENTITY" });
});

test("an expired certificate of the pinned key is good: no clock locks a box out", async () => {
  await start();
  const pinned = await ours("tls.pem");
  const terms = { host: "control.example", from: new Date("2001-01-01"), to: new Date("2001-01-02") };
  const certificate = join(state, "given.pem");
  await writeFile(certificate, await makeCertificate(createPrivateKey(await ours("tls.key")), terms));
  const url = await start({ tls: { certificate, key: join(state, "tls.key") } });
  expect((await ask(url, pinned)).status).toBe(200);
});

test("a certificate of another key than the one beside it is refused before anything listens", async () => {
  await start();
  const certificate = join(state, "given.pem");
  await writeFile(certificate, await ours("tls.pem"));
  await rm(join(state, "tls.pem"));
  await rm(join(state, "tls.key"));
  await start();
  const mismatched = { certificate, key: join(state, "tls.key") };
  await expect(start({ tls: mismatched })).rejects.toMatchObject({ code: "CONFIG_INVALID" });
});
