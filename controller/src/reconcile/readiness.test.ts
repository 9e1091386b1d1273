import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/contract.ts";
import { Readiness } from "./readiness.ts";

const revision = "a".repeat(40);
const address = { name: "main", repository: "/srv/main", branch: "main" };
let folder: string;
let store: Store;
let nowMs = 0;
let has: boolean;
let accepted: string | null;
let readiness: Readiness;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-ready-"));
  store = openSqliteStore(join(folder, "compline.db"), "write");
  [nowMs, has, accepted] = [0, true, revision];
  readiness = new Readiness({
    store,
    mirrors: [{ address, has: async (asked) => has && asked === revision }],
    world: () => ({ sources: [{ name: "main", revision: accepted, acceptedAt: null }] }),
    clock: () => nowMs,
  });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const codes = async () => (await readiness.reasons()).map(({ code }) => code);

test("a controller with an accepted tree, a store and a mirror is ready", async () => {
  expect(await codes()).toEqual([]);
});

test("before a first tree was accepted it is not, and no mirror is asked for one", async () => {
  [accepted, has] = [null, false];
  expect(await codes()).toEqual(["NO_TREE_ACCEPTED"]);
});

test("every reason is named at once", async () => {
  has = false;
  const closed = openSqliteStore(join(folder, "other.db"), "write");
  await closed.close();
  const broken = new Readiness({
    store: closed,
    mirrors: [{ address, has: async () => has }],
    world: () => ({ sources: [{ name: "main", revision, acceptedAt: null }] }),
    clock: () => nowMs,
  });
  expect((await broken.reasons()).map(({ code }) => code)).toEqual([
    "STORE_NOT_WRITABLE",
    "MIRROR_UNREADABLE",
  ]);
});

test("a store that is only read is not writable", async () => {
  const reader = openSqliteStore(join(folder, "compline.db"), "read");
  await expect(reader.checkWritable()).rejects.toMatchObject({ code: "STORE_IO" });
  await reader.close();
});

test("it is judged again after a second, also when the clock was set back", async () => {
  expect(await codes()).toEqual([]);
  has = false;
  expect(await codes()).toEqual([]);
  nowMs = -1000;
  expect(await codes()).toEqual(["MIRROR_UNREADABLE"]);
});
