/** Names of what a piece of work touches, and nobody else may touch meanwhile. */
export type Touched = readonly string[];

/** What is to be done while nothing else touches the same things. */
export interface SlotWork<T> {
  /** Null when it may touch anything. */
  readonly touches: Touched | null;
  readonly work: () => Promise<T>;
}

/** A bounded number of pieces of work at the same time, none of which touches what another touches. */
export class Slots {
  readonly #limit: number;
  readonly #busy = new Map<symbol, Touched | null>();
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Does it when there is room for it. */
  async run<T>({ touches, work }: SlotWork<T>): Promise<T> {
    while (!this.#hasRoomFor(touches)) await new Promise<void>((resume) => this.#waiting.push(resume));
    const own = Symbol("work");
    this.#busy.set(own, touches);
    try {
      return await work();
    } finally {
      this.#busy.delete(own);
      for (const resume of this.#waiting.splice(0)) resume();
    }
  }

  #hasRoomFor(touches: Touched | null): boolean {
    if (this.#busy.size >= this.#limit) return false;
    if (touches === null) return this.#busy.size === 0;
    return [...this.#busy.values()].every(
      (others) => others !== null && !touches.some((name) => others.includes(name)),
    );
  }
}
