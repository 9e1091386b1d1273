import { sha256 } from "@noble/hashes/sha2.js";
import type { NodeAt } from "../proof.ts";
import { leafHash, TreeEdge } from "../tree.ts";

/** Test support: a tree whose leaf `n` is the SHA-256 of a text (the number itself), with all its hashes. */
export function treeOf(
  size: number,
  textOf: (n: number) => string = String,
): {
  readonly leaves: readonly Uint8Array[];
  readonly hashes: readonly Uint8Array[];
  readonly edge: TreeEdge;
  readonly nodeAt: NodeAt;
} {
  const leaves = Array.from({ length: size }, (_, n) => sha256(new TextEncoder().encode(textOf(n))));
  const hashes = leaves.map((leaf) => leafHash(leaf));
  const nodes = new Map<string, Uint8Array>();
  const edge = new TreeEdge();
  for (const leaf of hashes)
    edge.append(leaf, ({ level, index, hash }) => nodes.set(`${level}/${index}`, hash));
  const nodeAt: NodeAt = ({ level, index }) => {
    const hash = nodes.get(`${level}/${index}`);
    if (hash === undefined) throw new Error(`no complete subtree ${level}/${index}`);
    return hash;
  };
  return { leaves, hashes, edge, nodeAt };
}
