import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { itemOf } from "../store/testdata/items.ts";
import { attachmentFiles } from "./site-evidence.ts";

test("the attached files of bundles are those that came and were not erased, under their digests", async () => {
  const folder = await mkdtemp(join(tmpdir(), "compline-attached-"));
  const store = openSqliteStore(join(folder, "compline.db"), "write");
  await store.commit([itemOf(0, "a"), itemOf(1, "b"), itemOf(2, "c")]);
  const [first, second, third] = await store.bundlesSince(0, 3);
  if (first === undefined || second === undefined || third === undefined) throw new Error("three were kept");
  const bytes = Buffer.from("what it did");
  for (const [bundle, letter, year] of [
    [first, "e", 2028],
    [second, "f", 2029],
    [third, "d", 2029],
  ] as const) {
    const retainUntil = `${year}-01-01T00:00:00.000Z`;
    await store.putAttachment({ digest: letter.repeat(64), bundle: bundle.digest, retainUntil, bytes });
  }
  const pathsOf = async (...bundles: Parameters<typeof attachmentFiles>[1]): Promise<readonly string[]> =>
    (await attachmentFiles(store, bundles)).map(({ path }) => path);
  expect(await pathsOf(first, second)).toEqual([
    `attachments/${"e".repeat(64)}`,
    `attachments/${"f".repeat(64)}`,
  ]);
  await store.eraseAttachments("2028-01-01T00:00:00.000Z");
  expect(await pathsOf(first, second)).toEqual([`attachments/${"f".repeat(64)}`]);
  await store.close();
  await rm(folder, { recursive: true });
});
