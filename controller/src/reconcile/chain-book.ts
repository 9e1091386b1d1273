import { setImmediate } from "node:timers/promises";
import {
  type ChainRecord,
  type ChainRecorder,
  continuationOf,
  createChainRecorder,
  SAVED_CHAIN_FORM,
  type SavedChain,
  toldAt,
} from "@compline/core";
import type { StoredBundle as RecordedBundle } from "@compline/core";
import type { ChainPlace, ChainStore, EvidenceStore, StoredBundle, StoredChain } from "../store/contract.ts";
import { ControllerError } from "../errors.ts";
import { isOfAuthority, keptPredicate } from "../store/kept-predicate.ts";
import { Places, type SavedPlaces } from "./places.ts";

/** Where a book ends: what bundles up to a position tell of the time up to an instant. */
export interface Horizon {
  readonly at: string;
  /** A position of the store. */
  readonly known: number;
}

/** What every chain comes to. */
export interface Book {
  /** Brings it up to what it reads from, and answers the position it is at now. Throws STORE_IO. */
  update(): Promise<number>;
  /** The records by chain id, as of the last update. */
  records(): ReadonlyMap<string, ChainRecord>;
}

/** How a book reads and keeps; without any of this it begins from what is kept, and keeps nothing. */
export interface BookOptions {
  /** Where it ends. What is kept goes beyond any such end, so that all bundles are read. */
  readonly horizon?: Horizon;
  /** Keeps in the store what chains come to whenever it read so many bytes of bundles since it last did. */
  readonly keepAfterBytes?: number;
}

interface Chain {
  readonly recorder: ChainRecorder;
  /** Up to which position it is worked out. */
  upTo: number;
  /** Places that were received, to tell a fork. */
  readonly places: Places;
  /** The first bundles that tell of a time after the horizon, in order of place. */
  beyond: readonly RecordedBundle[];
  /** Places whose bundles were erased: nothing is missing there. */
  readonly erased: readonly ChainPlace[];
}

/** A chain as the store keeps it. */
interface KeptChain {
  readonly places: SavedPlaces;
  readonly record: SavedChain;
}

const form = `${SAVED_CHAIN_FORM}`;

/** When a controller keeps what chains come to: to read as much again takes a tenth of a second. */
export const KEEP_AFTER_BYTES = 16 * 1024 * 1024;

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
export class ChainBook implements Book {
  readonly #store: EvidenceStore & ChainStore;
  readonly #horizon: Horizon | null;
  readonly #keepAfterBytes: number;
  readonly #chains = new Map<string, Chain>();
  /** Chains that are not kept as they are now. */
  readonly #changed = new Set<string>();
  /** Chains that are to be read anew. */
  readonly #forgotten = new Set<string>();
  #begun = false;
  #position = 0;
  #unkeptBytes = 0;
  #working: Promise<void> = Promise.resolve();

  constructor(
    store: EvidenceStore & ChainStore,
    { horizon, keepAfterBytes = Number.POSITIVE_INFINITY }: BookOptions = {},
  ) {
    this.#store = store;
    this.#horizon = horizon ?? null;
    this.#keepAfterBytes = keepAfterBytes;
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
    this.#forgotten.add(id);
  }

  #recordOf({ recorder, beyond, places, erased }: Chain): ChainRecord {
    const record = withoutErased(
      recorder.record(),
      erased.filter((place) => !places.has(place)),
    );
    return this.#horizon === null
      ? record
      : { ...record, continued: continuationOf(record, beyond, this.#horizon.at) };
  }

  async #follow(): Promise<void> {
    await this.#begin();
    await this.#readOn();
    for (const id of this.#forgotten) await this.#recall(id);
    if (this.#unkeptBytes >= this.#keepAfterBytes) await this.#tryToKeep();
  }

  /** Reads a forgotten chain anew; it may be forgotten again meanwhile. */
  async #recall(id: string): Promise<void> {
    this.#forgotten.delete(id);
    try {
      if (this.#chains.has(id)) await this.#rebuild(id, this.#position);
    } catch (error) {
      this.#forgotten.add(id);
      throw error;
    }
  }

  /** Begins from what is kept. */
  async #begin(): Promise<void> {
    if (this.#begun || this.#horizon !== null) return;
    const { upTo, chains } = await this.#store.chains(form);
    for (const { chain, position, state } of chains) {
      if (state === null) await this.#rebuild(chain, position);
      else this.#chains.set(chain, await this.#keptChain({ chain, position, state }));
    }
    this.#position = upTo;
    this.#begun = true;
  }

  async #keptChain(kept: {
    readonly chain: string;
    readonly position: number;
    readonly state: string;
  }): Promise<Chain> {
    // Our own: it was written by `keep` below.
    const { places, record } = JSON.parse(kept.state) as KeptChain;
    const recorder = createChainRecorder(kept.chain, record);
    const erased = await this.#store.erasedPlaces(kept.chain);
    return { recorder, upTo: kept.position, places: new Places(places), beyond: [], erased };
  }

  async #readOn(): Promise<void> {
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

  /** On a full disk what was read stands all the same; the next update tries again. */
  async #tryToKeep(): Promise<void> {
    try {
      await this.#keep();
    } catch (error) {
      if (!(error instanceof ControllerError) || error.code !== "STORE_IO") throw error;
    }
  }

  /** Keeps what changed, some chains at a time: a crash in between leaves each as of its own position. */
  async #keep(): Promise<void> {
    const position = this.#position;
    const ids = [...this.#changed];
    for (let from = 0; from < ids.length; from += batch) {
      const chains = ids.slice(from, from + batch).flatMap((id) => this.#stored(id));
      await this.#store.putChains(form, { chains, upTo: null });
      await setImmediate();
    }
    await this.#store.putChains(form, { chains: [], upTo: position });
    this.#changed.clear();
    this.#unkeptBytes = 0;
  }

  /** Of a chain that was forgotten meanwhile only that it is there: it may tell what a bundle said that was erased. */
  #stored(id: string): readonly StoredChain[] {
    const chain = this.#chains.get(id);
    if (chain === undefined) return [];
    const { places, recorder, upTo: position } = chain;
    if (this.#forgotten.has(id)) return [{ chain: id, position, state: null }];
    const state = { places: places.save(), record: recorder.save() } satisfies KeptChain;
    return [{ chain: id, position, state: JSON.stringify(state) }];
  }

  async #take(bundle: StoredBundle): Promise<void> {
    const chain = this.#chains.get(bundle.chain) ?? (await this.#newChain(bundle.chain));
    this.#chains.set(bundle.chain, chain);
    if (bundle.position <= chain.upTo) return;
    this.#unkeptBytes += bundle.bytes.length;
    if (this.#add(chain, bundle) === "taken") this.#upTo(chain, bundle);
    // After an outage what is urgent comes first and all before it late: once is enough for all of it.
    else this.#forgotten.add(bundle.chain);
  }

  /** Feeds the chain anew in its own order, up to a position: what comes meanwhile has its turn in `follow`. */
  async #rebuild(id: string, upTo: number): Promise<void> {
    const chain = await this.#newChain(id);
    for (let from: ChainPlace | null = { epoch: 0, seq: 0 }; from !== null; ) {
      const range: readonly StoredBundle[] = await this.#store.chainRange({ chain: id, from, limit: batch });
      for (const bundle of range) if (bundle.position <= upTo) this.#add(chain, bundle);
      await setImmediate();
      const last = range.length < batch ? undefined : range.at(-1);
      from = last === undefined ? null : { epoch: last.epoch, seq: last.seq + 1 };
    }
    this.#chains.set(id, chain);
    this.#upTo(chain, { chain: id, position: upTo });
  }

  #upTo(chain: Chain, { chain: id, position }: Pick<StoredBundle, "chain" | "position">): void {
    chain.upTo = position;
    this.#changed.add(id);
  }

  async #newChain(id: string): Promise<Chain> {
    const erased = await this.#store.erasedPlaces(id);
    return { recorder: createChainRecorder(id), upTo: 0, places: new Places(), beyond: [], erased };
  }

  #add(chain: Chain, bundle: StoredBundle): "taken" | "rebuild" {
    const { recorder, places } = chain;
    const recorded = recordedOf(bundle, places.has(bundle));
    if (this.#horizon !== null && toldAt(recorded) > this.#horizon.at) {
      chain.beyond = [...chain.beyond, recorded].toSorted(byPlace).slice(0, keptBeyond);
      return "taken";
    }
    places.add(bundle);
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
