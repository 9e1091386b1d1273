import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { itemOf } from "../store/testdata/items.ts";
import { portalAge } from "./portal-age.ts";

const [old, newer] = ["a".repeat(40), "b".repeat(40)];
const shown = { revision: old, position: 1, builtAt: "2026-11-23T10:00:30.000Z" };
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-age-"));
  store = openSqliteStore(join(folder, "compline.db"), "write");
  await store.commit([itemOf(0, "shown")]);
  await mkdir(join(folder, "portal"));
  await writeFile(join(folder, "portal", "7.json"), JSON.stringify(shown));
  await mkdir(join(folder, "portal", "7"));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const age = (revision: string) => portalAge(join(folder, "portal"), { store, revision });

test("a portal that shows the newest revision and the newest bundle is not behind", async () => {
  expect(await age(old)).toEqual({ shown, behindSince: null, failed: null });
});

test("it is behind since the first bundle came that it does not show", async () => {
  await store.commit([
    { ...itemOf(1, "first"), receivedAt: "2026-11-23T10:05:00.000Z" },
    { ...itemOf(2, "second"), receivedAt: "2026-11-23T10:06:00.000Z" },
  ]);
  expect((await age(old)).behindSince).toBe("2026-11-23T10:05:00.000Z");
});

test("it is behind since a revision was accepted that it does not show", async () => {
  const acceptedAt = "2026-11-23T10:04:00.000Z";
  const acceptances = [{ source: "main", partner: "acme", revision: newer, commits: 1, acceptedAt }];
  await store.recordAcceptances({ acceptances, claims: [], keys: [] });
  expect((await age(newer)).behindSince).toBe(acceptedAt);
});

test("an attempt that failed is told, also when there is no portal yet", async () => {
  const failed = { ...shown, position: 2 };
  await writeFile(join(folder, "portal", "failed.json"), JSON.stringify(failed));
  expect((await age(old)).failed).toEqual(failed);
  await rm(join(folder, "portal", "7.json"));
  expect(await age(old)).toEqual({ shown: null, behindSince: null, failed });
});

test("a folder that is not there has no portal", async () => {
  await rm(join(folder, "portal"), { recursive: true });
  expect(await age(old)).toEqual({ shown: null, behindSince: null, failed: null });
});
