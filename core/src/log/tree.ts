import { sha256 } from "@noble/hashes/sha2.js";

/**
 * A synchronous SHA-256 that answers 32 bytes. The default is portable; a shell on Node passes
 * `(bytes) => hash("sha256", bytes, "buffer")` of node:crypto.
 */
export type HashBytes = (bytes: Uint8Array) => Uint8Array;

/** How many bytes a hash has. */
export const HASH_BYTES = 32;

/** One hash of a tree: `index` counts the complete subtrees of 2^level leaves from the left. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

const leafInput = new Uint8Array(1 + HASH_BYTES);
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES);
nodeInput[0] = 1;

/** The hash of a leaf: SHA-256(00 ‖ data). Our leaves are the 32 bytes of an envelope's digest (RFC 6962, 2.1). */
export function leafHash(data: Uint8Array, hash: HashBytes = sha256): Uint8Array {
  if (data.length !== HASH_BYTES) throw new Error(`unreachable: a leaf has ${HASH_BYTES} bytes`);
  leafInput.set(data, 1);
  return hash(leafInput);
}

/** The hash of a node: SHA-256(01 ‖ left ‖ right) (RFC 6962, 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: HashBytes = sha256): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return hash(nodeInput);
}

/** The root of a tree without leaves. */
export function emptyRoot(hash: HashBytes = sha256): Uint8Array {
  return hash(new Uint8Array(0));
}

/**
 * The growing right edge of a tree: all that is needed to append and to tell the root, and no more (one hash for each
 * bit that is set in its size).
 */
export class TreeEdge {
  readonly #hash: HashBytes;
  readonly #peaks: Uint8Array[];
  #size: number;

  /** `peaks` are the hashes of the complete subtrees of a tree of `size` leaves, the largest first. */
  constructor(hash: HashBytes = sha256, size = 0, peaks: readonly Uint8Array[] = []) {
    if (peaks.length !== bitsSet(size)) throw new Error("unreachable: one peak for each bit of the size");
    this.#hash = hash;
    this.#size = size;
    this.#peaks = [...peaks];
  }

  /** How many leaves there are. */
  get size(): number {
    return this.#size;
  }

  /** Appends a leaf's hash; tells each hash that is complete from now on, the leaf's first. */
  append(leaf: Uint8Array, tell?: (node: TreeNode) => void): void {
    let node: TreeNode = { level: 0, index: this.#size, hash: leaf };
    tell?.(node);
    while (node.index % 2 === 1) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new Error("unreachable: an odd subtree has a left neighbour");
      const index = (node.index - 1) / 2;
      node = { level: node.level + 1, index, hash: nodeHash(left, node.hash, this.#hash) };
      tell?.(node);
    }
    this.#peaks.push(node.hash);
    this.#size += 1;
  }

  /** The root (RFC 6962, 2.1: MTH of all leaves). */
  root(): Uint8Array {
    return foldPeaks(this.#peaks, this.#hash);
  }
}

/** The hash over neighbouring complete subtrees, the largest first. */
export function foldPeaks(peaks: readonly Uint8Array[], hash: HashBytes = sha256): Uint8Array {
  const [last, ...rest] = peaks.toReversed();
  if (last === undefined) return emptyRoot(hash);
  return rest.reduce((right, left) => nodeHash(left, right, hash), last);
}

function bitsSet(size: number): number {
  let bits = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}
