import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sign } from "@compline/core/appliance";
import { ulid } from "ulid";
import { AgentError } from "../errors.ts";
import { errnoOf } from "../transports/host-files.ts";
import { writeDurably } from "./durable-file.ts";

/** A key. The private part never leaves the process; only `sign` is handed on. */
export interface KeyPair {
  /** 32 bytes in hex. */
  readonly publicKey: string;
  readonly sign: Sign;
}

/** Who this appliance is. */
export interface Identity extends KeyPair {
  /** The appliance's ULID, which is also its chain's id. */
  readonly id: string;
}

const KEY_FILE = "appliance.key";

/**
 * The identity in a state folder, made at the first start. The key is durable before the file that names it, so that
 * a name without a key cannot come to be.
 * @throws AgentError IDENTITY_LOST when the folder names a key it does not hold
 */
export function openIdentity(folder: string): Identity {
  const named = readIdentityFile(join(folder, "identity.json"));
  if (named === null && readIfThere(join(folder, KEY_FILE)) === null) createKey(join(folder, KEY_FILE));
  const key = readKey(folder, KEY_FILE);
  if (named !== null && named.publicKey !== key.publicKey)
    throw lost(folder, "identity.json names another key");
  const id = named?.id ?? nameIdentity(join(folder, "identity.json"), key.publicKey);
  return { id, ...key };
}

/** The appliance's ULID alone. @throws AgentError IDENTITY_LOST */
export function readIdentityId(folder: string): string {
  const named = readIdentityFile(join(folder, "identity.json"));
  if (named === null) throw lost(folder, "identity.json is missing");
  return named.id;
}

/** The key in a file of the folder. @throws AgentError IDENTITY_LOST */
export function readKey(folder: string, name: string): KeyPair {
  const stored = readIfThere(join(folder, name));
  if (stored === null) throw lost(folder, `${name} is missing`);
  const key = parseKey(stored, folder);
  return { publicKey: rawPublicKey(key), sign: async (message) => sign(null, message, key) };
}

/** Makes a key; durable when it returns. */
export function createKey(file: string): void {
  const { privateKey } = generateKeyPairSync("ed25519");
  writeDurably(file, Buffer.from(privateKey.export({ type: "pkcs8", format: "pem" })));
}

function nameIdentity(file: string, publicKey: string): string {
  const id = ulid();
  writeDurably(file, Buffer.from(`${JSON.stringify({ id, publicKey })}\n`));
  return id;
}

function parseKey(pem: Buffer, folder: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (error) {
    throw lost(folder, "appliance.key cannot be read", error);
  }
  throw lost(folder, "appliance.key is no Ed25519 key");
}

function rawPublicKey(key: KeyObject): string {
  // An Ed25519 public key in DER is a fixed 12-byte header and the 32 bytes.
  return createPublicKey(key).export({ type: "spki", format: "der" }).subarray(12).toString("hex");
}

function readIdentityFile(file: string): { id: string; publicKey: string } | null {
  const text = readIfThere(file);
  if (text === null) return null;
  const value: unknown = JSON.parse(text.toString("utf8"));
  if (typeof value === "object" && value !== null && "id" in value && "publicKey" in value) {
    const { id, publicKey } = value;
    if (typeof id === "string" && typeof publicKey === "string") return { id, publicKey };
  }
  throw new AgentError("IDENTITY_LOST", `${file}: expected {id, publicKey}`);
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  }
}

function lost(folder: string, what: string, cause?: unknown): AgentError {
  const message = `${folder}: ${what}; the appliance has to be enrolled again in a new folder`;
  return new AgentError("IDENTITY_LOST", message, { cause });
}
