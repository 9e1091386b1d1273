import type { CommitResult, EvidenceStore, IngestItem } from "./contract.ts";

/** How far items are gathered before they are committed together. */
export interface GroupLimits {
  readonly maxItems: number;
  readonly maxWaitMs: number;
}

interface Waiting {
  readonly item: IngestItem;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers items of many requests and commits them in one transaction, because the disk's flush is what costs: at most
 * `maxWaitMs` after the first item, or at once when `maxItems` wait. Order of submission is order of commit.
 */
export class GroupCommit {
  readonly #store: Pick<EvidenceStore, "commit">;
  readonly #limits: GroupLimits;
  #waiting: Waiting[] = [];
  #unanswered = 0;
  #timer: NodeJS.Timeout | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(store: Pick<EvidenceStore, "commit">, limits: GroupLimits = { maxItems: 100, maxWaitMs: 5 }) {
    this.#store = store;
    this.#limits = limits;
  }

  /** How many items were submitted and are not answered yet. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** Resolves when the item is durable (or known, or refused); rejects when its group could not be committed. */
  submit(item: IngestItem): Promise<CommitResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#unanswered += 1;
      if (this.#waiting.length >= this.#limits.maxItems) this.#flush();
      else this.#timer ??= setTimeout(() => this.#flush(), this.#limits.maxWaitMs);
    });
  }

  /** Commits what waits and resolves when nothing is under way any more. */
  async drain(): Promise<void> {
    this.#flush();
    await this.#last;
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const group = this.#waiting;
    if (group.length === 0) return;
    this.#waiting = [];
    // One after the other: two groups at once would let the later one be kept first.
    this.#last = this.#last.then(() => this.#commit(group));
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#store.commit(group.map((waiting) => waiting.item));
      group.forEach((waiting, index) => answer(waiting, results[index]));
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    } finally {
      this.#unanswered -= group.length;
    }
  }
}

function answer(waiting: Waiting, result: CommitResult | undefined): void {
  if (result === undefined) waiting.reject(new Error("unreachable: the store answers every item of a batch"));
  else waiting.resolve(result);
}
