/** What is to be done while nothing else touches the same things. */
export interface SlotWork<T> {
  /** Names of what it touches. */
  readonly touches: readonly string[];
  readonly work: () => Promise<T>;
}

/** A bounded number of pieces of work at the same time, of which no two touch the same thing. */
export class Slots {
  readonly #limit: number;
  readonly #touched = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Does it when there is room for it. */
  async run<T>({ touches, work }: SlotWork<T>): Promise<T> {
    while (this.#busy >= this.#limit || touches.some((name) => this.#touched.has(name)))
      await new Promise<void>((resume) => this.#waiting.push(resume));
    this.#busy += 1;
    for (const name of touches) this.#touched.add(name);
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      for (const name of touches) this.#touched.delete(name);
      for (const resume of this.#waiting.splice(0)) resume();
    }
  }
}
