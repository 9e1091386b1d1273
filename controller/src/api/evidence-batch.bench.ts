import { prepareLoad } from "../testdata/loaded-controller.ts";

const size = { boxes: 64, length: 200 };
const batch = 100;
const newline = new Uint8Array([0x0a]);

/** 8 connections that post the chains of 64 appliances in batches of 100 to a real controller process. */
export const bench = {
  figures: [{ name: "ingest_batch_per_s", unit: "1/s", goal: ">= 6000" }],
  runs: 3,
  prepare: async () => {
    const load = await prepareLoad(
      {
        contentType: "application/x-ndjson",
        connections: (chains) => {
          const bodies = chains.map(({ envelopes }) => batchesOf(envelopes));
          return Array.from({ length: 8 }, (_, at) => bodies.filter((_body, n) => n % 8 === at).flat());
        },
      },
      size,
    );
    return {
      run: async () => {
        const { seconds, accepted, cpuS } = await load.run();
        if (accepted !== size.boxes * size.length) throw new Error(`${accepted} were accepted`);
        return { values: { ingest_batch_per_s: accepted / seconds }, cpuS };
      },
      close: load.close,
    };
  },
};

function batchesOf(envelopes: readonly Uint8Array[]): readonly Uint8Array[] {
  return Array.from({ length: envelopes.length / batch }, (_, at) => {
    const lines = envelopes.slice(at * batch, (at + 1) * batch).flatMap((bytes) => [bytes, newline]);
    return Buffer.concat(lines);
  });
}
