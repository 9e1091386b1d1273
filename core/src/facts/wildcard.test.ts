import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesGlob, matchesWildcard } from "./wildcard.ts";

test.each([
  ["*.conf", "a.conf", true],
  ["*.conf", ".conf", true],
  ["*.conf", "a.conf.bak", false],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["", "", true],
  ["*", "", true],
  ["?", "", false],
])("%j matches %j: %s", (pattern, text, matches) => {
  expect(matchesWildcard(pattern, text)).toBe(matches);
});

test("agrees with a regular expression", () => {
  const letters = string({ unit: constantFrom("a", "b", "*", "?"), maxLength: 8 });
  const texts = string({ unit: constantFrom("a", "b"), maxLength: 8 });
  assert(
    property(letters, texts, (pattern, text) => {
      const source = pattern.replaceAll("*", ".*").replaceAll("?", ".");
      expect(matchesWildcard(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
  );
});

test("many stars cost no exponential time", () => {
  expect(matchesWildcard("a*".repeat(200), "a".repeat(5000) + "b")).toBe(true);
  expect(matchesWildcard(`${"a*".repeat(200)}c`, "a".repeat(5000))).toBe(false);
});

describe("a glob", () => {
  test.each([
    ["/etc/x.d/*.conf", "/etc/x.d/a.conf", true],
    ["/etc/x.d/*.conf", "/etc/x.d/sub/a.conf", false],
    ["/etc/x.d/*.conf", "/etc/y.d/a.conf", false],
    ["/etc/x.d/*", "/etc/x.d/.hidden", false],
    ["/etc/x.d/.*", "/etc/x.d/.hidden", true],
  ])("%s finds %s: %s", (glob, path, found) => {
    expect(matchesGlob(glob, path)).toBe(found);
  });
});
