import { inclusionProof } from "../log/proof.ts";
import { treeOf } from "../log/testdata/tree-of.ts";
import { deriveOts, type LoggedDigest } from "./derive.ts";
import { encodeTimestamp } from "./timestamp.ts";

const size = 2 ** 14;
const each = 2;

/** The `.ots` files of a log's bundles, from proofs that are there and one stamped root. */
export const bench = {
  figures: [{ name: "derive_ots_per_s", unit: "1/s", goal: ">= 20000" }],
  runs: 5,
  prepare: async () => {
    const { leaves, nodeAt, edge } = treeOf(size);
    const logged = leaves.map((digest, index): LoggedDigest => {
      return { digest, index, size, proof: inclusionProof(index, size, nodeAt) };
    });
    const attestations = [{ kind: "bitcoin" as const, height: 1 }];
    const ofRoot = encodeTimestamp({ message: edge.root(), attestations, branches: [] });
    return { run: async () => derive(logged, ofRoot), close: async () => {} };
  },
};

function derive(
  logged: readonly LoggedDigest[],
  ofRoot: Uint8Array,
): { values: { derive_ots_per_s: number } } {
  const started = performance.now();
  let bytes = 0;
  for (let round = 0; round < each; round++) for (const one of logged) bytes += deriveOts(one, ofRoot).length;
  const seconds = (performance.now() - started) / 1000;
  if (bytes < logged.length * each * 500) throw new Error("files are too short");
  return { values: { derive_ots_per_s: (logged.length * each) / seconds } };
}
