import { describe, expect, test } from "vitest";
import { makeFixture } from "../fixture/snapshot.ts";
import { BAR_WIDTH, keyHolders } from "./keys.ts";

const snapshot = await makeFixture();

describe("who may sign what", () => {
  const holders = keyHolders(snapshot);

  test("is told by holder, in words, with the keys before the one in force", () => {
    const states = holders.map(({ name, keys }) => [
      name.replace(/ at .*/, ""),
      keys.map(({ state }) => state),
    ]);
    expect(states.slice(0, 3)).toEqual([
      ["The partner's authority", ["replaced by a key that it did not name", "signs now"]],
      ["The log log.lanternfish.example/evidence", ["signs now"]],
      ["The controller", ["signs now"]],
    ]);
    const rotated = "rotated: it named the key that follows it";
    expect(states.map(([, keys]) => keys)).toContainEqual([rotated, rotated, "signs now"]);
    expect(holders.flatMap(({ keys }) => keys.flatMap(({ revocation }) => revocation ?? []))).toEqual([
      `BOX_STOLEN: it counts up to bundle ${"3".repeat(12)}…`,
    ]);
  });

  test("has a bar from a key's first moment to its last, and all within the same span", () => {
    for (const { keys } of holders) {
      for (const [at, { x, width, inForce, until }] of keys.entries()) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(width).toBeGreaterThan(0);
        expect(x + width).toBeLessThanOrEqual(BAR_WIDTH);
        expect(inForce ? [x + width, until] : BAR_WIDTH).toEqual(inForce ? [BAR_WIDTH, "now"] : BAR_WIDTH);
        expect(x).toBeGreaterThanOrEqual(keys[at - 1]?.x ?? 0);
      }
    }
  });

  test("is nothing while no key is known", () => {
    expect(keyHolders({ ...snapshot, keys: [] })).toEqual([]);
  });
});
