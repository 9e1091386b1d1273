import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { SecureVersion } from "node:tls";
import { afterEach, expect, it } from "vitest";
import { createExchange, type ExchangeAnswer } from "./exchange.ts";

const [ours, other] = [makeKey(), makeKey()];
const pinned = await makeCertificate(ours, "control.example");
let server: Server | null = null;
let asked = 0;

afterEach(() => {
  server?.close().closeAllConnections();
});

it("speaks to whoever holds the pinned key, also with a renewed certificate of another name", async () => {
  expect((await ask(ours, pinned)).status).toBe(204);
  expect((await ask(ours, await makeCertificate(ours, "renewed.example"))).status).toBe(204);
});

it("sends nothing to another key, whatever name it shows", async () => {
  const impostor = ask(other, await makeCertificate(other, "control.example"));
  await expect(impostor).rejects.toMatchObject({ code: "CONTROLLER_IDENTITY" });
  expect(asked).toBe(0);
});

it("speaks no TLS older than 1.3", async () => {
  await expect(ask(ours, pinned, "TLSv1.2")).rejects.toMatchObject({ code: "CONTROLLER_UNREACHABLE" });
});

async function ask(
  key: KeyObject,
  cert: string,
  maxVersion: SecureVersion = "TLSv1.3",
): Promise<ExchangeAnswer> {
  asked = 0;
  server?.close().closeAllConnections();
  server = createServer(
    { key: key.export({ type: "pkcs8", format: "pem" }), cert, maxVersion },
    (_request, response) => {
      asked += 1;
      response.writeHead(204).end();
    },
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  const limits = { signal: new AbortController().signal, limitMs: 60_000, maxBytes: 1 };
  const request = { method: "GET", target: "/", headers: {}, body: null, ...limits } as const;
  return await createExchange(`https://127.0.0.1:${port}`, pinned)(request);
}

function makeKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

async function makeCertificate(key: KeyObject, name: string): Promise<string> {
  await import("reflect-metadata"); // which the next is built on
  const { X509CertificateGenerator } = await import("@peculiar/x509");
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = {
    privateKey: key.toCryptoKey(algorithm, true, ["sign"]),
    publicKey: createPublicKey(key).toCryptoKey(algorithm, true, ["verify"]),
  };
  const named = { name: [{ CN: [name] }], keys, signingAlgorithm: algorithm };
  return (await X509CertificateGenerator.createSelfSigned(named)).toString("pem");
}
