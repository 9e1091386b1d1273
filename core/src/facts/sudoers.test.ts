import { describe, expect, test } from "vitest";
import { Collected } from "./collected.ts";
import { parseSudoers } from "./sudoers.ts";
import { checkOf, factsIn, fileRow, look } from "./testdata/rows.ts";

function seen(files: Readonly<Record<string, string>>): unknown {
  const rows = Object.entries(files).map(([path, text]) => fileRow(path, text));
  // What was listed has a row of its own; so has what is not there.
  const listed = ["/etc/sudoers.d/*", "/etc/none"].map((path) =>
    fileRow(path, null, { found: rows.length > 1 }),
  );
  const collected = new Collected({ files: [...listed, ...rows], outputs: [] });
  return factsIn(parseSudoers(rows.slice(0, 1), collected));
}

const of = (text: string): unknown => seen({ "/etc/sudoers": text });
const settings = (text: string): unknown => (of(text) as { settings: unknown }).settings;

describe("sudo's Defaults", () => {
  test.each([
    ["Defaults use_pty", { use_pty: "true" }],
    ["Defaults\t!use_pty", { use_pty: "false" }],
    ["  Defaults !!use_pty", { use_pty: "true" }],
    ["Defaults use_pty\nDefaults !use_pty", { use_pty: "false" }],
    ["Defaults a, !b , c=5,d = x", { a: "true", b: "false", c: "5", d: "x" }],
    ['Defaults logfile="/var/log/a b#c,d" # why', { logfile: "/var/log/a b#c,d" }],
    ["Defaults logfile=/a\\ b,use_pty", { logfile: "/a b", use_pty: "true" }],
    ['Defaults env_keep += "A B", use_pty', { use_pty: "true" }],
    ["Defaults a,\\\n  b", { a: "true", b: "true" }],
    ["# Defaults use_pty\\\nDefaults x", { x: "true" }],
    ["root ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL) NOPASSWD: ALL\nUser_Alias A = b\n#1000 ALL=ALL", {}],
    ["Defaultsuse_pty", {}],
    ["defaults use_pty", {}],
  ])("%j", (text, expected) => {
    expect(settings(text)).toEqual(expected);
  });

  test.each([
    ["Defaults =5"],
    ["Defaults a b"],
    ['Defaults a="b'],
    ["Defaults a,"],
    ["Defaults A"],
    ["Defaults:a"],
    ["Defaults use_pty\u2028"],
  ])("are not understood, and that is said: %s", (text) => {
    expect(of(text)).toEqual({ kind: "error", reason: "SYNTAX_UNSUPPORTED" });
  });

  test("for some only are told apart, with whom they are for", () => {
    const text = "Defaults use_pty\nDefaults:%sudo !use_pty\nDefaults@A , B x, y\nDefaults!/bin/a noexec";
    expect(of(text)).toMatchObject({
      settings: { use_pty: "true" },
      conditional: [
        { criteria: ":%sudo", settings: { use_pty: "false" } },
        { criteria: "@A , B", settings: { x: "true", y: "true" } },
        { criteria: "!/bin/a", settings: { noexec: "true" } },
      ],
    });
  });

  test("of included files count where the line stands, in the order of names, without those that sudo passes over", () => {
    const files = {
      "/etc/sudoers": "Defaults a=1\n@includedir /etc/sudoers.d\n#include none\nDefaults c=1",
      "/etc/sudoers.d/20": "Defaults a=3,c=2",
      "/etc/sudoers.d/10": "Defaults a=2,b=2",
      "/etc/sudoers.d/30.bak": "Defaults a=4",
      "/etc/sudoers.d/30~": "Defaults a=4",
    };
    expect(seen(files)).toEqual({
      found: true,
      settings: { a: "3", b: "2", c: "1" },
      conditional: [],
      includes: ["/etc/sudoers.d", "/etc/none"],
    });
  });

  test.each([["@include /etc/%h"], ["@include ../x"], ["@includedir /etc/sudo*"]])(
    "%s is not followed",
    (text) => {
      expect(of(text)).toEqual({ kind: "error", reason: "INCLUDE_UNSUPPORTED" });
    },
  );

  test.each([
    `Defaults ${" ".repeat(1_000_000)}=`,
    `Defaults:${"a, ".repeat(300_000)}`,
    `Defaults a="${"\\\\x".repeat(300_000)}`,
    `@include a${" ".repeat(1_000_000)}%`,
    `Defaults ${"a,".repeat(400_000)}A`,
  ])("are read in no time, whatever stands there: %#", (text) => {
    const start = performance.now();
    of(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("that include themselves come to an end", () => {
    expect(of("@include sudoers\n@include sudoers")).toEqual({ kind: "error", reason: "INCLUDE_TOO_DEEP" });
  });

  test("are asked for with what they include", () => {
    const check = checkOf({ file: { path: "/etc/sudoers" } }, "sudoers");
    const files = { "/etc/sudoers": "@include /etc/a", "/etc/a": "Defaults use_pty" };
    expect(factsIn(look(check, { files }))).toMatchObject({ settings: { use_pty: "true" } });
    expect(factsIn(look(check, {}))).toMatchObject({ found: false });
  });
});
