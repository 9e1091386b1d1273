import type { CheckSpec } from "@compline/schemas";
import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { firstNeeds, parseFacts } from "./parse.ts";
import type { FactsResult, ObservedHost, RawFile } from "./raw-file.ts";
import type { RawOutput } from "./raw-output.ts";
import { fileRow as row } from "./testdata/rows.ts";

type Parse = CheckSpec["parse"];

function check(parse: Parse, collect: CheckSpec["collect"], defaults?: CheckSpec["defaults"]): CheckSpec {
  return {
    title: "t",
    rationale: "r",
    platforms: ["linux"],
    interval: "5m",
    severity: "low",
    collect,
    parse,
    ...(defaults === undefined ? {} : { defaults }),
    assert: "true",
    expected: "e",
    record: {},
  };
}

const host: ObservedHost = { practice: false, at: 0 };

function parsed(spec: CheckSpec, files: readonly RawFile[], outputs: readonly RawOutput[] = []): FactsResult {
  return parseFacts(spec, { files, outputs }, host);
}

const file = { file: { path: "/etc/x" } };
const files = { files: { globs: ["/etc/x", "/etc/x.d/*.conf"] } };

function settings(parse: Parse, text: string): unknown {
  const result = parsed(check(parse, file), [row("/etc/x", text)]);
  return result.kind === "facts" ? result.facts["settings"] : result;
}

describe("what is collected first", () => {
  test("is the file, the globs or the permissions of the check", () => {
    expect(firstNeeds(check("lines", file), host)).toEqual({
      paths: ["/etc/x"],
      globs: [],
      modes: [],
      programs: [],
    });
    expect(firstNeeds(check("lines", files), host)).toEqual({
      paths: ["/etc/x"],
      globs: ["/etc/x.d/*.conf"],
      modes: [],
      programs: [],
    });
    expect(firstNeeds(check("mode", { mode: { paths: ["/a"] } }), host)).toEqual({
      paths: [],
      globs: [],
      modes: ["/a"],
      programs: [],
    });
  });

  test.each([
    ["lines", file],
    ["lines", files],
    ["mode", { mode: { paths: ["/a", "/b"] } }],
  ] satisfies [Parse, CheckSpec["collect"]][])(
    "is asked for again when it does not come: %s %j",
    (parse, collect) => {
      const spec = check(parse, collect);
      expect(parsed(spec, [])).toEqual({ kind: "need", needs: firstNeeds(spec, host) });
    },
  );
});

describe("files", () => {
  test("come glob by glob, within a glob by name, and only those that match", () => {
    const rows = [
      row("/etc/x.d/*.conf", null, { found: true }),
      row("/etc/x.d/b.conf", "b"),
      row("/etc/x.d/a.conf", "a"),
      row("/etc/x.d/c.txt", "c"),
      row("/etc/x", "x\n\ny\r\n"),
    ];
    const result = parsed(check("lines", files), rows);
    expect(result).toEqual({ kind: "facts", facts: { found: true, lines: ["x", "", "y", "a", "b"] } });
  });

  test("that are not there are no error", () => {
    const rows = [row("/etc/x.d/*.conf", null), row("/etc/x", null)];
    expect(parsed(check("lines", files), rows)).toEqual({
      kind: "facts",
      facts: { found: false, lines: [] },
    });
  });

  test.each([
    row("/etc/x", null, { found: true, error: "NEEDS_PRIVILEGE" }),
    row("/etc/x.d/*.conf", null, { error: "NEEDS_PRIVILEGE" }),
    row("/etc/x.d/a.conf", null, { found: true, error: "NEEDS_PRIVILEGE" }),
  ])("that could not be read make the whole an error: $path", (unreadable) => {
    const rows = [row("/etc/x.d/*.conf", null), row("/etc/x", "x"), unreadable];
    expect(parsed(check("lines", files), rows)).toEqual({ kind: "error", reason: "NEEDS_PRIVILEGE" });
  });
});

describe("defaults", () => {
  test("stand below what the files say", () => {
    const spec = check("key-value", file, { a: "1", b: "1" });
    const result = parsed(spec, [row("/etc/x", "b = 2\nc = 3")]);
    expect(result).toEqual({ kind: "facts", facts: { found: true, settings: { a: "1", b: "2", c: "3" } } });
  });

  test("name the keys that sysctl patterns are resolved for", () => {
    const spec = check("sysctl-dirs", file, { "net.a.x": "1" });
    const result = parsed(spec, [row("/etc/x", "net.*.x = 0"), row("/proc/sys/net/a/x", null)]);
    expect(result).toMatchObject({ facts: { settings: { "net.a.x": "0" } } });
  });
});

describe("login.defs", () => {
  test.each([
    ["PASS_MAX_DAYS\t90", { PASS_MAX_DAYS: "90" }],
    ["  PASS_MAX_DAYS  90  ", { PASS_MAX_DAYS: "90" }],
    ['PASS_MAX_DAYS "90"', { PASS_MAX_DAYS: "90" }],
    ["PASS_MAX_DAYS 90 # days", { PASS_MAX_DAYS: "90 # days" }],
    ["PASS_MAX_DAYS=90", {}],
    ["#PASS_MAX_DAYS 90", {}],
    ["PASS_MAX_DAYS", {}],
    ['PASS_MAX_DAYS "90 "', { PASS_MAX_DAYS: "90 " }],
    ["PASS_MAX_DAYS 90\u00a0", { PASS_MAX_DAYS: "90\u00a0" }],
    ["\ufeffPASS_MAX_DAYS 90", { "\ufeffPASS_MAX_DAYS": "90" }],
    ["PASS_MAX_DAYS 90\r\n", { PASS_MAX_DAYS: "90" }],
    ["PASS_MAX_DAYS 90\npass_max_days 1\nPASS_MAX_DAYS 60", { PASS_MAX_DAYS: "60", pass_max_days: "1" }],
  ])("%j", (text, expected) => {
    expect(settings("login-defs", text)).toEqual(expected);
  });

  test.each([`#${"x".repeat(1022)}PASS_MAX_DAYS 99999`, "PASS_MAX_DAYS\0 90"])(
    "a line that the program would cut is not understood, and that is said",
    (text) => {
      expect(parsed(check("login-defs", file), [row("/etc/x", text)])).toEqual({
        kind: "error",
        reason: "SYNTAX_UNSUPPORTED",
      });
    },
  );
});

describe("key-value", () => {
  test.each([
    ["a=1\nb = 2\nc: 3\nd 4\n", { a: "1", b: "2", c: "3", d: "4" }],
    ["# a=1\n; b=2\n\na=3\na=4", { a: "4" }],
    ["a = b = c\nurl: http://h:1", { a: "b = c", url: "http://h:1" }],
    ["__proto__ = 1", Object.fromEntries([["__proto__", "1"]])],
  ])("%j", (text, expected) => {
    expect(settings("key-value", text)).toEqual(expected);
  });
});

describe("permissions", () => {
  const spec = check("mode", { mode: { paths: ["/a", "/b"] } });

  test("say type, bits and owner, in the order of the check", () => {
    const rows = [row("/b", null), row("/a", null, { found: true, mode: 0o100_640, uid: 0, gid: 42 })];
    const result = parsed(spec, rows);
    expect(result).toMatchObject({
      facts: {
        files: [
          {
            path: "/a",
            found: true,
            mode: "0640",
            type: "file",
            uid: 0,
            gid: 42,
            ownerWrite: true,
            groupRead: true,
          },
          { path: "/b", found: false, mode: null, type: "other" },
        ],
      },
    });
    expect(result).toMatchObject({ facts: { files: [{ groupWrite: false, othersRead: false }, {}] } });
  });

  test.each([
    [0o104_755, "04755", "file"],
    [0o041_777, "01777", "directory"],
    [0o120_777, "0777", "link"],
    [0o020_666, "0666", "other"],
  ])("%o is %s %s", (mode, text, type) => {
    const rows = [row("/a", null, { found: true, mode }), row("/b", null)];
    expect(parsed(spec, rows)).toMatchObject({ facts: { files: [{ mode: text, type }, {}] } });
  });

  test("that could not be asked for are an error", () => {
    const rows = [row("/a", null, { error: "NEEDS_PRIVILEGE" }), row("/b", null)];
    expect(parsed(spec, rows)).toEqual({ kind: "error", reason: "NEEDS_PRIVILEGE" });
  });
});

describe("bounds", () => {
  test("more than 1 MiB of text", () => {
    const big = (size: number): RawFile[] => [row("/etc/x", "x".repeat(size))];
    expect(parsed(check("lines", file), big(1024 * 1024)).kind).toBe("facts");
    expect(parsed(check("lines", file), big(1024 * 1024 + 1))).toEqual({
      kind: "error",
      reason: "FACTS_TOO_LARGE",
    });
  });

  test("more than 10,000 facts", () => {
    const lines = (count: number): RawFile[] => [row("/etc/x", "x\n".repeat(count))];
    expect(parsed(check("lines", file), lines(9999)).kind).toBe("facts");
    expect(parsed(check("lines", file), lines(10_000))).toEqual({
      kind: "error",
      reason: "FACTS_TOO_LARGE",
    });
  });

  test.each([
    ["shell-variables", `if x; then\n${Array.from({ length: 60_000 }, (_, i) => `A=${i}\n`).join("")}fi`],
    ["shell-variables", "(".repeat(500_000)],
    ["shell-variables", "A+=xxxxxxxx\n".repeat(30_000)],
    ["sysctl-dirs", Array.from({ length: 60_000 }, (_, i) => `net.*.${i}=0\n`).join("")],
    ["sshd-config", "Match User a\n".repeat(80_000)],
    ["key-value", `a${" ".repeat(1_000_000)}\u2028`],
    ["login-defs", `${" ".repeat(1_000_000)}a`],
    ["systemd-config", "a \\\n".repeat(200_000)],
    ["ini", `[${"[".repeat(1_000_000)}`],
    ["apt-config", "/* ".repeat(300_000)],
    ["apt-config", '"'.repeat(1_000_000)],
    ["apt-config", "a::b 1;#clear a;".repeat(60_000)],
    ["apt-config", '"\n'.repeat(500_000)],
    ["apt-config", "/".repeat(1_000_000)],
    ["json", '"'.repeat(1_000_001)],
    ["json", `"${'\\"'.repeat(500_000)}`],
  ] satisfies [Parse, string][])("%s reads an absurd file within two seconds", (parse, text) => {
    const defaults = Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`net.x.k${i}`, "1"]));
    const start = performance.now();
    parsed(check(parse, file, defaults), [row("/etc/x", text)]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe("what a program printed", () => {
  const argv = ["/bin/x", "-a"];
  const spec = check("lines", { argv: { argv } });
  const said = (parts: Partial<RawOutput>): readonly RawOutput[] => [
    { argv: ["/bin/x"], code: 0, text: "another program\n", error: null },
    { argv, code: 0, text: "one\ntwo\n", error: null, ...parts },
  ];

  test("is asked for by its whole argument list, and read as text is", () => {
    expect(firstNeeds(spec, host)).toEqual({ paths: [], globs: [], modes: [], programs: [argv] });
    expect(parsed(spec, [], said({}))).toEqual({
      kind: "facts",
      facts: { found: true, lines: ["one", "two"] },
    });
  });

  test("is no fact when it failed, printed nothing or did not end", () => {
    const failed = { code: null, text: null, error: "PROGRAM_MISSING" };
    expect(parsed(spec, [], said({ code: 1 }))).toEqual({ kind: "error", reason: "PROGRAM_FAILED" });
    expect(parsed(spec, [], said({ text: " \n" }))).toEqual({ kind: "error", reason: "OUTPUT_EMPTY" });
    expect(parsed(spec, [], said(failed))).toEqual({ kind: "error", reason: "PROGRAM_MISSING" });
  });

  test("may be larger than a file, up to 10 MiB", () => {
    const large = (size: number) => parsed(spec, [], said({ text: "x".repeat(size) })).kind;
    expect(large(10 * 1024 * 1024 - 100)).toBe("facts");
    expect(large(10 * 1024 * 1024 + 1)).toBe("error");
  });

  test("does not exist on a practice host, and nothing is asked for there", () => {
    const practice = { practice: true, at: 0 };
    expect(firstNeeds(spec, practice)).toEqual({ paths: [], globs: [], modes: [], programs: [] });
    expect(parseFacts(spec, { files: [], outputs: [] }, practice)).toEqual({
      kind: "not_applicable",
      reason: "PRACTICE_HOST",
    });
  });
});

const parsers: readonly Parse[] = [
  "sshd-config",
  "sudoers",
  "sysctl-dirs",
  "login-defs",
  "shell-variables",
  "systemd-config",
  "apt-config",
  "key-value",
  "ini",
  "json",
  "lines",
];
/** Text made of the pieces that mean something to one parser or another. */
const marks = "\n \t=\"'\\#;&|(){}<>$`*?[]-./aA1\r\f\0\u00e9".split("");
const pieces = constantFrom(...marks, "Match", "Include", "Defaults", "@include", "if", "fi", "<<E");
const hostile = array(pieces, { maxLength: 200 }).map((parts) => parts.join(""));

test.each(parsers)("whatever a file holds, %s gives an answer and never throws", (parse) => {
  assert(
    property(hostile, (text) => {
      const result = parsed(check(parse, file, { a: "1" }), [row("/etc/x", text)]);
      expect(["facts", "need", "error"]).toContain(result.kind);
    }),
    { numRuns: 300 },
  );
});
