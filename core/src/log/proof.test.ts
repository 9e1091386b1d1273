import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../evidence/digest.ts";
import { treeOf } from "./testdata/tree-of.ts";
import { consistencyProof, inclusionProof, rootAt, verifyConsistency, verifyInclusion } from "./proof.ts";
import { TreeEdge } from "./tree.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (value: Uint8Array): string => Buffer.from(value).toString("hex");
const plain = (input: Uint8Array): Uint8Array => bytes(sha256Hex(input));

/** MTH as RFC 6962 2.1 writes it down: another way to the same root. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return plain(new Uint8Array(0));
  if (leaves.length === 1) return plain(Uint8Array.of(0, ...only));
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)].map(rootByDefinition);
  return plain(Uint8Array.of(1, ...(left ?? []), ...(right ?? [])));
}

const largest = 70;
const { leaves, hashes, nodeAt } = treeOf(largest);
const roots = Array.from({ length: largest + 1 }, (_, size) => rootAt(size, nodeAt));
const head = (size: number) => ({ size, root: roots[size] ?? new Uint8Array(0) });
const size = fc.integer({ min: 1, max: largest });

describe("a tree", () => {
  it("has the root that RFC 6962 defines, at every size, however it was reached", () => {
    const edge = new TreeEdge();
    for (let count = 0; count <= largest; count++) {
      expect(hex(edge.root())).toBe(hex(rootByDefinition(leaves.slice(0, count))));
      expect(hex(rootAt(count, nodeAt))).toBe(hex(edge.root()));
      const next = hashes[count];
      if (next !== undefined) edge.append(next);
    }
  });
});

describe("an inclusion proof", () => {
  it("proves every leaf of every size", () => {
    for (let count = 1; count <= largest; count++)
      for (let index = 0; index < count; index++) {
        const proof = inclusionProof(index, count, nodeAt);
        expect(verifyInclusion(hashes[index] ?? new Uint8Array(0), index, head(count), proof)).toBe(true);
      }
  });

  it("proves no other leaf, place, size or root, and not with a hash more, less or changed", () => {
    const flips = fc.record({ size, at: fc.nat(), other: fc.nat(), bit: fc.nat(255) });
    fc.assert(
      fc.property(flips, ({ size: count, at, other, bit }) => {
        const index = at % count;
        const leaf = hashes[index] ?? new Uint8Array(0);
        const proof = inclusionProof(index, count, nodeAt);
        const wrong = (other % largest) + (other % largest === index ? 1 : 0);
        expect(verifyInclusion(hashes[wrong] ?? leaf.slice(1), index, head(count), proof)).toBe(false);
        expect(verifyInclusion(leaf, wrong, head(count), proof)).toBe(false);
        expect(verifyInclusion(leaf, index, { ...head(count), root: flip(roots[count], bit) }, proof)).toBe(
          false,
        );
        expect(verifyInclusion(leaf, index, head(count), [...proof, leaf])).toBe(false);
        expect(verifyInclusion(leaf, index, head(count), [leaf, ...proof])).toBe(false);
        const place = proof.length === 0 ? 0 : other % proof.length;
        if (proof.length === 0) return;
        expect(verifyInclusion(leaf, index, head(count), proof.toSpliced(place, 1))).toBe(false);
        const changed = proof.with(place, flip(proof[place], bit));
        expect(verifyInclusion(leaf, index, head(count), changed)).toBe(false);
      }),
    );
  });
});

describe("a consistency proof", () => {
  it("proves every size against every later one", () => {
    for (let to = 0; to <= largest; to++)
      for (let from = 0; from <= to; from++)
        expect(verifyConsistency(head(from), head(to), consistencyProof(from, to, nodeAt))).toBe(true);
  });

  it("proves no other root or size, and not with a hash more, less or changed", () => {
    const flips = fc.record({ to: size, at: fc.nat(), other: fc.nat(), bit: fc.nat(255) });
    fc.assert(
      fc.property(flips, ({ to, at, other, bit }) => {
        const from = 1 + (at % to);
        const proof = consistencyProof(from, to, nodeAt);
        const [first, second] = [head(from), head(to)];
        expect(verifyConsistency({ ...first, root: flip(first.root, bit) }, second, proof)).toBe(false);
        expect(verifyConsistency(first, { ...second, root: flip(second.root, bit) }, proof)).toBe(false);
        expect(verifyConsistency(first, second, [...proof, first.root])).toBe(false);
        expect(verifyConsistency(second, first, proof)).toBe(to === from);
        if (proof.length === 0) return;
        const place = other % proof.length;
        expect(verifyConsistency(first, second, proof.toSpliced(place, 1))).toBe(false);
        expect(verifyConsistency(first, second, proof.with(place, flip(proof[place], bit)))).toBe(false);
      }),
    );
  });

  it("from a tree without leaves is the empty one", () => {
    expect(verifyConsistency(head(0), head(5), [])).toBe(true);
    expect(verifyConsistency(head(0), head(5), [head(1).root])).toBe(false);
  });
});

const vectors = join(import.meta.dirname, "../../../../shared/vectors/merkle");
const noVectors = existsSync(vectors) ? "" : " (skipped, no vectors)";
const read = (kind: string): readonly unknown[] =>
  globSync(join(vectors, kind, "**/*.json")).map((file) => JSON.parse(readFileSync(file, "utf8")));
const decode = (text: string | null): Uint8Array => Uint8Array.from(Buffer.from(text ?? "", "base64"));

describe.skipIf(noVectors !== "")(`the public vectors${noVectors}`, () => {
  type Inclusion = {
    wantErr: boolean;
    leafIdx: number;
    treeSize: number;
    root: string;
    leafHash: string;
    proof: string[] | null;
  };
  it("of inclusion give the verdicts they want", () => {
    const all = read("inclusion") as readonly Inclusion[];
    expect(all.length).toBeGreaterThan(50);
    const verdicts = all.map(({ leafIdx, treeSize, root, leafHash, proof }) =>
      verifyInclusion(
        decode(leafHash),
        leafIdx,
        { size: treeSize, root: decode(root) },
        (proof ?? []).map(decode),
      ),
    );
    expect(verdicts).toEqual(all.map(({ wantErr }) => !wantErr));
  });

  type Consistency = {
    wantErr: boolean;
    size1: number;
    size2: number;
    root1: string;
    root2: string;
    proof: string[] | null;
    desc: string;
  };
  it("of consistency give the verdicts they want, but where a hash has no 32 bytes", () => {
    const all = read("consistency") as readonly Consistency[];
    expect(all.length).toBeGreaterThan(50);
    const differing = all.filter(({ size1, size2, root1, root2, proof, wantErr }) => {
      const [first, second] = [
        { size: size1, root: decode(root1) },
        { size: size2, root: decode(root2) },
      ];
      return verifyConsistency(first, second, (proof ?? []).map(decode)) === wantErr;
    });
    expect(differing.map(({ desc, size1 }) => [size1, desc])).toMatchInlineSnapshot(`
      [
        [
          1,
          "sizes are equal (one) and proof is empty",
        ],
      ]
    `);
  });
});

function flip(value: Uint8Array | undefined, bit: number): Uint8Array {
  const changed = Uint8Array.from(value ?? []);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}
