import { bytesToHex } from "@noble/hashes/utils.js";
import { createEngine, type SignatureEngine, type SignatureItem } from "./signature.ts";

/** The part of `crypto.subtle` that verifying needs; Node's and every browser's SubtleCrypto fit. */
export interface SubtleVerifier {
  importKey(
    format: "raw",
    keyData: Uint8Array<ArrayBuffer>,
    algorithm: { name: "Ed25519" },
    extractable: boolean,
    keyUsages: ["verify"],
  ): Promise<object>;
  verify(
    algorithm: { name: "Ed25519" },
    key: never,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
}

const ED25519 = { name: "Ed25519" } as const;
const KEY_CACHE_LIMIT = 1024;

/** The engine over WebCrypto: native speed, and many verifications in flight at once. */
export function webCryptoEngine(subtle: SubtleVerifier): SignatureEngine {
  const keys = new Map<string, Promise<object>>();
  return createEngine((batch) => Promise.all(batch.map((item) => verifyOne(subtle, keys, item))));
}

async function verifyOne(
  subtle: SubtleVerifier,
  keys: Map<string, Promise<object>>,
  item: SignatureItem,
): Promise<boolean> {
  let key: object;
  try {
    key = await importOnce(subtle, keys, item.publicKey);
  } catch {
    return false; // some engines refuse a key that is no point of the curve already here
  }
  // The key is the opaque object this very subtle made.
  return await subtle.verify(
    ED25519,
    key as never,
    new Uint8Array(item.signature),
    new Uint8Array(item.message),
  );
}

function importOnce(
  subtle: SubtleVerifier,
  keys: Map<string, Promise<object>>,
  publicKey: Uint8Array,
): Promise<object> {
  const name = bytesToHex(publicKey);
  const known = keys.get(name);
  if (known !== undefined) return known;
  const imported = subtle.importKey("raw", new Uint8Array(publicKey), ED25519, false, ["verify"]);
  if (keys.size < KEY_CACHE_LIMIT) keys.set(name, imported);
  return imported;
}
