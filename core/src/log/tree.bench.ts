import { hash } from "node:crypto";
import { leafHash, TreeEdge } from "./tree.ts";

const leaves = 300_000;

/** Leaves appended to a tree in memory, each hash that is complete told to whoever keeps it. */
export const bench = {
  figures: [{ name: "log_append_per_s", unit: "1/s", goal: ">= 200000" }],
  runs: 5,
  prepare: async () => ({ run: async () => append(), close: async () => {} }),
};

function append(): { values: { log_append_per_s: number } } {
  const sha256 = (bytes: Uint8Array): Uint8Array => hash("sha256", bytes, "buffer");
  const edge = new TreeEdge(sha256);
  const data = new Uint8Array(32);
  const view = new DataView(data.buffer);
  let told = 0;
  const started = performance.now();
  for (let n = 0; n < leaves; n++) {
    view.setUint32(0, n);
    edge.append(leafHash(data, sha256), () => (told += 1));
  }
  const seconds = (performance.now() - started) / 1000;
  if (told < leaves) throw new Error("hashes were not told");
  return { values: { log_append_per_s: leaves / seconds } };
}
