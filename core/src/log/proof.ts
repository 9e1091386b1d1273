import { sha256 } from "@noble/hashes/sha2.js";
import { sameBytes } from "../evidence/signature.ts";
import { consistencyRanges, inclusionRanges, type LeafRange, type NodePlace, placesOf } from "./ranges.ts";
import { foldPeaks, HASH_BYTES, type HashBytes, nodeHash } from "./tree.ts";

/** The hash of a complete subtree of a tree that is there. */
export type NodeAt = (place: NodePlace) => Uint8Array;

/** A tree as its head tells it. */
export interface TreeHead {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** The most hashes a proof of a tree of up to 2^63 leaves has. */
export const MAX_PROOF_HASHES = 63;

/** The proof that a leaf is in the tree of `size` leaves (RFC 6962, 2.1.1). */
export function inclusionProof(
  index: number,
  size: number,
  nodeAt: NodeAt,
  hash: HashBytes = sha256,
): readonly Uint8Array[] {
  if (!(index >= 0 && index < size)) throw new Error(`unreachable: no leaf ${index} in a tree of ${size}`);
  return inclusionRanges(index, size).map((range) => hashOf(range, nodeAt, hash));
}

/** The proof that the tree of `size` leaves begins with the tree of `from` leaves (RFC 6962, 2.1.2). */
export function consistencyProof(
  from: number,
  size: number,
  nodeAt: NodeAt,
  hash: HashBytes = sha256,
): readonly Uint8Array[] {
  if (!(from >= 0 && from <= size)) throw new Error(`unreachable: ${from} is not within ${size}`);
  return consistencyRanges(from, size).map((range) => hashOf(range, nodeAt, hash));
}

/** The root of the first `size` leaves. */
export function rootAt(size: number, nodeAt: NodeAt, hash: HashBytes = sha256): Uint8Array {
  return hashOf({ begin: 0, end: size }, nodeAt, hash);
}

/** Whether the proof leads from a leaf's hash to the root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  { size, root }: TreeHead,
  proof: readonly Uint8Array[],
  hash: HashBytes = sha256,
): boolean {
  if (!areHashes([leaf, root, ...proof]) || !isSize(size) || !isSize(index) || index >= size) return false;
  const climb = new Climb(index, size - 1);
  let node = leaf;
  for (const sibling of proof) {
    if (climb.isAtTop) return false;
    node = climb.isRight ? nodeHash(sibling, node, hash) : nodeHash(node, sibling, hash);
    climb.up();
  }
  return climb.isAtTop && sameBytes(node, root);
}

/**
 * Whether the proof shows that the second tree begins with the first (RFC 9162, 2.1.4.2). From a tree without leaves
 * only the empty proof is one.
 */
export function verifyConsistency(
  first: TreeHead,
  second: TreeHead,
  proof: readonly Uint8Array[],
  hash: HashBytes = sha256,
): boolean {
  if (!areHashes([first.root, second.root, ...proof])) return false;
  if (!isSize(first.size) || !isSize(second.size) || first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && sameBytes(first.root, second.root);
  if (first.size === 0) return proof.length === 0;
  return climbsToBoth(first, second, isPowerOfTwo(first.size) ? [first.root, ...proof] : proof, hash);
}

/** On which side of the way from a leaf to the root each hash of its proof is: true for the left. */
export function proofSides(index: number, size: number): readonly boolean[] {
  const sides: boolean[] = [];
  for (const climb = new Climb(index, size - 1); !climb.isAtTop; climb.up()) sides.push(climb.isRight);
  return sides;
}

function climbsToBoth(
  first: TreeHead,
  second: TreeHead,
  [start, ...siblings]: readonly Uint8Array[],
  hash: HashBytes,
): boolean {
  if (start === undefined) return false;
  const climb = new Climb(first.size - 1, second.size - 1);
  climb.skipRights();
  let [old, node] = [start, start];
  for (const sibling of siblings) {
    if (climb.isAtTop) return false;
    if (climb.isRight) old = nodeHash(sibling, old, hash);
    node = climb.isRight ? nodeHash(sibling, node, hash) : nodeHash(node, sibling, hash);
    climb.up();
  }
  return climb.isAtTop && sameBytes(old, first.root) && sameBytes(node, second.root);
}

/** The way from a leaf to the root: where it stands, and where the last leaf's way stands (fn and sn of RFC 9162). */
class Climb {
  #at: number;
  #last: number;

  constructor(at: number, last: number) {
    this.#at = at;
    this.#last = last;
  }

  get isAtTop(): boolean {
    return this.#last === 0;
  }

  /** Whether the sibling is on the left. */
  get isRight(): boolean {
    return this.#at % 2 === 1 || this.#at === this.#last;
  }

  /** One level up; where there is no sibling, as many as it takes. */
  up(): void {
    if (this.isRight) while (this.#at % 2 === 0 && this.#at !== 0) this.#half();
    this.#half();
  }

  skipRights(): void {
    while (this.#at % 2 === 1) this.#half();
  }

  #half(): void {
    this.#at = Math.floor(this.#at / 2);
    this.#last = Math.floor(this.#last / 2);
  }
}

function hashOf(range: LeafRange, nodeAt: NodeAt, hash: HashBytes): Uint8Array {
  return foldPeaks(placesOf(range).map(nodeAt), hash);
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.length <= MAX_PROOF_HASHES + 2 && hashes.every(({ length }) => length === HASH_BYTES);
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isPowerOfTwo(size: number): boolean {
  return 2 ** Math.floor(Math.log2(size)) === size;
}
