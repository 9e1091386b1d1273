import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockState } from "./state-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a folder is held by one, and free again when that one lets go", async () => {
  const path = join(folder, "lock");
  const lock = lockState(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(() => lockState(path)).toThrow(`another controller runs on ${folder}`);
  lock.release();
  lockState(path).release();
});
