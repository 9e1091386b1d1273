import { join } from "node:path";
import { nodeEngine } from "../crypto.ts";
import { createLog } from "../log.ts";
import type { LogStore } from "../store/contract.ts";
import { HighWater } from "../transparency/high-water.ts";
import { CheckpointSigner, type SignerPorts } from "../transparency/signer.ts";

/** A signer of the logs of a store, as after a start: what outlives it, keys and marks, is in a folder. */
export async function openSigner(
  store: LogStore,
  folder: string,
  more: Partial<SignerPorts> = {},
): Promise<CheckpointSigner> {
  return new CheckpointSigner({
    store,
    keys: join(folder, "keys"),
    highWater: await HighWater.open(join(folder, "high-water.json")),
    engine: nodeEngine(),
    clock: Date.now,
    log: createLog("silent"),
    crashPoint: () => undefined,
    ...more,
  });
}
