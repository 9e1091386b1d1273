import { prepareLoad } from "../testdata/loaded-controller.ts";

const size = { boxes: 64, length: 200 };

/** 64 connections, each an appliance that posts its chain bundle by bundle to a real controller process. */
export const bench = {
  figures: [
    { name: "ingest_single_per_s", unit: "1/s", goal: ">= 3000" },
    { name: "ingest_single_p99_ms", unit: "ms", goal: "<= 50" },
  ],
  runs: 3,
  prepare: async () => {
    const load = await prepareLoad(
      {
        contentType: "application/json",
        connections: (chains) => chains.map(({ envelopes }) => envelopes),
      },
      size,
    );
    return {
      run: async () => {
        const { seconds, requests, p99Ms, statuses, cpuS } = await load.run();
        if (statuses["201"] !== requests) throw new Error(`answers by status: ${JSON.stringify(statuses)}`);
        return { values: { ingest_single_per_s: requests / seconds, ingest_single_p99_ms: p99Ms }, cpuS };
      },
      close: load.close,
    };
  },
};
