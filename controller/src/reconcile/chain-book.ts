import { setImmediate } from "node:timers/promises";
import {
  type ChainRecord,
  type ChainRecorder,
  continuationOf,
  createChainRecorder,
  toldAt,
} from "@compline/core";
import type { StoredBundle as RecordedBundle } from "@compline/core";
import type { ChainPlace, EvidenceStore, StoredBundle } from "../store/contract.ts";
import { isOfAuthority, keptPredicate } from "../store/kept-predicate.ts";

/** Where a book ends: what bundles up to a position tell of the time up to an instant. */
export interface Horizon {
  readonly at: string;
  /** A position of the store. */
  readonly known: number;
}

interface Chain {
  readonly recorder: ChainRecorder;
  /** Places that were received, to tell a fork. */
  readonly places: Set<string>;
  /** The first bundles that tell of a time after the horizon, in order of place. */
  beyond: readonly RecordedBundle[];
  /** Places whose bundles were erased: nothing is missing there. */
  readonly erased: readonly ChainPlace[];
}

/** As many bundles beyond the horizon are kept: the next observation, and events before it. */
const keptBeyond = 4;

/** How many are in memory at a time: of a large site each has more than 100 KB. */
const batch = 64;
/** How many are read before other work has its turn: a few milliseconds. */
export const atOnce = 16;

/**
 * What every chain comes to, kept up with the store, or up to a horizon: each bundle is read once, unless one comes
 * late.
 */
export class ChainBook {
  readonly #store: EvidenceStore;
  readonly #horizon: Horizon | null;
  readonly #chains = new Map<string, Chain>();
  readonly #forgotten = new Set<string>();
  #position = 0;
  #working: Promise<void> = Promise.resolve();

  constructor(store: EvidenceStore, horizon: Horizon | null = null) {
    this.#store = store;
    this.#horizon = horizon;
  }

  /** Brings the book up to the store and answers the position it is at now. */
  async update(): Promise<number> {
    // One at a time: two at once would take a bundle twice.
    this.#working = this.#working.catch(() => undefined).then(() => this.#follow());
    await this.#working;
    return this.#position;
  }

  /** The records by chain id. */
  records(): ReadonlyMap<string, ChainRecord> {
    return new Map([...this.#chains].map(([id, chain]) => [id, this.#recordOf(chain)]));
  }

  /** Has a chain read anew at the next update: bytes of it were erased. */
  forget(id: string): void {
    if (this.#chains.has(id)) this.#forgotten.add(id);
  }

  #recordOf({ recorder, beyond, places, erased }: Chain): ChainRecord {
    const record = withoutErased(
      recorder.record(),
      erased.filter(({ epoch, seq }) => !places.has(`${epoch}/${seq}`)),
    );
    return this.#horizon === null
      ? record
      : { ...record, continued: continuationOf(record, beyond, this.#horizon.at) };
  }

  async #follow(): Promise<void> {
    for (const id of this.#forgotten) {
      this.#forgotten.delete(id);
      await this.#rebuild(id, this.#position);
    }
    for (;;) {
      const bundles = await this.#store.bundlesSince(this.#position, batch);
      for (const bundle of bundles) {
        if (this.#horizon !== null && bundle.position > this.#horizon.known) return;
        if (!isOfAuthority(bundle)) await this.#take(bundle);
        this.#position = bundle.position;
        // Reading thousands takes seconds; requests are answered in between.
        if (bundle.position % atOnce === 0) await setImmediate();
      }
      if (bundles.length < batch) return;
    }
  }

  async #take(bundle: StoredBundle): Promise<void> {
    const chain = this.#chains.get(bundle.chain) ?? (await this.#newChain(bundle.chain));
    this.#chains.set(bundle.chain, chain);
    if (this.#add(chain, bundle) === "rebuild") await this.#rebuild(bundle.chain, bundle.position);
  }

  /** Feeds the chain anew in its own order, up to a position: what came later has its turn in `follow`. */
  async #rebuild(id: string, upTo: number): Promise<void> {
    const chain = await this.#newChain(id);
    this.#chains.set(id, chain);
    let from = { epoch: 0, seq: 0 };
    for (;;) {
      const range = await this.#store.chainRange({ chain: id, from, limit: batch });
      for (const bundle of range) if (bundle.position <= upTo) this.#add(chain, bundle);
      const last = range.at(-1);
      if (last === undefined || range.length < batch) return;
      from = { epoch: last.epoch, seq: last.seq + 1 };
    }
  }

  async #newChain(id: string): Promise<Chain> {
    const erased = await this.#store.erasedPlaces(id);
    return { recorder: createChainRecorder(id), places: new Set(), beyond: [], erased };
  }

  #add(chain: Chain, bundle: StoredBundle): "taken" | "rebuild" {
    const { recorder, places } = chain;
    const place = `${bundle.epoch}/${bundle.seq}`;
    const recorded = recordedOf(bundle, places.has(place));
    if (this.#horizon !== null && toldAt(recorded) > this.#horizon.at) {
      chain.beyond = [...chain.beyond, recorded].toSorted(byPlace).slice(0, keptBeyond);
      return "taken";
    }
    places.add(place);
    return recorder.add(recorded);
  }
}

/** What an erased bundle said is not known, so the doubt of a gap stays; but nothing is missing. */
function withoutErased(record: ChainRecord, erased: readonly ChainPlace[]): ChainRecord {
  const { completeness } = record;
  if (completeness === null || erased.length === 0) return record;
  const { from, to, gaps } = completeness;
  const within = erased.filter((place) => !isBefore(place, from) && !isBefore(to, place)).length;
  return { ...record, completeness: { ...completeness, gaps: gaps - within } };
}

function isBefore(a: ChainPlace, b: ChainPlace): boolean {
  return a.epoch < b.epoch || (a.epoch === b.epoch && a.seq < b.seq);
}

function byPlace({ predicate: a }: RecordedBundle, { predicate: b }: RecordedBundle): number {
  return a.chain.epoch - b.chain.epoch || a.chain.seq - b.chain.seq;
}

function recordedOf(bundle: StoredBundle, fork: boolean): RecordedBundle {
  const { digest, keyid, receivedAt, leaf } = bundle;
  return { digest, predicate: keptPredicate(bundle), keyid, receivedAt, leaf, fork };
}
