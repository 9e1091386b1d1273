import { existsSync, readdirSync, readFileSync } from "node:fs";
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
  ])("refuses %s", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(/not allowed|no JSON form/);
  });
});
