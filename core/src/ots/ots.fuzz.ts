import { type FuzzTarget, isWrittenAgain } from "../testdata/fuzz-target.ts";
import { sameBytes } from "../evidence/signature.ts";
import { inclusionProof } from "../log/proof.ts";
import { treeOf } from "../log/testdata/tree-of.ts";
import { hasWork, readBlockHeader } from "./block-header.ts";
import { deriveOts } from "./derive.ts";
import { attestedMessages, encodeOts, encodeTimestamp, readOts } from "./timestamp.ts";

/** What a calendar, or whoever made a kit, says about time. */
export const fuzz: readonly FuzzTarget[] = [
  { name: "ots", seeds: otsFiles, judge: judgeOts },
  { name: "block-header", seeds: headers, judge: judgeHeader },
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
