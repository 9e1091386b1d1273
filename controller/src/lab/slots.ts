/** What is to be done while nothing else touches the same things. */
export interface SlotWork<T> {
  /** Names of what it touches; null when that may be anything. */
  readonly touches: readonly string[] | null;
  readonly work: () => Promise<T>;
}

/** A bounded number of pieces of work at the same time, of which no two touch the same thing. */
export class Slots {
  readonly #limit: number;
  readonly #busy = new Set<SlotWork<unknown>["touches"]>();
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Does it when there is room for it. */
  async run<T>({ touches, work }: SlotWork<T>): Promise<T> {
    const own = touches === null ? null : [...touches];
    while (!this.#hasRoomFor(own)) await new Promise<void>((resume) => this.#waiting.push(resume));
    this.#busy.add(own);
    try {
      return await work();
    } finally {
      this.#busy.delete(own);
      for (const resume of this.#waiting.splice(0)) resume();
    }
  }

  #hasRoomFor(touches: SlotWork<unknown>["touches"]): boolean {
    if (this.#busy.size >= this.#limit) return false;
    return [...this.#busy].every(
      (others) => others !== null && touches?.some((name) => others.includes(name)) === false,
    );
  }
}
