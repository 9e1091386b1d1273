import type { Bundle } from "./chain.ts";
import type { ChainPlace, Digest, LostRun } from "./statement.ts";

/** What an appliance's own event says of it. */
export interface Loss extends LostRun {
  /** Where the event stands. */
  readonly told: Pick<ChainPlace, "epoch" | "seq">;
}

/** By the chain's id. */
export type Losses = ReadonlyMap<string, readonly Loss[]>;

/** Missing places of one epoch that follow on; `next` is what the bundle behind them names as its predecessor. */
export interface Gap {
  readonly chain: string;
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  readonly next: Digest | null;
}

/** What appliances say that they dropped, in bundles that count. */
export function lossesOf(bundles: readonly Bundle[]): Losses {
  const losses = bundles.flatMap(({ predicate }) => {
    if (predicate.kind !== "event" || predicate.event.type !== "loss") return [];
    const { chain, event } = predicate;
    return event.runs.map((run) => ({ ...run, told: chain, chain: chain.id }));
  });
  return Map.groupBy(losses, ({ chain }) => chain);
}

/**
 * Whether all of a gap is told, in the chain behind it, as dropped: by a run that ends where the gap does, with the digest
 * that the next bundle names, and by others that end where that one begins.
 */
export function isTold({ chain, epoch, from, to, next }: Gap, losses: Losses): boolean {
  const runs = (losses.get(chain) ?? []).filter((loss) => loss.epoch === epoch && isBehind(loss, to));
  let end = to;
  let run = runs.find((loss) => loss.to === end && loss.last === next);
  while (run !== undefined && run.from > from) {
    end = run.from - 1;
    run = runs.find((loss) => loss.to === end);
  }
  return run !== undefined;
}

function isBehind({ told, epoch }: Loss, to: number): boolean {
  return told.epoch > epoch || (told.epoch === epoch && told.seq > to);
}
