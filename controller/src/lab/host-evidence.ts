import type { HealRecord, ObservationResult } from "@compline/core";
import { nextBundle } from "../store/next-bundle.ts";
import type { EvidenceStore } from "../store/contract.ts";

/** What one bundle says of a host. */
export interface SeenOfHost {
  readonly results: readonly ObservationResult[];
  readonly heals: readonly HealRecord[];
}

/** The signed evidence of one host as it comes: each bundle is given out once, in order. */
export class HostEvidence {
  readonly #store: Pick<EvidenceStore, "bundlesSince">;
  readonly #host: string;
  readonly #latest = new Map<string, ObservationResult>();
  #position = 0;

  /** `host` is the ULID. */
  constructor(store: Pick<EvidenceStore, "bundlesSince">, host: string) {
    this.#store = store;
    this.#host = host;
  }

  /** What was last said of a check, as far as bundles were given out. */
  latest(check: string): ObservationResult | undefined {
    return this.#latest.get(check);
  }

  /** Gives out what is kept by now. */
  async catchUp(): Promise<void> {
    await this.until(0, () => undefined);
  }

  /** Gives bundles out until one of them is as wanted; null when none was in time. */
  async until<T>(patienceMs: number, look: (seen: SeenOfHost) => T | undefined): Promise<T | null> {
    const from = { after: this.#position, patienceMs };
    const next = await nextBundle(this.#store, from, (observation, { position }) => {
      this.#position = position;
      const results = (observation?.results ?? []).filter(({ host }) => host === this.#host);
      for (const result of results) this.#latest.set(result.check, result);
      return look({
        results,
        heals: (observation?.heals ?? []).filter(({ host }) => host === this.#host),
      });
    });
    return next?.found ?? null;
  }
}
