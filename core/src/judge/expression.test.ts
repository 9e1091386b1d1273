import type { CelInput } from "@bufbuild/cel";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compileCel, evaluateCel } from "./expression.ts";

const facts = new Map<string, string | boolean>([
  ["found", true],
  ["level", "4"],
]);

describe("compileCel takes an expression", () => {
  test.each([
    'facts.settings["net.ipv4.ip_forward"] == "0"',
    'facts.level.lowerAscii() == "no" && size(facts.files) > 0',
    "has(facts.settings.x) ? int(facts.settings.x) : null",
    "facts.files.all(f, f.paths.exists(p, p == f.path))",
    "facts.files.filter(f, f.found).map(f, f.mode).all(m, true)",
    '{"a": [facts.found]}["a"][0]',
    "-1 < 2 && !(1 in [2])",
  ])("%s", (source) => {
    expect(compileCel(source)).toEqual({ ok: true });
  });
});

describe("compileCel refuses, and says where", () => {
  test.each([
    ["facts.found &&", 12, /expecting/],
    ["facts.found && host.name", 15, /unknown variable "host"/],
    ["facts.found && exec(1)", 15, /unknown function "exec"/],
    ["facts.a.all(x, x.b.all(y, y.c.all(z, true)))", 29, /nest more than 2 deep/],
    ["facts.a.all(x, true) && x", 24, /unknown variable "x"/],
    ["Foo{a: 1}.a == 1", 0, /unknown type "Foo"/],
  ])("%s", (source, offset, message) => {
    expect(compileCel(source)).toEqual({ ok: false, offset, message: expect.stringMatching(message) });
  });

  test("a source above 4 KiB, counted in bytes", () => {
    const text = (length: number): string => `"${"é".repeat(length)}" == ""`;
    expect(compileCel(text(2000)).ok).toBe(true);
    expect(compileCel(text(2048))).toMatchObject({ ok: false, message: "longer than 4096 bytes" });
  });

  test.each([
    ["(", ")"],
    ["[", "]"],
    ["!(", ")"],
    ["size(", ")"],
  ])("one that nests without end: %s", (open, close) => {
    const source = (depth: number): string => `${open.repeat(depth)}facts${close.repeat(depth)}`;
    expect(compileCel(source(60)).ok).toBe(true);
    expect(compileCel(source(65))).toEqual({ ok: false, offset: 0, message: "nests too deeply" });
    expect(compileCel(open.repeat(1000)).ok).toBe(false);
  });

  test("a chain that the evaluator would follow too deeply", () => {
    const chain = (length: number): string => `${"true ? 1 : ".repeat(length)}2`;
    expect(compileCel(chain(150)).ok).toBe(true);
    expect(compileCel(chain(300))).toMatchObject({ ok: false, message: "nests too deeply" });
  });
});

describe("evaluateCel", () => {
  test("gives the value", () => {
    expect(evaluateCel("int(facts.level) + 1", facts)).toEqual({ ok: true, value: 5n });
  });

  test.each(["facts.absent", 'int("x")', "facts.found + 1", "1 / 0", "[1][3]", "9223372036854775807 + 1"])(
    "is a message, not an exception, for %s",
    (source) => {
      expect(evaluateCel(source, facts)).toMatchObject({ ok: false, message: expect.any(String) });
    },
  );

  test("matches with a regular expression in linear time", () => {
    const long = new Map([["text", `${"a".repeat(5000)}!`]]);
    expect(evaluateCel('facts.text.matches("^(a+)+$")', long)).toEqual({ ok: true, value: false });
  });
});

describe("an expression for a condition", () => {
  it.each([
    ["size(facts.lines)", 0, "integer"],
    ['facts.found ? "yes" : true', 14, "text"],
    ["facts.found && !facts.lines.filter(l, l == 'a')", 27, "list"],
    ["null", 0, "null"],
    ["facts", 0, "map"],
    ["1 == 1 || 2.5", 10, "number"],
  ])("that is sure to give another type is refused at that place: %s", (source, offset, type) => {
    const compiled = compileCel(source, "boolean");
    expect(compiled).toEqual({ ok: false, offset, message: `expected boolean; this gives ${type}` });
    expect(compileCel(source).ok).toBe(true);
  });

  it.each([
    "facts.found",
    'has(facts.a) && facts.a["b"]',
    "facts.lines.all(l, l != '') && facts.lines.exists_one(l, l == 'a')",
    "facts.found ? facts.a : facts.b == 1",
    "'a' in facts.settings",
    'facts.text.matches("x")',
  ])("that gives a boolean, or what only facts decide, is taken: %s", (source) => {
    expect(compileCel(source, "boolean")).toEqual({ ok: true });
  });

  it("is not refused when it does give a boolean, whatever its parts are", () => {
    const leaf = fc.constantFrom("true", "1", "'a'", "null", "[true]", "facts.b", "facts.n", "size(facts.l)");
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(tie("tree"), fc.constantFrom("==", "!=", "+"), tie("tree"))
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie("tree").map((a) => `facts.l.all(x, ${a})`),
        tie("tree").map((a) => `facts.l.map(x, ${a})`),
        tie("tree").map((a) => `[${a}][0]`),
      ),
    }));
    const given = new Map<string, CelInput>([
      ["b", true],
      ["n", 2n],
      ["l", [1n, 2n]],
    ]);
    fc.assert(
      fc.property(tree, (source) => {
        const outcome = evaluateCel(source, given);
        fc.pre(outcome.ok && typeof outcome.value === "boolean");
        expect(compileCel(source, "boolean")).toEqual({ ok: true });
      }),
    );
  });
});
