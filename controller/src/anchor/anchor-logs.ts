import { type PowLimit, readCheckpoint } from "@compline/core";
import type { Clock } from "../clock.ts";
import type { Config } from "../config/config.ts";
import { type LoopOptions, repeat } from "../reconcile/loop.ts";
import type { World } from "../reconcile/reconciler.ts";
import type { LogStore, Store } from "../store/contract.ts";
import { Anchorer, type LogRoot } from "./anchorer.ts";
import { planOf } from "./anchors-view.ts";
import { headerSource } from "./headers.ts";
import type { Metrics } from "../metrics.ts";

/** What anchoring is done with while a controller runs. */
export interface AnchorLogsPorts {
  readonly config: Pick<Config, "bitcoin">;
  readonly store: Store;
  readonly clock: Clock;
  readonly pace: LoopOptions & { readonly metrics: Metrics };
  readonly world: () => World | null;
  readonly changed: () => void;
  readonly powLimit?: PowLimit;
}

/** A calendar answers in a second or is slow. */
const deadlineMs = 10_000;
/** How often it is looked whether something is due; asking others has a schedule of its own. */
const everyMs = 5000;

/** Anchors the logs in force until the signal of its pace. */
export async function anchorLogs(ports: AnchorLogsPorts): Promise<void> {
  const { config, store, clock, pace, world, changed, powLimit } = ports;
  const web = { fetch, deadlineMs, signal: pace.signal };
  const anchorer = new Anchorer({
    store,
    newestRoot: (log) => newestRoot(store, log),
    web,
    headers: config.bitcoin === undefined ? null : headerSource(config.bitcoin, web),
    clock,
    log: pace.log,
    metrics: pace.metrics,
    changed,
    ...(powLimit === undefined ? {} : { limit: powLimit }),
  });
  const round = (): Promise<void> =>
    anchorer.round((world()?.partners ?? []).flatMap((one) => planOf(one) ?? []));
  await repeat(round, { ...pace, everyMs });
}

/** Of the newest checkpoint: what was not signed is shown to nobody. */
async function newestRoot(store: LogStore, log: string): Promise<LogRoot | null> {
  const newest = await store.checkpoint(log);
  const read = newest === null ? null : readCheckpoint(newest.note);
  if (read?.ok !== true) return null;
  return { size: read.value.size, root: new Uint8Array(Buffer.from(read.value.root, "hex")) };
}
