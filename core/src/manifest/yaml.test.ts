import { describe, expect, it } from "vitest";
import { joinPointer, pointerMembers, readYaml } from "./yaml.ts";

describe("reading YAML", () => {
  it.each(["[", "- ", "{a: ", "? "])("refuses hostile nesting of %j without exhausting the stack", (part) => {
    const { document, faults } = readYaml(part.repeat(60_000));
    expect(document).toBeNull();
    expect(faults.map((fault) => fault.code)).toEqual(["YAML_TOO_DEEP"]);
  });

  it("takes words for what YAML 1.2 says they are", () => {
    const { document } = readYaml("a: yes\nb: 0644\nc: 0x1F\nd: ~\ne: 2026-11-23\n");
    expect(document?.value).toEqual({ a: "yes", b: 644, c: 31, d: null, e: "2026-11-23" });
  });

  it("finds values and keys, and the nearest thing around what is not there", () => {
    const { document } = readYaml("a:\n  b/c: [x, 12]\n  d:\n");
    expect(document?.locate("/a/b~1c/1")).toEqual({ line: 2, column: 12 });
    expect(document?.locate("/a/b~1c", "key")).toEqual({ line: 2, column: 3 });
    expect(document?.locate("/a/nothing/here")).toEqual({ line: 2, column: 3 });
    expect(document?.locate("")).toEqual({ line: 1, column: 1 });
  });

  it.each([
    ["plain: a && b", "plain", "b", { line: 1, column: 13 }],
    ['quoted: "a && b"', "quoted", "b", { line: 1, column: 15 }],
    ["single: 'a && b'", "single", "b", { line: 1, column: 15 }],
    ["literal: |-\n  a\n    && b\n", "literal", "b", { line: 3, column: 8 }],
    ["folded: >- # why\n  a\n  && b\n", "folded", "b", { line: 3, column: 6 }],
    ["many: a\n  && b", "many", "b", { line: 2, column: 6 }],
    ['escaped: "\\u0061 && b"', "escaped", "b", { line: 1, column: 10 }],
  ])("finds a character of a text as it is written: %j", (text, key, character, place) => {
    const { document } = readYaml(text);
    const value = String(Object(document?.value)[key]);
    expect(document?.locate(`/${key}`, "value", value.indexOf(character))).toEqual(place);
  });

  it("finds the end of a text just behind it", () => {
    const { document } = readYaml('a: "b &&"\nc: d\n');
    expect(document?.locate("/a", "value", 4)).toEqual({ line: 1, column: 9 });
  });

  it("does not let a key reach the prototype", () => {
    const { document } = readYaml("__proto__: { polluted: true }\n");
    expect(Object.hasOwn(Object(document?.value), "__proto__")).toBe(true);
    expect(Object(document?.value).polluted).toBeUndefined();
  });

  it("escapes pointers both ways", () => {
    expect(pointerMembers(joinPointer(joinPointer("", "a/b~c"), 1))).toEqual(["a/b~c", "1"]);
  });
});
