import { existsSync, readdirSync, readFileSync } from "node:fs";
import serialize from "canonicalize";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalBytes, canonicalJson } from "./jcs.ts";

const folder = new URL("../../../../shared/vectors/jcs/", import.meta.url);
const present = existsSync(folder);
const names = present ? readdirSync(new URL("input/", folder)) : ["no vectors"];

describe("canonicalJson", () => {
  it.skipIf(!present).each(names)("gives exactly the published bytes of %s", (name) => {
    const value: unknown = JSON.parse(readFileSync(new URL(`input/${name}`, folder), "utf8"));
    expect(Buffer.from(canonicalBytes(value)).equals(readFileSync(new URL(`output/${name}`, folder)))).toBe(
      true,
    );
  });

  it("is a fixed point: parsing and writing again changes nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "grapheme" }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("is the reference's text for every value, in order or not", () => {
    // Few letters, so that members come in and out of order; what is no letter sorts before and behind them.
    const member = fc.oneof(
      fc.string({
        unit: fc.constantFrom("a", "b", "B", "1", "2", "0", "é", "\uffff", "\u{1f600}"),
        maxLength: 3,
      }),
      fc.constantFrom("__proto__", "toJSON", "constructor", "10", "9", ""),
    );
    const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(
          fc.integer(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.boolean(),
          fc.constant(null),
        ),
        fc.string({ unit: "binary" }),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(member, tie("value"), { maxKeys: 5 }),
        fc
          .array(fc.tuple(member, tie("value")), { maxLength: 5 })
          .map((pairs) => Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)))),
      ),
    }));
    fc.assert(
      fc.property(anything, (value) => {
        expect(canonicalJson(value)).toBe(serialize(value));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [
      "what writes itself",
      { at: new Date(0), list: [Object.assign(Object.create({ toJSON: () => "a" }), {})] },
    ],
    ["a member that is undefined", { a: undefined, b: 1 }],
    ["a hole in a list", Array.from({ length: 2 }, (_, at) => (at === 0 ? undefined : 1))],
    ["boxed values", { a: Object("text"), b: Object(1) }],
    ["what nests deeper than anything should", JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`)],
    [
      "a class",
      new (class Pair {
        readonly b = 1;
        readonly a = 2;
      })(),
    ],
    ["minus nought", [-0]],
  ])("is the reference's text for %s", (_, value) => {
    expect(canonicalJson(value)).toBe(serialize(value));
  });

  it("does not depend on the order in which members were written", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it.each([
    ["undefined", undefined],
    ["not a number", Number.NaN],
    ["a lone surrogate", "\ud800"],
    ["a lone surrogate inside", { a: ["\udc00"] }],
    ["a lone surrogate in a member's name", { "\ud800": 1 }],
    ["infinity", { a: Infinity }],
  ])("refuses %s", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(/not allowed|no JSON form/);
  });
});
