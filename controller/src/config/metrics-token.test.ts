import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openMetricsToken } from "./metrics-token.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-metrics-token-"));
  path = join(folder, "metrics.token");
});
afterEach(() => rm(folder, { recursive: true }));

test("a token is made once, for its owner only, and is the one that is good", async () => {
  const token = await openMetricsToken(path);
  const text = (await readFile(path, "utf8")).trim();
  expect(text).toMatch(/^[0-9a-f]{64}$/);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await token.isGood(text)).toBe(true);
  expect(await token.isGood(`${text}0`)).toBe(false);
  await openMetricsToken(path);
  expect((await readFile(path, "utf8")).trim()).toBe(text);
});

test("another token in the file is in force at once, and an empty or missing file opens nothing", async () => {
  const token = await openMetricsToken(path);
  const before = (await readFile(path, "utf8")).trim();
  await writeFile(path, "of-the-operator\n");
  expect([await token.isGood("of-the-operator"), await token.isGood(before)]).toEqual([true, false]);
  await writeFile(path, "\n");
  expect(await token.isGood("")).toBe(false);
  await rm(path);
  expect(await token.isGood("of-the-operator")).toBe(false);
});
