import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SecureVersion } from "node:tls";
import { afterAll, afterEach, expect, it } from "vitest";
import { createExchange, type ExchangeAnswer } from "./exchange.ts";

const openssl = "/usr/bin/openssl";
const folder = mkdtempSync(join(tmpdir(), "compline-exchange-"));
const [ours, other] = [makeKey("ours"), makeKey("other")];
const pinned = makeCertificate(ours, "control.example");
let server: Server | null = null;
let asked = 0;

afterEach(() => {
  server?.close().closeAllConnections();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("speaks to whoever holds the pinned key, also with a renewed certificate of another name", async () => {
  expect((await ask(ours, pinned)).status).toBe(204);
  expect((await ask(ours, makeCertificate(ours, "renewed.example"))).status).toBe(204);
});

it("sends nothing to another key, whatever name it shows", async () => {
  const impostor = ask(other, makeCertificate(other, "control.example"));
  await expect(impostor).rejects.toMatchObject({ code: "CONTROLLER_IDENTITY" });
  expect(asked).toBe(0);
});

it("speaks no TLS older than 1.3", async () => {
  await expect(ask(ours, pinned, "TLSv1.2")).rejects.toMatchObject({ code: "CONTROLLER_UNREACHABLE" });
});

async function ask(
  key: string,
  cert: string,
  maxVersion: SecureVersion = "TLSv1.3",
): Promise<ExchangeAnswer> {
  asked = 0;
  server?.close().closeAllConnections();
  server = createServer({ key: readFileSync(key), cert, maxVersion }, (_request, response) => {
    asked += 1;
    response.writeHead(204).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  const limits = { signal: new AbortController().signal, limitMs: 60_000, maxBytes: 1 };
  const request = { method: "GET", target: "/", headers: {}, body: null, ...limits } as const;
  return await createExchange(`https://127.0.0.1:${port}`, pinned)(request);
}

function makeKey(name: string): string {
  const path = join(folder, name);
  const options = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path];
  execFileSync(openssl, ["genpkey", ...options], { stdio: "ignore" });
  return path;
}

function makeCertificate(key: string, name: string): string {
  const options = ["-new", "-key", key, "-subj", `/CN=${name}`, "-days", "1"];
  return execFileSync(openssl, ["req", "-x509", ...options], { encoding: "utf8", stdio: "pipe" });
}
