import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { ControllerError } from "../errors.ts";
import { readOrCreate, writePrivate } from "./private-file.ts";
import { makeCertificate } from "./certificate.ts";
import { type Config, plainHost, type StatePaths } from "./config.ts";

/** What a server shows over TLS. */
export interface ServerTls {
  /** PEM, private. */
  readonly key: string;
  /** PEM; a chain is taken, too. */
  readonly certificate: string;
  /** Where the certificate lies, for those who pin it. */
  readonly file: string;
}

/**
 * What the configuration names; without that, what this controller made itself, now if there is none; null for plain
 * http, which is for loopback only. Throws CONFIG_INVALID (a file that is named), KEY_INVALID (one that was made here).
 */
export async function loadTls(
  { host, tls }: Config,
  paths: Pick<StatePaths, "tlsKey" | "tlsCertificate">,
): Promise<ServerTls | null> {
  if (tls !== undefined) return await readPair(tls.key, tls.certificate, "CONFIG_INVALID");
  if (host === plainHost) return null;
  const key = parseKey(await readOrCreate(paths.tlsKey, createKey), paths.tlsKey);
  if (!existsSync(paths.tlsCertificate)) {
    await writePrivate(paths.tlsCertificate, await makeCertificate(key, { host, ...always }));
  }
  return await readPair(paths.tlsKey, paths.tlsCertificate, "KEY_INVALID");
}

/** Agents pin the key and look at no date. The last is RFC 5280's for "no end"; no clock is asked for the first. */
const always = { from: new Date("2000-01-01T00:00:00Z"), to: new Date("9999-12-31T23:59:59Z") };

function createKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" });
}

function parseKey(pem: string, path: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === "prime256v1") return key;
  } catch (cause) {
    throw new ControllerError("KEY_INVALID", `${path} holds no private key`, { cause });
  }
  throw new ControllerError("KEY_INVALID", `${path} holds a key of another kind than P-256`);
}

async function readPair(
  keyFile: string,
  file: string,
  code: "CONFIG_INVALID" | "KEY_INVALID",
): Promise<ServerTls> {
  const expected = `tls: expected a private key in ${keyFile} and its certificate in ${file}, both PEM`;
  try {
    const [key, certificate] = await Promise.all([readFile(keyFile, "utf8"), readFile(file, "utf8")]);
    if (new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)))
      return { key, certificate, file };
  } catch (cause) {
    throw new ControllerError(code, `${expected}; cannot read them`, { cause });
  }
  throw new ControllerError(code, `${expected}; the certificate is of another key`);
}
