import { hexToBytes } from "@noble/hashes/utils.js";
import { type Attestation, attestationBytes, compareAttestations, readAttestation } from "./attestation.ts";
import {
  applyOperation,
  compareOperations,
  type Operation,
  operationBytes,
  readOperation,
  TAGS,
} from "./operation.ts";
import { compareBytes, WireError, WireReader } from "./wire.ts";

/** What is known of a message: who attests it, and which messages follow from it that somebody attests. */
export interface Timestamp {
  readonly message: Uint8Array;
  readonly attestations: readonly Attestation[];
  readonly branches: readonly { readonly operation: Operation; readonly timestamp: Timestamp }[];
}

/** What bytes were read as, or what is wrong with them. */
export type ReadTimestamp =
  | { readonly ok: true; readonly timestamp: Timestamp }
  | { readonly ok: false; readonly code: OtsCode; readonly message: string };

/** Why a file is refused: not the format, another digest than SHA-256, bytes after its end. */
export type OtsCode = "NOT_OTS" | "OTHER_DIGEST" | "TRAILING";

/** An attestation and the message that it is about. */
export interface Attested {
  readonly attestation: Attestation;
  readonly message: Uint8Array;
}

/** A file is at most this long. */
export const MAX_OTS_BYTES = 65_536;
const MAX_OPERATIONS_ON_A_PATH = 256;
const DIGEST_BYTES = 32;
const VERSION = 1;
const FORK = 0xff;
const ATTESTATION = 0x00;
const MAGIC = hexToBytes("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294");

/** Reads a detached timestamp file (`.ots`). Every byte of it is attacker-controlled; time and memory are bounded. */
export function readOts(bytes: Uint8Array): ReadTimestamp {
  return reading(bytes, (reader) => {
    if (compareBytes(reader.take(MAGIC.length), MAGIC) !== 0)
      throw new WireError("expected the magic of a timestamp");
    const version = reader.number();
    if (version !== VERSION) throw new WireError(`expected version ${VERSION}, found ${version}`);
    const tag = reader.byte();
    if (tag !== TAGS.sha256)
      throw new OtherDigest(`expected a SHA-256 digest, found tag ${tag.toString(16)}`);
    return reader.take(DIGEST_BYTES);
  });
}

/** Reads what follows from a message: what a calendar answers. */
export function readTimestamp(message: Uint8Array, bytes: Uint8Array): ReadTimestamp {
  return reading(bytes, () => message);
}

/** The file of a digest's timestamp. */
export function encodeOts(timestamp: Timestamp): Uint8Array {
  return Uint8Array.from([...otsHead(timestamp.message), ...timestampBytes(timestamp)]);
}

/** The bytes of a file before what is known of the digest. */
export function otsHead(digest: Uint8Array): Uint8Array {
  if (digest.length !== DIGEST_BYTES)
    throw new Error(`unreachable: a file's digest has ${DIGEST_BYTES} bytes`);
  return Uint8Array.of(...MAGIC, VERSION, TAGS.sha256, ...digest);
}

/** The bytes of what follows from a message, in the one order in which the reference implementation writes. */
export function encodeTimestamp(timestamp: Timestamp): Uint8Array {
  return Uint8Array.from(timestampBytes(timestamp));
}

/** Both in one. They are of the same message. */
export function mergeTimestamps(a: Timestamp, b: Timestamp): Timestamp {
  if (compareBytes(a.message, b.message) !== 0)
    throw new Error("unreachable: timestamps of one message are merged");
  return inOrder(a.message, [...a.attestations, ...b.attestations], [...a.branches, ...b.branches]);
}

/** All attestations, each with the message it is about. */
export function attestedMessages({ message, attestations, branches }: Timestamp): readonly Attested[] {
  return [
    ...attestations.map((attestation) => ({ attestation, message })),
    ...branches.flatMap(({ timestamp }) => attestedMessages(timestamp)),
  ];
}

type Branch = Timestamp["branches"][number];

/** In the order in which they are written, each attestation once, and one branch for an operation. */
function inOrder(
  message: Uint8Array,
  attestations: readonly Attestation[],
  branches: readonly Branch[],
): Timestamp {
  const sorted = attestations.toSorted(compareAttestations);
  return {
    message,
    attestations: sorted.filter((one, at) => {
      const before = sorted[at - 1];
      return before === undefined || compareAttestations(before, one) !== 0;
    }),
    branches: byOperation(branches).map(mergeBranches),
  };
}

/** The branches in the order of their operations, those of one operation together. */
function byOperation(branches: readonly Branch[]): readonly (readonly Branch[])[] {
  const groups: Branch[][] = [];
  for (const branch of branches.toSorted((a, b) => compareOperations(a.operation, b.operation))) {
    const group = groups.at(-1);
    const isSame = group?.[0] !== undefined && compareOperations(group[0].operation, branch.operation) === 0;
    if (isSame) group.push(branch);
    else groups.push([branch]);
  }
  return groups;
}

/** All at once: one after the other, thousands of them would be sorted thousands of times. */
function mergeBranches(group: readonly Branch[]): Branch {
  const [first] = group;
  if (first === undefined) throw new Error("unreachable: a group has a branch");
  if (group.length === 1) return first;
  const timestamps = group.map(({ timestamp }) => timestamp);
  const { message } = first.timestamp;
  const timestamp = inOrder(
    message,
    timestamps.flatMap(({ attestations }) => attestations),
    timestamps.flatMap(({ branches }) => branches),
  );
  return { ...first, timestamp };
}

class OtherDigest extends WireError {}
class Trailing extends WireError {}

function reading(bytes: Uint8Array, start: (reader: WireReader) => Uint8Array): ReadTimestamp {
  try {
    if (bytes.length > MAX_OTS_BYTES)
      throw new WireError(`expected at most ${MAX_OTS_BYTES} bytes, found ${bytes.length}`);
    const reader = new WireReader(bytes);
    const timestamp = readFrom(start(reader), reader, 0);
    if (reader.rest > 0) throw new Trailing(`expected the end, found ${reader.rest} more bytes`);
    return { ok: true, timestamp };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { ok: false, code: codeOf(error), message: error.message };
  }
}

function codeOf(error: WireError): OtsCode {
  if (error instanceof OtherDigest) return "OTHER_DIGEST";
  return error instanceof Trailing ? "TRAILING" : "NOT_OTS";
}

/** Branches, each but the last behind a fork marker. The depth is bounded, and so is this recursion. */
function readFrom(message: Uint8Array, reader: WireReader, depth: number): Timestamp {
  if (depth > MAX_OPERATIONS_ON_A_PATH)
    throw new WireError(`expected at most ${MAX_OPERATIONS_ON_A_PATH} operations on a path`);
  const attestations: Attestation[] = [];
  const branches: Branch[] = [];
  for (let isLast = false; !isLast; ) {
    const first = reader.byte();
    isLast = first !== FORK;
    const tag = isLast ? first : reader.byte();
    if (tag === ATTESTATION) attestations.push(readAttestation(reader));
    else branches.push(readBranch(message, readOperation(tag, reader), reader, depth));
  }
  return inOrder(message, attestations, branches);
}

function readBranch(message: Uint8Array, operation: Operation, reader: WireReader, depth: number): Branch {
  const next = reader.counted(applyOperation(operation, message));
  return { operation, timestamp: readFrom(next, reader, depth + 1) };
}

function timestampBytes({ attestations, branches }: Timestamp): number[] {
  const ends = [
    ...attestations.toSorted(compareAttestations).map((one) => [ATTESTATION, ...attestationBytes(one)]),
    ...branches
      .toSorted((a, b) => compareOperations(a.operation, b.operation))
      .map(({ operation, timestamp }) => [...operationBytes(operation), ...timestampBytes(timestamp)]),
  ];
  if (ends.length === 0) throw new Error("unreachable: a timestamp ends in attestations");
  return ends.flatMap((end, at) => (at < ends.length - 1 ? [FORK, ...end] : end));
}
