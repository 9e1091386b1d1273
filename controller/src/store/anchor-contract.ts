import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store, StoredAnchor } from "./contract.ts";
import type { StorePlace } from "./store-contract.ts";

const log = "log.example/acme";
const anchorOf = (size: number, state: StoredAnchor["state"]): StoredAnchor => ({
  log,
  size,
  root: "ab".repeat(32),
  stampedAt: "2026-11-23T10:00:00.000Z",
  state,
  ots: new Uint8Array(Buffer.from(`ots of ${size}`)),
  confirmation:
    state === "confirmed"
      ? {
          by: "node",
          height: 900_000,
          header: new Uint8Array(80).fill(7),
          confirmedAt: "2026-11-23T12:00:00.000Z",
        }
      : null,
});

/** What the anchors of every store must do; run it in a `describe` of the adapter. */
export function anchorContract(makePlace: () => Promise<StorePlace>): void {
  let place: StorePlace;
  let store: Store;
  beforeEach(async () => {
    place = await makePlace();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  test("anchors are found by size and state, each as it was kept last, after reopening, too", async () => {
    expect(await store.newestAnchor(log)).toBeNull();
    const kept = [anchorOf(2, "confirmed"), anchorOf(10, "attested"), anchorOf(30, "pending")];
    for (const one of [
      anchorOf(2, "pending"),
      ...kept.toReversed(),
      { ...anchorOf(99, "pending"), log: "other" },
    ])
      await store.putAnchor(one);
    await store.close();
    store = await place.open();
    const found = await store.anchors(log);
    expect(found).toEqual(kept);
    expect((await store.anchors(log, ["pending"])).map(({ size }) => size)).toEqual([30]);
    expect((await store.newestAnchor(log))?.size).toBe(30);
    expect((await store.newestAnchor(log, ["attested", "confirmed"]))?.size).toBe(10);
    expect(await store.newestAnchor("nobody")).toBeNull();
  });
}
