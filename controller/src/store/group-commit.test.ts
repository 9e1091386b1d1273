import { describe, expect, test, vi } from "vitest";
import type { CommitResult, IngestItem } from "./contract.ts";
import { GroupCommit } from "./group-commit.ts";
import { itemOf } from "./testdata/items.ts";

/** A store that only counts: it answers positions and keeps the sizes of the batches it was given. */
function countingStore(): {
  commit: (batch: readonly IngestItem[]) => Promise<CommitResult[]>;
  sizes: number[];
} {
  const sizes: number[] = [];
  let position = 0;
  const commit = async (batch: readonly IngestItem[]): Promise<CommitResult[]> => {
    sizes.push(batch.length);
    return batch.map(() => ({ status: "accepted", position: (position += 1) }));
  };
  return { commit, sizes };
}

describe("group commit", () => {
  test("what comes within the wait is committed together and answered in order", async () => {
    const store = countingStore();
    const group = new GroupCommit(store);
    const answers = await Promise.all([0, 1, 2].map((seq) => group.submit(itemOf(seq, `b${seq}`))));
    expect(store.sizes).toEqual([3]);
    expect(answers).toEqual([1, 2, 3].map((position) => ({ status: "accepted", position })));
  });

  test("a full group does not wait", async () => {
    vi.useFakeTimers();
    try {
      const store = countingStore();
      const group = new GroupCommit(store, { maxItems: 2, maxWaitMs: 5 });
      const waiting = [0, 1, 2].map((seq) => group.submit(itemOf(seq, `b${seq}`)));
      await Promise.all(waiting.slice(0, 2));
      expect(store.sizes).toEqual([2]);
      await vi.advanceTimersByTimeAsync(5);
      await waiting[2];
      expect(store.sizes).toEqual([2, 1]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("a group that cannot be committed rejects all of its requests and the next group goes on", async () => {
    const store = countingStore();
    const commit = vi.fn<typeof store.commit>(store.commit).mockRejectedValueOnce(new Error("disk full"));
    const group = new GroupCommit({ commit });
    const failed = await Promise.allSettled([0, 1].map((seq) => group.submit(itemOf(seq, `b${seq}`))));
    expect(failed.map((result) => result.status)).toEqual(["rejected", "rejected"]);
    expect(await group.submit(itemOf(0, "again"))).toEqual({ status: "accepted", position: 1 });
  });

  test("draining commits what waits at once", async () => {
    const store = countingStore();
    const group = new GroupCommit(store, { maxItems: 100, maxWaitMs: 60_000 });
    const answer = group.submit(itemOf(0, "a"));
    await group.drain();
    expect(await answer).toEqual({ status: "accepted", position: 1 });
  });
});
