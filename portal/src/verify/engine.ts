import {
  nobleEngine,
  sha256Hex,
  type SignatureEngine,
  type VerifyInput,
  webCryptoEngine,
} from "@compline/core";
import type { EngineName } from "./messages.ts";

/** RFC 8032 section 7.1, test 1: the signature of the empty message. */
const KNOWN_GOOD = {
  publicKey: hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
  message: new Uint8Array(0),
  signature: hex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ),
};

/**
 * The browser's own Ed25519 where it is there and works; else plain JavaScript. Pages over plain HTTP on a LAN have
 * no `crypto.subtle` at all, and older browsers have it without Ed25519.
 */
export async function chooseEngine(
  subtle: SubtleCrypto | undefined,
): Promise<{ readonly engine: SignatureEngine; readonly name: EngineName }> {
  if (subtle !== undefined) {
    const engine = webCryptoEngine(subtle);
    if (await works(engine)) return { engine, name: "browser" };
  }
  return { engine: nobleEngine(), name: "fallback" };
}

/** Below this, asking the browser takes about as long as hashing. */
const LARGE_BYTES = 1024;

/** SHA-256 by the browser, many times as fast; without `crypto.subtle` all is hashed in plain JavaScript. */
export function largeHashing(subtle: SubtleCrypto | undefined): Pick<VerifyInput, "sha256OfLarge"> {
  if (subtle === undefined) return {};
  const digest = async (bytes: Uint8Array): Promise<string> => {
    const found = await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>); // nothing here is shared
    return Array.from(new Uint8Array(found), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  return { sha256OfLarge: (bytes) => (bytes.length < LARGE_BYTES ? sha256Hex(bytes) : digest(bytes)) };
}

async function works(engine: SignatureEngine): Promise<boolean> {
  try {
    const [good] = await engine.verify([KNOWN_GOOD]);
    return good === true;
  } catch {
    return false; // the browser knows no Ed25519
  }
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
