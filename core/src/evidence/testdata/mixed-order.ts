import { etc, Point, utils } from "@noble/ed25519";
import { concatBytes } from "@noble/hashes/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { encodeBase64 } from "../base64.ts";
import { readEnvelope, signatureItem } from "../envelope.ts";
import { changeEnvelope, fileAt, type Tamper } from "./forgeries.ts";
import type { TestKey } from "./identities.ts";

/** A point of order 8. */
const TORSION = Point.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");

/** A key that is another one and a point of small order: for some engines the two sign alike. */
export function mixedOrderKey(publicKey: string): string {
  return Point.fromHex(publicKey).add(TORSION).toHex();
}

/** The appliance signs a place again, with an R that has a part of small order. */
export function mixOrder(place: string): Tamper {
  return async (kit) => {
    const read = readEnvelope(fileAt(kit, kit.path(place)));
    if (!read.ok) throw new Error(read.message);
    const key = kit.keys.appliance;
    const { message } = signatureItem(read, etc.hexToBytes(key.publicKey));
    const sig = encodeBase64(await mixedOrderSignature(message, key));
    await changeEnvelope(place, (envelope) => ({
      ...envelope,
      signatures: envelope.signatures.map(({ keyid }) => ({ keyid, sig })),
    }))(kit);
  };
}

/** A signature that holds for engines that multiply by the cofactor, and for no others. */
export async function mixedOrderSignature(message: Uint8Array, key: TestKey): Promise<Uint8Array> {
  const { scalar, pointBytes } = await utils.getExtendedPublicKeyAsync(key.secret);
  const nonce = BigInt(message.length + 1);
  const r = Point.BASE.multiply(nonce).add(TORSION).toBytes();
  const k = bigint(sha512(concatBytes(r, pointBytes, message)));
  const order = Point.CURVE().n;
  const s = (nonce + k * scalar) % order;
  const bytes = Uint8Array.from({ length: 32 }, (_, at) => Number((s >> BigInt(8 * at)) & 255n));
  return concatBytes(r, bytes);
}

/** Bytes with the lowest first as a number. */
function bigint(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
}
