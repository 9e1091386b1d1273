import type { ChainPlace } from "../store/contract.ts";

/** Places without a gap between them, first and last. */
type Run = [from: number, to: number];

/** Places as JSON, by epoch. */
export type SavedPlaces = readonly (readonly [epoch: number, runs: readonly (readonly [number, number])[]])[];

/** Places of one chain. Almost all follow one another, so that a year of them is a few numbers. */
export class Places {
  readonly #epochs: Map<number, Run[]>;

  constructor(saved: SavedPlaces = []) {
    this.#epochs = new Map(saved.map(([epoch, runs]) => [epoch, runs.map(([from, to]): Run => [from, to])]));
  }

  has({ epoch, seq }: ChainPlace): boolean {
    const run = this.#epochs.get(epoch)?.findLast(([from]) => from <= seq);
    return run !== undefined && seq <= run[1];
  }

  add(place: ChainPlace): void {
    if (this.has(place)) return;
    const { epoch, seq } = place;
    const runs = this.#epochs.get(epoch) ?? [];
    this.#epochs.set(epoch, runs);
    const at = runs.findLastIndex(([from]) => from < seq) + 1;
    const [before, after] = [runs[at - 1], runs[at]];
    // A neighbour becomes longer; a place that was the only one between two makes them one.
    const from = before?.[1] === seq - 1 ? before[0] : seq;
    const to = after?.[0] === seq + 1 ? after[1] : seq;
    const isLonger = Number(from < seq);
    runs.splice(at - isLonger, isLonger + Number(to > seq), [from, to]);
  }

  save(): SavedPlaces {
    return [...this.#epochs].map(([epoch, runs]) => [epoch, runs.map(([from, to]) => [from, to] as const)]);
  }
}
