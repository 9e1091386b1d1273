import { etc, Point } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import {
  createEngine,
  isSoundPoint,
  type SignatureEngine,
  type SignatureItem,
  sameBytes,
} from "./signature.ts";

const ORDER = Point.CURVE().n;

/**
 * The engine for places without WebCrypto Ed25519 (plain-HTTP pages, old browsers): about ten times slower.
 * Accepts exactly when encode(S*B - k*A) equals R byte for byte, so it agrees with the native engines.
 */
export function nobleEngine(): SignatureEngine {
  const points = new Map<string, Point>();
  return createEngine(async (batch) => batch.map((item) => verifyOne(item, points)));
}

/**
 * The once-per-key check, done when a trust set is loaded: 32 bytes, canonical, on the curve, torsion-free, not of
 * small order. Answers what is wrong, or null.
 */
export function checkPublicKey(publicKey: Uint8Array): string | null {
  if (publicKey.length !== 32) return `a public key has 32 bytes, found ${publicKey.length}`;
  if (!isSoundPoint(publicKey)) return "the public key is not canonical or is a point of small order";
  const point = decodePoint(publicKey);
  if (point === undefined) return "the public key is not a point of the curve";
  return point.isTorsionFree() ? null : "the public key is not in the prime-order group";
}

function verifyOne(item: SignatureItem, points: Map<string, Point>): boolean {
  const { publicKey, message, signature } = item;
  const key = cachedPoint(publicKey, points);
  if (key === undefined) return false;
  const encodedR = signature.subarray(0, 32);
  const s = littleEndianNumber(signature.subarray(32));
  const k = littleEndianNumber(sha512(etc.concatBytes(encodedR, publicKey, message))) % ORDER;
  const expected = Point.BASE.multiply(s, false).add(key.multiply(k, false).negate());
  return sameBytes(expected.toBytes(), encodedR);
}

function cachedPoint(publicKey: Uint8Array, points: Map<string, Point>): Point | undefined {
  const name = etc.bytesToHex(publicKey);
  const known = points.get(name);
  if (known !== undefined) return known;
  const point = decodePoint(publicKey);
  if (point !== undefined && points.size < 1024) points.set(name, point);
  return point;
}

function decodePoint(encoded: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(encoded);
  } catch {
    return undefined; // not on the curve
  }
}

function littleEndianNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${etc.bytesToHex(bytes.toReversed())}`);
}
