import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDiagnostic, warningAt } from "./diagnostic.ts";
import { visible } from "./visible.ts";

describe("what is printed of a file", () => {
  it.each([
    ["\u001b[2J", "\\u{1b}[2J"],
    ["a\nb\r", "a\\u{a}b\\u{d}"],
    ["\u202etxt", "\\u{202e}txt"],
    ["\u2028", "\\u{2028}"],
    ["\ud800", "\\u{d800}"],
    ["größe 🦦", "größe 🦦"],
  ])("%j is shown as %s", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("keeps each diagnostic to its own lines, whatever it quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const finding = { file: text, at: { line: 1, column: 1 }, pointer: text, found: text, hint: text };
        const printed = formatDiagnostic(warningAt({ ...finding, code: "REF_MISSING", expected: text }));
        expect(printed.split(/[\n\r\u2028\u2029\u0085]/)).toHaveLength(4);
      }),
    );
  });
});
