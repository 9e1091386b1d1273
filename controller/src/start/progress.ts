/** Shows what is being done, one line a step, with the time it took. */
export class Progress {
  readonly #write: (text: string) => void;
  readonly #startedAt: number = performance.now();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Runs one step; its name is shown at once, and what it answers when it is done. */
  async step<T>(name: string, work: () => Promise<T>, describe: (result: T) => string): Promise<T> {
    const from = performance.now();
    this.#write(`  ${name.padEnd(15)} `);
    try {
      const result = await work();
      this.#write(`${describe(result)} (${seconds(performance.now() - from)})\n`);
      return result;
    } catch (error) {
      this.#write("failed\n");
      throw error;
    }
  }

  line(text: string): void {
    this.#write(`${text}\n`);
  }

  /** Time since the first step. */
  get elapsed(): string {
    return seconds(performance.now() - this.#startedAt);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
