import { describe, expect, test } from "vitest";
import { parseJson } from "./json.ts";
import { factsIn, fileRow } from "./testdata/rows.ts";

const seen = (...texts: string[]): unknown => factsIn(parseJson(texts.map((text) => fileRow("/x", text))));

describe("json", () => {
  test("is one value for each text", () => {
    expect(seen('{"a":[1,null,{"b":"[[["}]}', "true")).toEqual({
      found: true,
      values: [{ a: [1, null, { b: "[[[" }] }, true],
    });
    expect(seen()).toEqual({ found: false, values: [] });
  });

  test("keeps a key such as __proto__ as a key", () => {
    const facts = seen('{"__proto__":{"a":1}}') as { values: [object] };
    expect(Object.keys(facts.values[0])).toEqual(["__proto__"]);
  });

  test.each([
    ["", "SYNTAX_INVALID"],
    ["{", "SYNTAX_INVALID"],
    ["{} {}", "SYNTAX_INVALID"],
    ["[".repeat(65) + "]".repeat(65), "SYNTAX_UNSUPPORTED"],
    ["[".repeat(1_000_000), "SYNTAX_UNSUPPORTED"],
    ['{"a":'.repeat(100_000), "SYNTAX_UNSUPPORTED"],
  ])("that is none, or too deep, is an error: %#", (text, reason) => {
    expect(seen(text)).toEqual({ kind: "error", reason });
  });

  test("may nest 64 deep, whatever its strings hold", () => {
    expect(seen("[".repeat(64) + '"\\"[[["' + "]".repeat(64))).toMatchObject({ found: true });
  });
});
