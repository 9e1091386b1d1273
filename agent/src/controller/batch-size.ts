/** What is sent at most at once, and is in memory at once: the API takes 100, and a file has up to 262,144 bytes. */
const LARGEST = { count: 100, bytes: 1024 * 1024 };
const SMALLEST = { count: 1, bytes: 16 * 1024 };

/** How much is sent at once. A line that is too slow for a batch in the time of one request is given less. */
export interface BatchSize {
  limit(): { readonly count: number; readonly bytes: number };
  /** Sends a batch: the next may be half of it when it did not come through, else twice as much, as far as is allowed. */
  watch<T>(send: () => Promise<T>): Promise<T>;
}

/** A new one, at its largest. */
export function createBatchSize(): BatchSize {
  let { count, bytes } = LARGEST;
  const scale = (factor: number): void => {
    count = Math.min(LARGEST.count, Math.max(SMALLEST.count, Math.floor(count * factor)));
    bytes = Math.min(LARGEST.bytes, Math.max(SMALLEST.bytes, Math.floor(bytes * factor)));
  };
  return {
    limit: () => ({ count, bytes }),
    async watch(send) {
      try {
        const result = await send();
        scale(2);
        return result;
      } catch (error) {
        scale(0.5);
        throw error;
      }
    },
  };
}
