import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readQuickly } from "./quick-yaml.ts";
import { readYaml } from "./yaml.ts";

const repository = join(import.meta.dirname, "../../..");
const read = (pattern: string): [string, string][] =>
  globSync(pattern, { cwd: repository }).map((path) => [path, readFileSync(join(repository, path), "utf8")]);
const shipped = read("{frameworks,policies,runbooks,sites}/**/*.yaml");
const samples = [...shipped, ...read("{core,controller,agent}/src/**/testdata/**/*.yaml")];

/** What YAML is made of, right and wrong, and what tells one parser from another. */
const fragments = [
  ..."\n|\n  |\n    |- |-\n|-|? |: |:|#| #|,| | : |  |~|@|`|=|%|\\|'|\"|[|]|{|}|&a |*a|!x |!!str |! a|<<|<<: ".split(
    "|",
  ),
  ..."null|True|0x1F|0o17|012|1_000|1e3|1.|.5|+1|-1|-0|.inf|-.INF|.NaN|2026-11-23|yes|a|é|🦦|__proto__: ".split(
    "|",
  ),
  ..."---\n|\n---\n|...\n|\n...\n|%YAML 1.2\n|%TAG ! x\n|>\n|>-\n|>+\n|>2\n|a: b\n|\"a\": b\n|a:|a :b|'a''b'".split(
    "|",
  ),
  ...'[a: b]|{a}|[a,]|[,]|{a: ,b}|{"a":1}|"\\u0041\\x41\\e"|"a\\\nb"|- - a\n|? a\n: b\n|  - a\n|\n a|\n\n'.split(
    "|",
  ),
  "|\n",
  "|-\n  a\n",
  "|2\n",
  "|+\n\n",
  ..."\t|\r|\r\n|\u0085|\u2028|\ufeff|\ud800|\0".split("|"),
];
const fragment = fc.constantFrom(...fragments);
const invented = fc.array(fragment, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(""));
/** A few lines of a real file, with something put in or cut out. */
const edited = fc
  .record({
    text: fc.constantFrom(...samples.map(([, text]) => text)),
    from: fc.nat(),
    lines: fc.integer({ min: 1, max: 12 }),
    edits: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.option(fragment, { nil: "" })), {
      maxLength: 3,
    }),
  })
  .map(({ text, from, lines, edits }) => {
    const all = text.split("\n");
    const start = from % all.length;
    const cut = all.slice(start, start + lines).join("\n");
    return edits.reduce((now, [at, remove, put]) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + put + now.slice(place + remove);
    }, cut);
  });

/** What the careful reader says, where the quick one says anything. */
function difference(text: string): unknown {
  const quick = readQuickly(text);
  if (quick === undefined) return null;
  const { document, faults } = readYaml(text);
  if (document === null) return { text, quick, faults };
  return isDeepStrictEqual(quick, document.value) ? null : { text, quick, careful: document.value };
}

describe("the two readers of YAML", () => {
  it.each([
    ["fragments", invented],
    ["edited files", edited],
  ])("take what both take for the same value: %s", (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(difference(text)).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });

  it("take every file of this repository for the same value", () => {
    expect(samples.length).toBeGreaterThan(100);
    expect(samples.flatMap(([, text]) => difference(text) ?? [])).toEqual([]);
  });

  it("need not both read what is shipped", () => {
    const careful = shipped.filter(([, text]) => readQuickly(text) === undefined);
    expect(careful.map(([path]) => path)).toEqual([]);
  });

  it.each([
    ["a fault", "a: [b"],
    ["an anchor", "a: &b c"],
    ["an alias", "a: &b c\nd: *b"],
    ["a tag", "a: !!str b"],
    ["a merge key", "<<: {a: b}"],
    ["a directive", "%YAML 1.2\n---\na: b"],
    ["a directive nobody knows", "%NAME a\n---\na: b"],
    ["a second document", "a: b\n---\nc: d"],
    ["the end of a document", "a: b\n...\nc"],
    ["the same key twice", "a: b\na: c"],
    ["a key that is a list", "[a]: b"],
    ["no key", ": b"],
    ["the key __proto__", "__proto__: b"],
    ["carriage returns", "a: b\r\n"],
    ["a byte order mark", "\ufeffa: b"],
    ["a document further in", " ---\na: b"],
    ["a block whose indentation is a number", "a: |2\n   b\n"],
    ["a block that keeps its end", "a: |+\n  b\n\n"],
    ["a text that stands alone", "a"],
    ["a key that is too long", `a${" ".repeat(1100)}: b`],
    ["a value below a comment", "a:\n# c\n  b\nd: e"],
    ["nothing", "# nothing\n"],
    ["deep nesting", "[".repeat(60_000)],
  ])("leave %s to the careful one", (_, text) => {
    expect(readQuickly(text)).toBeUndefined();
  });
});
