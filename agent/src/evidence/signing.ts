import type { BoxStop } from "@compline/core/appliance";

/** Why nothing is signed: the controller has more of this chain than the box, or the disk takes nothing. */
export type SigningStop = Extract<BoxStop, "CHAIN_SET_BACK" | "DISK_FULL">;

/** Whether bundles may be signed now, as the loops of one appliance know it together. */
export class Signing {
  readonly #asked = Promise.withResolvers<void>();
  readonly #stops = new Set<SigningStop>();

  /** Resolves once the controller was asked for the chain's head, whether it answered or not. */
  get asked(): Promise<void> {
    return this.#asked.promise;
  }

  /** Empty while bundles may be signed. */
  get stops(): readonly SigningStop[] {
    return [...this.#stops];
  }

  /** The controller was asked. */
  settle(): void {
    this.#asked.resolve();
  }

  /** Sets or lifts a stop. True when that changed anything. */
  put(stop: SigningStop, isStopped: boolean): boolean {
    if (this.#stops.has(stop) === isStopped) return false;
    if (isStopped) this.#stops.add(stop);
    else this.#stops.delete(stop);
    return true;
  }
}
