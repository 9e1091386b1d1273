import { type FuzzTarget, isWrittenAgain } from "../testdata/fuzz-target.ts";
import { sameBytes } from "../evidence/signature.ts";
import { inclusionProof } from "../log/proof.ts";
import { treeOf } from "../log/testdata/tree-of.ts";
import { HEADER_BYTES, hasWork, readBlockHeader } from "./block-header.ts";
import { deriveOts } from "./derive.ts";
import { judgeBlocks } from "./judge-blocks.ts";
import { easiestLimit, mineHeader } from "./testdata/mine.ts";
import { attestedMessages, encodeOts, encodeTimestamp, readOts } from "./timestamp.ts";

/** What a calendar, or whoever made a kit, says about time. */
export const fuzz: readonly FuzzTarget[] = [
  { name: "ots", seeds: otsFiles, judge: judgeOts },
  { name: "block-header", seeds: headers, judge: judgeHeader },
  { name: "headers.bin", seeds: minedHeaders, judge: judgeHeaders },
];

/** An attestation with its fork marker, tag and length: what stands twice takes at least as many bytes. */
const LEAST_TWICE = 10;

/** Others may write branches in another order than we do, or twice; every number has one form all the same. */
function judgeOts(file: Uint8Array): boolean {
  const read = readOts(file);
  if (!read.ok) return false;
  attestedMessages(read.timestamp);
  const written = encodeOts(read.timestamp);
  const less = file.length - written.length;
  const isReordered = less === 0 && sameBytes(file.toSorted(), written.toSorted());
  if (!isReordered && less < LEAST_TWICE) throw new Error("accepted, and written again it is another file");
  const again = readOts(written);
  if (!again.ok) throw new Error(`accepted, and refused when written again: ${again.message}`);
  return isWrittenAgain(written, encodeOts(again.timestamp));
}

function judgeHeader(file: Uint8Array): boolean {
  const header = readBlockHeader(file);
  if (header !== null) hasWork(header);
  return header !== null;
}

async function otsFiles(): Promise<readonly Uint8Array[]> {
  const { leaves, nodeAt, edge } = treeOf(300);
  const ofRoot = encodeTimestamp({
    message: edge.root(),
    attestations: [
      { kind: "pending", uri: "https://calendar.example.com" },
      { kind: "bitcoin", height: 912_345 },
      { kind: "unknown", tag: "0102030405060708", payload: Uint8Array.of(1, 2, 3) },
    ],
    branches: [],
  });
  return [0, 7, 299].map((index) => {
    const digest = leaves[index] ?? new Uint8Array();
    return deriveOts({ digest, index, size: 300, proof: inclusionProof(index, 300, nodeAt) }, ofRoot);
  });
}

/** A header with the easiest target. */
async function headers(): Promise<readonly Uint8Array[]> {
  const genesis = new Uint8Array(80);
  genesis[0] = 1;
  genesis.set([0xff, 0xff, 0x00, 0x1d], 72);
  return [genesis];
}

const MESSAGE = new Uint8Array(32).fill(7);
const LINKED = mineHeader("00".repeat(32), MESSAGE, 1_300_000_000);
const PINNED = mineHeader(readBlockHeader(LINKED)?.hash ?? "", new Uint8Array(32), 1_300_000_600);
const PINS = [{ height: 101, hash: readBlockHeader(PINNED)?.hash ?? "" }];

/** Two headers, of which the second is pinned and so vouches for the first. */
async function minedHeaders(): Promise<readonly Uint8Array[]> {
  return [Uint8Array.from([...LINKED, ...PINNED])];
}

/** Accepted when the headers show that the message is in the block before the pinned one: then not a bit of that is another. */
function judgeHeaders(file: Uint8Array): boolean {
  const headers = Array.from({ length: Math.floor(file.length / HEADER_BYTES) }, (_, at) =>
    file.subarray(at * HEADER_BYTES, (at + 1) * HEADER_BYTES),
  );
  const timestamp = {
    message: MESSAGE,
    attestations: [{ kind: "bitcoin", height: 100 }],
    branches: [],
  } as const;
  const judged = judgeBlocks(timestamp, { headers, pins: PINS, limit: easiestLimit });
  if (judged[0]?.standing !== "pinned") return false;
  if (headers.some((header) => sameBytes(header, LINKED))) return true;
  throw new Error("a header that nobody pinned is taken for one that is");
}
