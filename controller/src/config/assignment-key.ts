import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { keyidOf, type Sign } from "@compline/core";
import { ControllerError } from "../errors.ts";

/** The key that signs assignments; it is born here and never leaves. */
export interface AssignmentKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly keyid: string;
  readonly sign: Sign;
}

/**
 * Reads the key at `path`, or makes one when there is none: written beside, flushed, then renamed, so that a crash
 * leaves either no key or a whole one. Throws KEY_INVALID.
 */
export async function loadAssignmentKey(path: string): Promise<AssignmentKey> {
  const pem = await readFile(path, "utf8").catch(missing);
  return keyOf(pem ?? (await createKey(path)), path);
}

async function createKey(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  const beside = `${path}.${process.pid}.new`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rm(beside, { force: true });
  const file = await open(beside, "wx", 0o600);
  try {
    await file.writeFile(pem);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  return pem;
}

function keyOf(pem: string, path: string): AssignmentKey {
  const privateKey = parseKey(pem, path);
  const publicKey = rawPublicKey(privateKey);
  return {
    publicKey,
    keyid: keyidOf(publicKey),
    sign: async (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

function parseKey(pem: string, path: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (cause) {
    throw new ControllerError("KEY_INVALID", `${path} holds no private key`, { cause });
  }
  throw new ControllerError("KEY_INVALID", `${path} holds a key of another kind than Ed25519`);
}

function rawPublicKey(privateKey: KeyObject): Uint8Array {
  const x = createPublicKey(privateKey).export({ format: "jwk" }).x;
  if (x === undefined) throw new Error("unreachable: an Ed25519 key has x");
  return new Uint8Array(Buffer.from(x, "base64url"));
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
