import { rootAt, leafHash, type NodePlace, placesOf, TreeEdge } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CosignedCheckpoint, IngestItem, Store } from "./contract.ts";
import type { StorePlace } from "./store-contract.ts";
import { itemOf } from "./testdata/items.ts";

const log = "log.example/acme";
const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex");
const inLog = (seq: number, text: string, origin: string | null = log): IngestItem => ({
  ...itemOf(seq, text),
  log: origin,
});

/** What the logs of every store must do; run it in a `describe` of the adapter. */
export function logContract(makePlace: () => Promise<StorePlace>): void {
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

  /** The root of the first `size` leaves, from the hashes that the store has. */
  async function rootOf(size: number): Promise<string> {
    const places = placesOf({ begin: 0, end: size });
    const hashes = await store.logNodes(log, places);
    const nodeAt = ({ level, index }: NodePlace): Uint8Array =>
      hashes[places.findIndex((one) => one.level === level && one.index === index)] ?? new Uint8Array(0);
    return hex(rootAt(size, nodeAt));
  }

  test("a log that nobody heard of has no leaves and no checkpoint", async () => {
    expect(await store.logSize(log)).toBe(0);
    expect(await store.logLeaves(log, 0, 10)).toEqual([]);
    expect(await store.checkpoint(log)).toBeNull();
  });

  test("bundles become leaves in the order in which they are kept, each once, in their own log", async () => {
    const other = "log.example/birch";
    await store.commit([inLog(0, "a"), inLog(1, "b", other), inLog(2, "c", null)]);
    await store.commit([inLog(0, "a"), inLog(3, "d")]);
    const [a, d] = [inLog(0, "a"), inLog(3, "d")];
    expect(await store.logLeaves(log, 0, 10)).toEqual([a.digest, d.digest]);
    expect(await store.logSize(log)).toBe(2);
    expect(await store.logSize(other)).toBe(1);
    expect((await store.bundle(d.digest))?.leaf).toBe(1);
    expect((await store.bundle(inLog(2, "c", null).digest))?.leaf).toBeNull();
  });

  test("keys of a log are told by the first checkpoint that each signed", async () => {
    const checkpoint = { log, signedAt: "2026-11-23T10:00:00.000Z", note: Buffer.from("note") };
    const [first, second] = ["log.example/acme+00000000+AA==", "log.example/acme+11111111+AA=="];
    for (const [size, vkey] of [
      [1, first],
      [2, first],
      [5, second],
    ] as const)
      await store.putCheckpoint({ ...checkpoint, size, vkey: vkey ?? "" });
    expect((await store.logKeys(log)).map(({ vkey, size }) => [vkey, size])).toEqual([
      [first, 1],
      [second, 5],
    ]);
    expect(await store.logKeys("log.example/other")).toEqual([]);
  });

  test("how large a log was is known for every number of bundles", async () => {
    await store.commit([
      inLog(0, "a"),
      inLog(1, "b", "log.example/birch"),
      inLog(2, "c", null),
      inLog(3, "d"),
    ]);
    const sizes = await Promise.all([0, 1, 2, 3, 4, 9].map((position) => store.logSizeAt(log, position)));
    expect(sizes).toEqual([0, 1, 1, 1, 2, 2]);
    expect(await store.logSizeAt("log.example/nobody", 4)).toBe(0);
  });

  test("both branches of a fork are leaves", async () => {
    await store.commit([inLog(0, "a"), inLog(0, "another")]);
    expect(await store.logSize(log)).toBe(2);
  });

  test("the tree's hashes are those of RFC 6962 at every size, over tiles and after reopening", async () => {
    const size = 256 * 3 + 5;
    const items = Array.from({ length: size }, (_, n) => inLog(n, `bundle ${n}`));
    const edge = new TreeEdge();
    for (let at = 0; at < size; at += 100) {
      const batch = items.slice(at, at + 100);
      await store.commit(batch);
      for (const { digest } of batch) edge.append(leafHash(Buffer.from(digest, "hex")));
      expect(await rootOf(edge.size)).toBe(hex(edge.root()));
    }
    await store.close();
    store = await place.open();
    expect(await rootOf(size)).toBe(hex(edge.root()));
    const before = new TreeEdge();
    for (const { digest } of items.slice(0, 300)) before.append(leafHash(Buffer.from(digest, "hex")));
    expect(await rootOf(300)).toBe(hex(before.root()));
  });

  describe("checkpoints", () => {
    const of = (size: number, note = `note ${size}`) => ({
      log,
      size,
      signedAt: "2026-11-23T10:00:00.000Z",
      vkey: "log.example/acme+00000000+AA==",
      note: new Uint8Array(Buffer.from(note)),
    });

    test("are found by size, the largest first", async () => {
      for (const size of [1, 20, 3]) await store.putCheckpoint(of(size));
      expect((await store.checkpoint(log))?.size).toBe(20);
      expect((await store.checkpoint(log, 19))?.size).toBe(3);
      expect(await store.checkpoint(log, 0)).toBeNull();
    });

    test("of one size are one: the same again changes nothing, another is refused", async () => {
      await store.putCheckpoint(of(3));
      await store.putCheckpoint(of(3));
      await expect(store.putCheckpoint(of(3, "another history"))).rejects.toMatchObject({ code: "STORE_IO" });
      expect(Buffer.from((await store.checkpoint(log))?.note ?? []).toString()).toBe("note 3");
    });
  });

  test("of what witnesses cosigned the largest of each is kept, after reopening, too", async () => {
    const cosigned = (witness: string, size: number, origin = log): CosignedCheckpoint => ({
      log: origin,
      witness,
      size,
      cosignedAt: `2026-11-23T10:00:${10 + size}.000Z`,
      note: new Uint8Array(Buffer.from(`${witness} ${size}`)),
    });
    expect(await store.cosigned(log)).toEqual([]);
    for (const [witness, size] of [
      ["owl", 3],
      ["heron", 7],
      ["owl", 5],
      ["owl", 4],
      ["heron", 7],
    ] as const)
      await store.putCosigned(cosigned(witness, size));
    await store.putCosigned({ ...cosigned("heron", 7), cosignedAt: "2026-11-24T10:00:00.000Z" });
    await store.putCosigned(cosigned("owl", 9, "log.example/birch"));
    await store.close();
    store = await place.open();
    expect(await store.cosigned(log)).toEqual([cosigned("heron", 7), cosigned("owl", 5)]);
  });
}
