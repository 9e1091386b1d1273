import { expect, test } from "vitest";
import { UsedNonces } from "./used-nonces.ts";

test("a nonce is used once by a key, for ten minutes", () => {
  let now = 0;
  const used = new UsedNonces(() => now);
  expect([used.use("key", "n"), used.use("key", "n"), used.use("other", "n")]).toEqual([
    "new",
    "used",
    "new",
  ]);
  now = 599_999;
  expect(used.use("key", "n")).toBe("used");
  now = 600_000;
  expect(used.use("key", "n")).toBe("new");
});

test("when no more can be remembered, nothing new is done until old ones may be forgotten", () => {
  let now = 0;
  const used = new UsedNonces(() => now);
  for (let n = 0; n < 200_000; n++) used.use("key", String(n));
  expect([used.use("key", "one more"), used.use("key", "0")]).toEqual(["full", "used"]);
  now = 600_000;
  expect(used.use("key", "one more")).toBe("new");
});
