import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ControllerError } from "../errors.ts";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { makeAppliance, resultOf, type TestAppliance } from "../testdata/appliance.ts";
import { ChainBook } from "./chain-book.ts";

const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
const birch = makeAppliance("01J0000000000000000000BXA2", "01J000000000000000000S1TA2");

let folder: string;
let store: Store;
/** Positions that books asked for bundles after. */
let asked: number[];
/** Chains that were read from a place on. */
let reread: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-book-"));
  const own = openSqliteStore(join(folder, "compline.db"), "write");
  asked = [];
  reread = [];
  store = {
    ...own,
    chainRange: async (range) => {
      reread.push(range.chain);
      return await own.chainRange(range);
    },
    bundlesSince: async (position, limit) => {
      asked.push(position);
      return await own.bundlesSince(position, limit);
    },
  };
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

async function say(box: TestAppliance, seq: number, verdict: "pass" | "fail"): Promise<string> {
  const at = new Date(Date.UTC(2026, 10, 23, 10, 0, seq)).toISOString();
  const { bytes, digest } = await box.seal(seq, { results: [resultOf(verdict, at)] });
  const place = { chain: box.id, epoch: 0, seq, site: box.site, keyid: box.keyid };
  await store.commit([{ digest, bytes, ...place, receivedAt: at, log: null }]);
  return digest;
}

/** Whatever is kept, all bundles say the same. */
async function expectTheSame(book: ChainBook): Promise<void> {
  const whole = new ChainBook({ ...store, chains: async () => ({ upTo: 0, chains: [] }) });
  await Promise.all([book.update(), whole.update()]);
  expect(new Map(book.records())).toEqual(new Map(whole.records()));
}

async function keep(): Promise<void> {
  await new ChainBook(store, { keepAfterBytes: 1 }).update();
}

test("begins from what another kept, and reads only what came after it", async () => {
  await say(acme, 0, "pass");
  await say(birch, 0, "pass");
  await say(acme, 1, "fail");
  await keep();
  asked = [];
  expect(await new ChainBook(store).update()).toBe(3);
  expect(asked).toEqual([3]);
  await say(acme, 2, "pass");
  await expectTheSame(new ChainBook(store));
});

test("a fork, and a bundle that comes late, are told after such a beginning, too", async () => {
  await say(acme, 0, "pass");
  await say(acme, 2, "fail");
  await say(birch, 0, "pass");
  await keep();
  await say(acme, 1, "pass");
  await say(birch, 0, "fail");
  const book = new ChainBook(store);
  await expectTheSame(book);
  expect(book.records().get(acme.id)?.completeness).toMatchObject({ gaps: 0, count: 3 });
  expect(book.records().get(birch.id)?.completeness).toMatchObject({ forks: 1 });
});

test("a chain of which much comes late is read anew once", async () => {
  const book = new ChainBook(store);
  await say(acme, 0, "pass");
  await say(acme, 6, "fail");
  await book.update();
  for (const seq of [1, 2, 3, 4, 5]) await say(acme, seq, "pass");
  await say(birch, 0, "pass");
  await say(acme, 7, "pass");
  await book.update();
  expect(reread).toEqual([acme.id]);
  await expectTheSame(book);
  expect(book.records().get(acme.id)?.completeness).toMatchObject({ gaps: 0, count: 8 });
});

test.each([1, 2])(
  "one that ended at step %i of keeping left what the next one can begin from",
  async (step) => {
    await say(acme, 0, "pass");
    await keep();
    await say(acme, 1, "fail");
    await say(birch, 0, "pass");
    let steps = 0;
    const putChains: Store["putChains"] = async (...kept) => {
      steps += 1;
      if (steps === step) throw new Error("the power went");
      await store.putChains(...kept);
    };
    await expect(new ChainBook({ ...store, putChains }, { keepAfterBytes: 1 }).update()).rejects.toThrow(
      /power/,
    );
    await say(birch, 1, "fail");
    await expectTheSame(new ChainBook(store));
  },
);

test("a store that takes nothing more can be read all the same, and is tried again", async () => {
  let isFull = true;
  const putChains: Store["putChains"] = async (...kept) => {
    if (isFull) throw new ControllerError("STORE_IO", "the store could not be written");
    await store.putChains(...kept);
  };
  const book = new ChainBook({ ...store, putChains }, { keepAfterBytes: 1 });
  await say(acme, 0, "fail");
  await expectTheSame(book);
  isFull = false;
  await book.update();
  expect((await store.chains("1")).chains).toMatchObject([{ chain: acme.id, position: 1 }]);
});

test("what an erased bundle said is not kept, and its chain is read anew", async () => {
  await say(acme, 0, "pass");
  const erased = await say(acme, 1, "fail");
  await keep();
  await store.erase(erased, "d".repeat(64));
  const { chains } = await store.chains("1");
  expect(chains).toMatchObject([{ chain: acme.id, position: 2, state: null }]);
  await say(acme, 2, "pass");
  await expectTheSame(new ChainBook(store));
});

test("nothing of a chain is kept that was forgotten while others are kept", async () => {
  // More than are kept in one go.
  for (let n = 0; n < 64; n += 1)
    await say(makeAppliance(`01J00000000000000000B0X${100 + n}`, acme.site), 0, "pass");
  await say(acme, 0, "pass");
  const erased = await say(acme, 1, "fail");
  let isFirst = true;
  const putChains: Store["putChains"] = async (...kept) => {
    await store.putChains(...kept);
    if (!isFirst) return;
    isFirst = false;
    await store.erase(erased, "d".repeat(64));
    book.forget(acme.id);
  };
  const book = new ChainBook({ ...store, putChains }, { keepAfterBytes: 1 });
  await book.update();
  const { chains } = await store.chains("1");
  expect(chains.filter(({ state }) => state === null)).toMatchObject([{ chain: acme.id }]);
  await expectTheSame(book);
  await expectTheSame(new ChainBook(store));
});

test("what was kept in another form is not begun from", async () => {
  await say(acme, 0, "pass");
  await store.putChains("0", { chains: [{ chain: acme.id, position: 1, state: "{}" }], upTo: 1 });
  await expectTheSame(new ChainBook(store));
});
