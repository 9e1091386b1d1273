import { EventEmitter, once } from "node:events";
import type { HealRecord, ObservationResult } from "@compline/core";
import { nextBundle } from "../store/next-bundle.ts";
import type { EvidenceStore } from "../store/contract.ts";

/** What one bundle says of a host. */
export interface SeenOfHost {
  readonly results: readonly ObservationResult[];
  readonly heals: readonly HealRecord[];
}

/** What is signed of a host from some moment on: each bundle is given out once, in order. */
export interface EvidenceWatch {
  /** Gives bundles out until one of them is as wanted; null when none was in time. */
  until<T>(patienceMs: number, look: (seen: SeenOfHost) => T | undefined): Promise<T | null>;
}

const READ_MS = 1000;

/** The signed evidence of one host as it comes. */
export class HostEvidence {
  readonly #store: Pick<EvidenceStore, "bundlesSince">;
  readonly #host: string;
  readonly #seen: SeenOfHost[] = [];
  readonly #latest = new Map<string, ObservationResult>();
  readonly #healedAt = new Map<string, number>();
  readonly #came = new EventEmitter();

  /** `host` is the ULID. */
  constructor(store: Pick<EvidenceStore, "bundlesSince">, host: string) {
    this.#store = store;
    this.#host = host;
    this.#came.setMaxListeners(0);
  }

  /** Reads what comes until the signal. */
  async follow(signal: AbortSignal): Promise<void> {
    for (let after = 0; !signal.aborted; ) {
      const next = await nextBundle(this.#store, { after, patienceMs: READ_MS }, (observation, bundle) => {
        after = bundle.position;
        this.#take({
          results: (observation?.results ?? []).filter(({ host }) => host === this.#host),
          heals: (observation?.heals ?? []).filter(({ host }) => host === this.#host),
        });
        return undefined;
      });
      if (next !== null) throw new Error("unreachable: nothing is looked for");
    }
  }

  /** What was last said of a check. */
  latest(check: string): ObservationResult | undefined {
    return this.#latest.get(check);
  }

  /** How many milliseconds ago it was last said that a check was healed, or that it was tried; null when never. */
  sinceHealMs(check: string): number | null {
    const at = this.#healedAt.get(check);
    return at === undefined ? null : performance.now() - at;
  }

  /** From now on. */
  watch(): EvidenceWatch {
    let next = this.#seen.length;
    return {
      until: async (patienceMs, look) => {
        const limit = AbortSignal.timeout(Math.max(0, Math.round(patienceMs)));
        for (;;) {
          for (; next < this.#seen.length; ) {
            const seen = this.#seen[next++];
            const found = seen === undefined ? undefined : look(seen);
            if (found !== undefined) return found;
          }
          if (limit.aborted) return null;
          await once(this.#came, "bundle", { signal: limit }).catch(() => undefined);
        }
      },
    };
  }

  #take(seen: SeenOfHost): void {
    for (const result of seen.results) this.#latest.set(result.check, result);
    for (const { check } of seen.heals) this.#healedAt.set(check, performance.now());
    this.#seen.push(seen);
    this.#came.emit("bundle");
  }
}
