import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { sameBytes } from "../evidence/signature.ts";
import type { Digest } from "../evidence/statement.ts";
import { mainnetLimit } from "./mainnet-limit.ts";

/** What the 80 bytes of a Bitcoin block header say. */
export interface BlockHeader {
  /** As block explorers show it: the double SHA-256, reversed. */
  readonly hash: Digest;
  /** The hash of the block before it. */
  readonly previous: Digest;
  /** 32 bytes, as in the header. */
  readonly merkleRoot: Uint8Array;
  /** Seconds since 1970, by the miner: good to two hours. */
  readonly timeS: number;
  /** The hash, as a number, is at most this. */
  readonly target: bigint;
}

/** How easy a block of a time may be: a target as a number, by the header's time in seconds. */
export type PowLimit = (timeS: number) => bigint;

/** How long a header is. */
export const HEADER_BYTES = 80;
const PREVIOUS_AT = 4;
const MERKLE_ROOT_AT = 36;
const TIME_AT = 68;
const BITS_AT = 72;

/** Reads a header; null when it has not 80 bytes or a target that is none. */
export function readBlockHeader(bytes: Uint8Array): BlockHeader | null {
  if (bytes.length !== HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const target = targetOf(view.getUint32(BITS_AT, true));
  if (target === null) return null;
  return {
    hash: bytesToHex(sha256(sha256(bytes)).toReversed()),
    previous: bytesToHex(bytes.slice(PREVIOUS_AT, MERKLE_ROOT_AT).toReversed()),
    merkleRoot: bytes.slice(MERKLE_ROOT_AT, MERKLE_ROOT_AT + 32),
    timeS: view.getUint32(TIME_AT, true),
    target,
  };
}

/** Whether a header has the work that it claims, and claims as much as blocks of its time have. */
export function hasWork({ hash, timeS, target }: BlockHeader, limit: PowLimit = mainnetLimit): boolean {
  return BigInt(`0x${hash}`) <= target && target <= limit(timeS);
}

/** Whether the header's block commits to the message. */
export function commitsTo({ merkleRoot }: BlockHeader, message: Uint8Array): boolean {
  return sameBytes(merkleRoot, message);
}

/** Bitcoin's compact form: an exponent of 256 and three bytes; null for a target that is zero, negative or too large. */
function targetOf(bits: number): bigint | null {
  const mantissa = BigInt(bits & 0x7fffff);
  const exponent = bits >>> 24;
  if ((bits & 0x800000) !== 0 || mantissa === 0n || exponent > 34) return null;
  const target =
    exponent <= 3 ? mantissa >> BigInt(8 * (3 - exponent)) : mantissa << BigInt(8 * (exponent - 3));
  return target === 0n || target >= 2n ** 256n ? null : target;
}
