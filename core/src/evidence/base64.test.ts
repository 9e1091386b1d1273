import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, decodePortably, encodeBase64 } from "./base64.ts";

const LETTERS = Array.from("ABwxyz019+/==-_ \t\f\r\né");

describe("base64", () => {
  it("writes what the platform writes and reads it back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(decodeBase64(text)).toEqual(new Uint8Array(bytes));
        expect(decodePortably(text)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it("reads one text per byte sequence: whatever it accepts is what it would write", () => {
    const letters = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 12 });
    fc.assert(
      fc.property(letters, (text) => {
        const bytes = decodeBase64(text);
        expect(bytes === undefined ? text : encodeBase64(bytes)).toBe(text);
        expect(decodePortably(text)).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["base64url", "-_-_"],
    ["missing padding", "QQ"],
    ["white space", "QUJ\n"],
    ["non-zero trailing bits before one =", "QUJ="],
    ["non-zero trailing bits before two =", "QR=="],
    ["padding inside", "QQ==QQ=="],
    ["padding only", "===="],
    ["white space for what is missing", "QUJDQUJDQUJDQUI= = "],
    ["four spaces", "QUJD    "],
    ["a letter beyond ASCII", "QUJé"],
  ])("refuses %s", (_, text) => {
    expect([decodeBase64(text), decodePortably(text)]).toEqual([undefined, undefined]);
  });
});
