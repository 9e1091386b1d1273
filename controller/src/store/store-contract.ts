import { afterEach, beforeEach, expect, test } from "vitest";
import type { AcceptanceBatch, Store, StoredAssignment } from "./contract.ts";
import { itemOf } from "./testdata/items.ts";

/** A place to keep a store: `open` may be called again after the store was closed and finds what was kept. */
export interface StorePlace {
  open(): Promise<Store>;
  remove(): Promise<void>;
}

function assignmentOf(generation: number, appliance: string): StoredAssignment {
  const item = itemOf(generation, `assignment ${appliance} ${generation}`);
  return {
    digest: item.digest,
    bytes: item.bytes,
    signature: new Uint8Array(64).fill(7),
    keyid: item.keyid,
    appliance,
    site: "01J00000000000000000000002",
    generation,
    revision: "a".repeat(40),
    issuedAt: "2026-11-23T10:00:00.000Z",
    healUntil: "2026-11-30T10:00:00.000Z",
  };
}

function batchOf(more: Partial<AcceptanceBatch>): AcceptanceBatch {
  return { acceptances: [], claims: [], keys: [], ...more };
}

/** What every store must do; run it in a `describe` of the adapter. */
export function storeContract(makePlace: () => Promise<StorePlace>): void {
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
  const reopen = async (): Promise<void> => {
    await store.close();
    store = await place.open();
  };

  test("an empty store has position 0 and nothing in it", async () => {
    expect(await store.position()).toBe(0);
    expect(await store.bundlesSince(0, 10)).toEqual([]);
    expect(await store.chainHead("01J00000000000000000000001")).toBeNull();
    expect(await store.bundle("0".repeat(64))).toBeNull();
  });

  test("a batch is kept in its order, with positions from 1, and found again after reopening", async () => {
    const batch = [itemOf(0, "a"), itemOf(1, "b"), itemOf(2, "c")];
    expect(await store.commit(batch)).toEqual(
      [1, 2, 3].map((position) => ({ status: "accepted", position })),
    );
    await reopen();
    const kept = await store.bundlesSince(0, 10);
    expect(kept.map((bundle) => bundle.digest)).toEqual(batch.map((item) => item.digest));
    expect(Buffer.from(kept[1]?.bytes ?? []).toString()).toBe("b");
    expect(await store.position()).toBe(3);
  });

  test("the same digest again is a duplicate with its first position, in one batch and in two", async () => {
    const item = itemOf(0, "a");
    expect(await store.commit([item, item])).toEqual([
      { status: "accepted", position: 1 },
      { status: "duplicate", position: 1 },
    ]);
    expect(await store.commit([item])).toEqual([{ status: "duplicate", position: 1 }]);
    expect(await store.position()).toBe(1);
  });

  test("another digest at the same place is a fork, and both are kept", async () => {
    const [first, second] = [itemOf(0, "a"), itemOf(0, "b")];
    await store.commit([first]);
    expect(await store.commit([second])).toEqual([{ status: "fork", position: 2, others: [first.digest] }]);
    const row = await store.chainRange({ chain: first.chain, limit: 10 });
    expect(row.map((bundle) => bundle.digest)).toEqual([first.digest, second.digest]);
    expect((await store.chainHead(first.chain))?.digest).toBe(first.digest);
  });

  test("a place after a gap is accepted under its own number, and an earlier one may follow late", async () => {
    await store.commit([itemOf(0, "a"), itemOf(5, "f")]);
    expect(await store.commit([itemOf(3, "d")])).toEqual([{ status: "accepted", position: 3 }]);
    const chain = await store.chainRange({ chain: "01J00000000000000000000001", limit: 10 });
    expect(chain.map((bundle) => bundle.seq)).toEqual([0, 3, 5]);
    expect((await store.chainHead("01J00000000000000000000001"))?.seq).toBe(5);
  });

  test("a chain range begins where it is asked to and ends at its limit", async () => {
    await store.commit([0, 1, 2, 3].map((seq) => itemOf(seq, `b${seq}`)));
    await store.commit([{ ...itemOf(0, "next epoch"), epoch: 1 }]);
    const range = { chain: "01J00000000000000000000001", from: { epoch: 0, seq: 2 } };
    const places = (await store.chainRange({ ...range, limit: 3 })).map(({ epoch, seq }) => [epoch, seq]);
    expect(places).toEqual([
      [0, 2],
      [0, 3],
      [1, 0],
    ]);
    expect(await store.chainRange({ ...range, limit: 1 })).toHaveLength(1);
  });

  test("bytes that do not have the digest are refused alone, and the rest of the batch is kept", async () => {
    const wrong = { ...itemOf(0, "a"), digest: "0".repeat(64) };
    const results = await store.commit([wrong, itemOf(1, "b")]);
    expect(results).toMatchObject([
      { status: "refused", code: "DIGEST_MISMATCH" },
      { status: "accepted", position: 1 },
    ]);
    expect(await store.bundle(wrong.digest)).toBeNull();
  });

  test("of an assignment its checks can be read alone", async () => {
    const checks = { "check-a": "a".repeat(64), "check-b": "b".repeat(64) };
    const more = { definitions: { "check-a": { checks: 1 } }, slice: [["checks", "c".repeat(64)]] };
    const texts = [{ appliance: "A", checks, ...more }, { appliance: "A", checks: {} }, { appliance: "A" }];
    const stored = texts.map((text, at) => ({
      ...assignmentOf(at, "A"),
      bytes: Buffer.from(JSON.stringify(text)),
    }));
    await store.putAssignments(stored);
    const read = await Promise.all(stored.map(({ digest }) => store.assignmentChecks(digest)));
    expect(read).toEqual([JSON.stringify(checks), "{}", null]);
    expect(await store.assignmentChecks("0".repeat(64))).toBeNull();
  });

  test("assignments are all kept, and the latest of each appliance is the one of the highest generation", async () => {
    await store.putAssignments([assignmentOf(2, "A"), assignmentOf(9, "B")]);
    await store.putAssignments([assignmentOf(3, "A"), assignmentOf(2, "A")]);
    await reopen();
    const latest = await store.latestAssignments();
    expect(latest.map((a) => [a.appliance, a.generation])).toEqual([
      ["A", 3],
      ["B", 9],
    ]);
    const old = await store.assignment(assignmentOf(2, "A").digest);
    expect(Buffer.from(old?.bytes ?? []).toString()).toBe("assignment A 2");
    expect(old?.signature).toHaveLength(64);
    expect(await store.assignment("0".repeat(64))).toBeNull();
    const index = await store.assignmentIndex();
    expect(index.map((a) => [a.appliance, a.generation])).toEqual([
      ["A", 2],
      ["A", 3],
      ["B", 9],
    ]);
  });

  test("an acceptance remembers how many bundles there were", async () => {
    const acceptance = {
      source: "s",
      partner: "p",
      revision: "a".repeat(40),
      commits: 1,
      acceptedAt: "2026-11-23T10:00:00.000Z",
    };
    await store.recordAcceptances(batchOf({ acceptances: [acceptance] }));
    await store.commit([itemOf(0, "a")]);
    const next = { ...acceptance, revision: "b".repeat(40) };
    await store.recordAcceptances(batchOf({ acceptances: [next] }));
    const kept = await store.acceptances();
    expect(kept.map((a) => [a.revision[0], a.position])).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
  });

  test("what an acceptance claims belongs to its first owner for good", async () => {
    await store.recordAcceptances(batchOf({ claims: [{ identity: "key 1", owner: "appliance A" }] }));
    const claims = ["key 1", "key 2"].map((identity) => ({ identity, owner: "appliance B" }));
    await store.recordAcceptances(batchOf({ claims }));
    expect([...(await store.owners())]).toEqual([
      ["key 1", "appliance A"],
      ["key 2", "appliance B"],
    ]);
  });

  test("a key's time in git is told in bundles, and it may come back", async () => {
    const key = { publicKey: "1".repeat(64), owner: "A", partner: "P", site: "S", name: "box" };
    const change = { key, revision: "a".repeat(40), at: "2026-11-23T10:00:00.000Z" };
    await store.recordAcceptances(batchOf({ keys: [change] }));
    await store.commit([itemOf(0, "a")]);
    await store.recordAcceptances(batchOf({ keys: [{ ...change, key: { ...key, name: "front" } }] }));
    await store.endKeys([change]);
    await store.commit([itemOf(1, "b")]);
    await store.recordAcceptances(batchOf({ keys: [change] }));
    const periods = await store.keyPeriods();
    expect(periods.map(({ name, from, to }) => [name, from.position, to?.position])).toEqual([
      ["front", 0, 1],
      ["box", 2, undefined],
    ]);
    expect(periods[0]).toMatchObject({
      ...key,
      name: "front",
      to: { revision: change.revision, at: change.at },
    });
  });

  test("a key that moves to another site has a period at each", async () => {
    const key = { publicKey: "1".repeat(64), owner: "A", partner: "P", site: "S", name: "box" };
    const change = { key, revision: "a".repeat(40), at: "2026-11-23T10:00:00.000Z" };
    await store.recordAcceptances(batchOf({ keys: [change] }));
    await store.commit([itemOf(0, "a")]);
    const moved = { key: { ...key, site: "T" }, revision: "b".repeat(40), at: "2026-11-24T10:00:00.000Z" };
    await store.recordAcceptances(batchOf({ keys: [moved] }));
    const { revision, at } = moved;
    expect(await store.keyPeriods()).toEqual([
      {
        ...key,
        from: { revision: change.revision, at: change.at, position: 0 },
        to: { revision, at, position: 1 },
      },
      { ...key, site: "T", from: { revision, at, position: 1 }, to: null },
    ]);
  });

  test("what is kept of chains is one form's, the newest of each, and gone with a bundle of it that is erased", async () => {
    const [one, other] = [itemOf(0, "a"), itemOf(0, "b", "01J00000000000000000000003")];
    await store.commit([one, other]);
    const chainOf = (chain: string, position: number) => ({ chain, position, state: `of ${position}` });
    expect(await store.chains("1")).toEqual({ upTo: 0, chains: [] });
    await store.putChains("1", { chains: [chainOf(one.chain, 1), chainOf(other.chain, 2)], upTo: 2 });
    await store.putChains("1", { chains: [chainOf(one.chain, 3)], upTo: null });
    await reopen();
    const kept = { upTo: 2, chains: [chainOf(one.chain, 3), chainOf(other.chain, 2)] };
    expect(await store.chains("1")).toEqual(kept);
    expect(await store.chains("2")).toEqual({ upTo: 0, chains: [] });
    await store.erase(one.digest, "d".repeat(64));
    expect((await store.chains("1")).chains).toEqual([
      { chain: one.chain, position: 3, state: null },
      chainOf(other.chain, 2),
    ]);
    await store.putChains("2", { chains: [], upTo: null });
    expect(await store.chains("1")).toEqual({ upTo: 0, chains: [] });
  });

  test("an erased bundle is gone, and its digest and place stay", async () => {
    const [first, erased, last] = [itemOf(0, "a"), itemOf(1, "b"), itemOf(2, "c")];
    await store.commit([first, erased, last]);
    expect(await store.erase(erased.digest, "d".repeat(64))).toBe(true);
    expect(await store.erase(erased.digest, "d".repeat(64))).toBe(false);
    expect(await store.bundle(erased.digest)).toBeNull();
    const told = [await store.chainRange({ chain: first.chain, limit: 9 }), await store.bundlesSince(0, 9)];
    for (const bundles of told)
      expect(bundles.map(({ seq, position }) => [seq, position])).toEqual([
        [0, 1],
        [2, 3],
      ]);
    expect(await store.erasedPlaces(first.chain)).toEqual([{ epoch: 0, seq: 1 }]);
    expect(await store.commit([erased])).toMatchObject([{ status: "duplicate", position: 2 }]);
    expect(await store.commit([itemOf(1, "other")])).toMatchObject([
      { status: "fork", others: [erased.digest] },
    ]);
    expect(await store.position()).toBe(4);
  });

  test("an attachment is kept byte for byte beside its bundle, until its time is over", async () => {
    const [bundle, other] = [itemOf(0, "a"), itemOf(1, "b")];
    await store.commit([bundle, other]);
    const attachment = {
      digest: "e".repeat(64),
      bundle: bundle.digest,
      retainUntil: "2028-11-23T10:00:00.000Z",
      bytes: Buffer.from("what it did"),
    };
    const later = { ...attachment, digest: "f".repeat(64), retainUntil: "2028-11-23T10:00:00.001Z" };
    for (const one of [attachment, attachment, later]) await store.putAttachment(one);
    await reopen();
    const found = await store.attachment(attachment.digest);
    expect({ ...found, bytes: Buffer.from(found?.bytes ?? []) }).toEqual(attachment);
    const ofBundle = await store.attachmentsOf(bundle.digest);
    expect(ofBundle.map(({ digest }) => digest)).toEqual([attachment.digest, later.digest]);
    expect(await store.attachmentsOf(other.digest)).toEqual([]);
    expect(await store.eraseAttachments("2028-11-23T09:59:59.999Z")).toBe(0);
    expect(await store.eraseAttachments(attachment.retainUntil)).toBe(1);
    expect(await store.attachment(attachment.digest)).toBeNull();
    expect(await store.attachment(later.digest)).not.toBeNull();
    expect(await store.position()).toBe(2);
  });

  test("an attachment goes with its bundle, and none comes to one that was erased or is not kept", async () => {
    const bundle = itemOf(0, "a");
    await store.commit([bundle]);
    const attachment = {
      digest: "e".repeat(64),
      bundle: bundle.digest,
      retainUntil: "2028-11-23T10:00:00.000Z",
      bytes: Buffer.from("what it did"),
    };
    await store.putAttachment(attachment);
    await store.erase(bundle.digest, "d".repeat(64));
    expect(await store.attachment(attachment.digest)).toBeNull();
    await store.putAttachment(attachment);
    await store.putAttachment({ ...attachment, bundle: "c".repeat(64) });
    expect(await store.attachment(attachment.digest)).toBeNull();
  });

  test("the newest report of an appliance is the one that is kept", async () => {
    await store.putReport({ appliance: "A", receivedAt: "2026-11-23T10:00:00.000Z", body: "1" });
    await store.putReport({ appliance: "A", receivedAt: "2026-11-23T10:00:01.000Z", body: "2" });
    expect(await store.reports()).toEqual([
      { appliance: "A", receivedAt: "2026-11-23T10:00:01.000Z", body: "2" },
    ]);
  });

  test("conditions are replaced as a whole", async () => {
    const condition = {
      subject: "controller",
      type: "Ready",
      status: "True",
      reason: "ACCEPTED",
      message: "m",
      revision: null,
      since: "2026-11-23T10:00:00.000Z",
    } as const;
    await store.putConditions([condition, { ...condition, type: "Stalled", status: "False" }]);
    await store.putConditions([{ ...condition, reason: "OTHER" }]);
    expect(await store.conditions()).toEqual([{ ...condition, reason: "OTHER" }]);
  });

  test("a new session drops those that are past", async () => {
    const session = { id: "a", createdAt: "2026-11-23T10:00:00.000Z", expiresAt: "2026-11-23T11:00:00.000Z" };
    await store.putSession(session);
    expect(await store.session("a")).toEqual(session);
    await store.putSession({
      id: "b",
      createdAt: "2026-11-23T11:00:00.000Z",
      expiresAt: "2026-11-24T11:00:00.000Z",
    });
    expect(await store.session("a")).toBeNull();
    expect(await store.session("b")).not.toBeNull();
  });
}
