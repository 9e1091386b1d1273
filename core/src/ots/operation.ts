import { ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { blockBytes, compareBytes, WireError, type WireReader } from "./wire.ts";

/** One step from a message to the next. `argument` is of append and prepend only. */
export interface Operation {
  readonly tag: number;
  readonly argument: Uint8Array | null;
}

/** A message is at most this long, before and after every operation. */
const MAX_MESSAGE_BYTES = 4096;

/** Tags of operations. */
export const TAGS = {
  sha1: 0x02,
  ripemd160: 0x03,
  sha256: 0x08,
  keccak256: 0x67,
  append: 0xf0,
  prepend: 0xf1,
  reverse: 0xf2,
  hexlify: 0xf3,
} as const;

type Apply = (message: Uint8Array, argument: Uint8Array) => Uint8Array;

const appliers: ReadonlyMap<number, Apply> = new Map<number, Apply>([
  [TAGS.sha1, (message) => sha1(message)],
  [TAGS.ripemd160, (message) => ripemd160(message)],
  [TAGS.sha256, (message) => sha256(message)],
  [TAGS.keccak256, (message) => keccak_256(message)],
  [TAGS.append, (message, argument) => concatBytes(message, argument)],
  [TAGS.prepend, (message, argument) => concatBytes(argument, message)],
  [TAGS.reverse, (message) => message.toReversed()],
  [TAGS.hexlify, (message) => utf8ToBytes(bytesToHex(message))],
]);

/** The operation after its tag. Throws {@link WireError} for a tag that is none. */
export function readOperation(tag: number, reader: WireReader): Operation {
  if (!appliers.has(tag)) throw new WireError(`expected an operation, found tag ${tag.toString(16)}`);
  const hasArgument = tag === TAGS.append || tag === TAGS.prepend;
  return { tag, argument: hasArgument ? reader.block(MAX_MESSAGE_BYTES, 1) : null };
}

/** What an operation makes of a message. Throws {@link WireError} for a message that is too long or too short. */
export function applyOperation({ tag, argument }: Operation, message: Uint8Array): Uint8Array {
  const apply = appliers.get(tag);
  if (apply === undefined) throw new Error(`unreachable: tag ${tag} was read`);
  if (message.length === 0 && (tag === TAGS.reverse || tag === TAGS.hexlify))
    throw new WireError("expected a message to reverse or write as hex, found an empty one");
  const result = apply(message, argument ?? new Uint8Array(0));
  if (result.length > MAX_MESSAGE_BYTES)
    throw new WireError(`expected messages of at most ${MAX_MESSAGE_BYTES} bytes, found ${result.length}`);
  return result;
}

/** The bytes of an operation. */
export function operationBytes({ tag, argument }: Operation): number[] {
  return argument === null ? [tag] : [tag, ...blockBytes(argument)];
}

/** The order in which operations are written. */
export function compareOperations(a: Operation, b: Operation): number {
  const none = new Uint8Array(0);
  return Math.sign(a.tag - b.tag) || compareBytes(a.argument ?? none, b.argument ?? none);
}
