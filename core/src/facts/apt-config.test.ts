import { describe, expect, test } from "vitest";
import { parseAptConfig } from "./apt-config.ts";
import { factsIn, fileRow } from "./testdata/rows.ts";

const folder = "/etc/apt/apt.conf.d/";
const seen = (files: Readonly<Record<string, string>>): unknown =>
  factsIn(
    parseAptConfig(
      Object.entries(files).map(([name, text]) => fileRow(name.startsWith("/") ? name : folder + name, text)),
    ),
  );
const settings = (text: string): unknown => (seen({ "10x": text }) as { settings: unknown }).settings;

describe("apt's configuration", () => {
  test.each([
    ['APT::Periodic::Enable "1";', { "apt::periodic::enable": "1" }],
    ['APT { Periodic { Enable "1"; }; };', { "apt::periodic::enable": "1" }],
    ['APT::Periodic { Enable "1" }', { "apt::periodic::enable": "1" }],
    ['apt\n{\n  // no "\n  PERIODIC::enable 1; # no\n};', { "apt::periodic::enable": "1" }],
    ['A "1"; /* A "2"; */ A:: "3"; A { "4"; "5"; };', { a: "1" }],
    ['A "x;{}//#/*";', { a: "x;{}//#/*" }],
    ['A::B "1"; A "2"; #clear A; C "3";', { c: "3" }],
    ['A "1"; a "2";', { a: "2" }],
    ["#\n# c\n//\nA 1; #", { a: "1" }],
    ["", {}],
  ])("%s", (text, expected) => {
    expect(settings(text)).toEqual(expected);
  });

  test.each([
    ['A "1"'],
    ['A "1'],
    ["A {"],
    ["}"],
    ["/* A"],
    ['#include "/etc/x";'],
    ["A%20B 1;"],
    ['A "1" "2";'],
    ['A [1] "2";'],
    ["A { B {".repeat(60)],
    ["#clear A;".repeat(101)],
  ])("is not understood, and that is said: %s", (text) => {
    expect(seen({ "10x": text })).toEqual({ kind: "error", reason: "SYNTAX_UNSUPPORTED" });
  });

  test("is read from files whose names apt takes, in the order given", () => {
    expect(
      seen({
        "10a": 'A "1";',
        "20b.conf": 'A "2";',
        "50c.ucf-dist": 'A "3";',
        "60d.conf.dpkg-old": 'A "4";',
        "/etc/apt/apt.conf": 'B "5";',
      }),
    ).toEqual({ found: true, settings: { a: "2", b: "5" } });
    expect(seen({ "50c.bak": "" })).toEqual({ found: false, settings: {} });
  });
});
