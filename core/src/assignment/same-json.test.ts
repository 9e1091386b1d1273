import { array, assert, constantFrom, dictionary, letrec, oneof, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../evidence/jcs.ts";
import { sameJson } from "./same-json.ts";

const small = letrec((tie) => ({
  value: oneof(
    { maxDepth: 3 },
    constantFrom(null, true, false, 0, 1, "", "a", "0"),
    array(tie("value"), { maxLength: 3 }),
    dictionary(constantFrom("a", "b", "0", "__proto__", "length"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

describe("two JSON values", () => {
  test("are the same exactly when their canonical forms are", () => {
    assert(
      property(small, small, (a, b) => {
        expect(sameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
      { numRuns: 2000 },
    );
  });

  test("are the same when only the order of members differs", () => {
    assert(
      property(small, (value) => {
        expect(sameJson(value, reversed(value))).toBe(true);
      }),
    );
  });

  test.each([
    [[], {}],
    [{ a: [] }, { a: {} }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [[1], [1, 2]],
    [{ a: null }, {}],
    [{ length: 0 }, []],
  ])("differ: %j and %j", (a, b) => {
    expect([sameJson(a, b), sameJson(b, a)]).toEqual([false, false]);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
