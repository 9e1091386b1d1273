import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { blockBytes, compareBytes, numberBytes, WireError, WireReader } from "./wire.ts";

/**
 * Who says that a message existed. `pending`: a calendar promises to know more later. `bitcoin`: the message is the
 * Merkle root of the block at that height. `unknown`: of a kind that is not known here, neither good nor bad.
 */
export type Attestation =
  | { readonly kind: "pending"; readonly uri: string }
  | { readonly kind: "bitcoin"; readonly height: number }
  | { readonly kind: "unknown"; readonly tag: string; readonly payload: Uint8Array };

const TAG_BYTES = 8;
const PENDING = "83dfe30d2ef90c8e";
const BITCOIN = "0588960d73d71901";
const MAX_PAYLOAD_BYTES = 8192;
const MAX_URI = 1000;
const URI = /^[A-Za-z0-9._/:-]*$/;

/** Reads an attestation. Throws {@link WireError}. */
export function readAttestation(reader: WireReader): Attestation {
  const tag = bytesToHex(reader.take(TAG_BYTES));
  const payload = reader.block(MAX_PAYLOAD_BYTES);
  if (tag === PENDING) return { kind: "pending", uri: readWhole(payload, readUri) };
  if (tag === BITCOIN) return { kind: "bitcoin", height: readWhole(payload, (inner) => inner.number()) };
  return { kind: "unknown", tag, payload };
}

/** The bytes of an attestation. */
export function attestationBytes(attestation: Attestation): number[] {
  const { tag, payload } = wireForm(attestation);
  return [...hexToBytes(tag), ...blockBytes(payload)];
}

/** The order in which attestations are written. */
export function compareAttestations(a: Attestation, b: Attestation): number {
  if (a.kind === "bitcoin" && b.kind === "bitcoin") return Math.sign(a.height - b.height);
  const [one, other] = [wireForm(a), wireForm(b)];
  if (one.tag !== other.tag) return one.tag < other.tag ? -1 : 1;
  if (a.kind === "pending" && b.kind === "pending")
    return compareBytes(utf8ToBytes(a.uri), utf8ToBytes(b.uri));
  return compareBytes(one.payload, other.payload);
}

function wireForm(attestation: Attestation): { readonly tag: string; readonly payload: Uint8Array } {
  if (attestation.kind === "unknown") return attestation;
  if (attestation.kind === "pending")
    return { tag: PENDING, payload: Uint8Array.from(blockBytes(utf8ToBytes(attestation.uri))) };
  return { tag: BITCOIN, payload: Uint8Array.from(numberBytes(attestation.height)) };
}

/** A calendar's address; of few characters, because whoever reads a file may ask it. */
function readUri(reader: WireReader): string {
  const bytes = reader.block(MAX_URI);
  const uri = String.fromCharCode(...bytes);
  if (!URI.test(uri)) throw new WireError("expected a calendar's address of letters, digits and ._/:-");
  return uri;
}

function readWhole<T>(payload: Uint8Array, read: (reader: WireReader) => T): T {
  const reader = new WireReader(payload);
  const value = read(reader);
  if (reader.rest > 0)
    throw new WireError(`expected the end of an attestation, found ${reader.rest} more bytes`);
  return value;
}
