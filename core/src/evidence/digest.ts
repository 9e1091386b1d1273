import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/**
 * A synchronous SHA-256, as lowercase hex. The default is portable; a shell on Node passes
 * `(bytes) => hash("sha256", bytes, "hex")` of node:crypto, which is about four times as fast.
 */
export type Sha256 = (bytes: Uint8Array) => string;

/** A SHA-256 that may answer later; it reads the bytes before it returns. For what is large: a browser hashes that elsewhere. */
export type LargeSha256 = (bytes: Uint8Array) => string | Promise<string>;

/** SHA-256 of the bytes as 64 lowercase hex digits, in plain JavaScript. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** The name of an Ed25519 public key everywhere: SHA-256 of its 32 bytes, as lowercase hex. */
export function keyidOf(publicKey: Uint8Array): string {
  return sha256Hex(publicKey);
}
