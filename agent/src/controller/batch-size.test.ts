import { expect, it } from "vitest";
import { createBatchSize } from "./batch-size.ts";

it("on a slow line sends less at once until it comes through, and on a good one as much as is taken", async () => {
  const size = createBatchSize();
  const lineTakes = async (bytes: number): Promise<number> => {
    for (let failures = 0; ; failures += 1) {
      try {
        return await size.watch(async () => {
          if (size.limit().bytes > bytes) throw new Error("timeout");
          return failures;
        });
      } catch {
        // tried again with less
      }
    }
  };
  expect(size.limit()).toEqual({ count: 100, bytes: 1024 * 1024 });
  expect(await lineTakes(100_000)).toBe(4);
  for (let again = 0; again < 9; again += 1) await lineTakes(Number.POSITIVE_INFINITY);
  expect(size.limit()).toEqual({ count: 100, bytes: 1024 * 1024 });
});
