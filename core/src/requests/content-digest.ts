import { encodeBase64 } from "../evidence/base64.ts";
import { type Sha256, sha256Hex } from "../evidence/digest.ts";

/** The value of `content-digest` (RFC 9530) for a body: SHA-256, and nothing else. One text for each body. */
export function contentDigest(body: Uint8Array, sha256: Sha256 = sha256Hex): string {
  const bytes = Uint8Array.from(sha256(body).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return `sha-256=:${encodeBase64(bytes)}:`;
}
