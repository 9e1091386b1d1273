import { array, assert, constantFrom, property, record, string } from "fast-check";
import type { CheckSpec, Step } from "@compline/schemas";
import { describe, expect, test } from "vitest";
import { parseFacts } from "../facts/parse.ts";
import { setKey } from "./set-key.ts";

type SetKey = NonNullable<Step["setKey"]>;

const step: SetKey = { path: "/etc/x", key: "PASS_MAX_DAYS", value: "90", separator: "\t" };
const line = "PASS_MAX_DAYS\t90";

describe("one key of a file", () => {
  test.each([
    ["replaces the active line", "A 1\nPASS_MAX_DAYS 99999\nB 2\n", `A 1\n${line}\nB 2\n`],
    [
      "leaves comments alone",
      "# PASS_MAX_DAYS 1\n#PASS_MAX_DAYS 2\n",
      `# PASS_MAX_DAYS 1\n#PASS_MAX_DAYS 2\n${line}\n`,
    ],
    [
      "comments out later active lines",
      "PASS_MAX_DAYS 1\n PASS_MAX_DAYS 2\n",
      `${line}\n#  PASS_MAX_DAYS 2\n`,
    ],
    ["appends what is missing", "A 1\n", `A 1\n${line}\n`],
    ["ends the last line before it appends", "A 1", `A 1\n${line}\n`],
    ["makes a file of nothing", "", `${line}\n`],
    [
      "does not take a longer key for it",
      "PASS_MAX_DAYS_X 1\nXPASS_MAX_DAYS 1\n",
      `PASS_MAX_DAYS_X 1\nXPASS_MAX_DAYS 1\n${line}\n`,
    ],
    ["does not take another case for it", "pass_max_days 1\n", `pass_max_days 1\n${line}\n`],
    ["keeps carriage returns", "PASS_MAX_DAYS 1\r\nB 2\r\n", `${line}\r\nB 2\r\n`],
    ["keeps a last line without an end", "PASS_MAX_DAYS 1", line],
  ])("%s", (_name, before, after) => {
    expect(setKey(step, before)).toBe(after);
  });

  test("a key before a space is sshd's, and sshd ignores case", () => {
    const sshd: SetKey = { ...step, key: "PermitRootLogin", value: "yes", separator: " " };
    expect(setKey(sshd, "permitrootlogin=no\nPERMITROOTLOGIN no\n")).toBe(
      "PermitRootLogin yes\n# PERMITROOTLOGIN no\n",
    );
  });

  test("a key before a colon is an account's name, at the start of its line", () => {
    const passwd: SetKey = { ...step, key: "kim", value: "x:0:0", separator: ":" };
    expect(setKey(passwd, "kimberly:x:1:1\nkim:x:2:2\n")).toBe("kimberly:x:1:1\nkim:x:0:0\n");
    expect(setKey(passwd, "root:x:0:0\n")).toBe("root:x:0:0\nkim:x:0:0\n");
  });

  test("a sysctl line with a minus in front sets its key", () => {
    const sysctl: SetKey = { ...step, key: "kernel.x", value: "1", separator: " = " };
    expect(setKey(sysctl, "-kernel.x = 0\nkernel.x=0\n")).toBe("kernel.x = 1\n# kernel.x=0\n");
  });
});

const keys = constantFrom("alpha", "Beta", "c.d");
const someLine = record({
  indent: constantFrom("", " ", "\t", "# ", "#", "-"),
  key: keys,
  between: constantFrom(" ", "=", " = ", "\t", "", "x "),
  value: string({ unit: constantFrom("0", "9", "a", "=", " ", "#"), maxLength: 6 }),
}).map(({ indent, key, between, value }) => `${indent}${key}${between}${value}`);
const text = array(someLine, { maxLength: 8 }).map((lines) => lines.join("\n"));
const value = string({ unit: constantFrom("0", "1", "a", "-"), minLength: 1, maxLength: 5 });

function check(parse: CheckSpec["parse"]): CheckSpec {
  return {
    title: "t",
    rationale: "r",
    platforms: ["linux"],
    interval: "5m",
    severity: "low",
    collect: { file: { path: "/etc/x" } },
    parse,
    assert: "true",
    expected: "e",
    record: {},
  };
}

describe("whatever the file held before", () => {
  const separators = constantFrom<SetKey["separator"]>(" ", "=", " = ", ":", "\t");

  test("setting a key twice is setting it once", () => {
    assert(
      property(text, keys, value, separators, (before, key, value, separator) => {
        const once = setKey({ path: "/etc/x", key, value, separator }, before);
        expect(setKey({ path: "/etc/x", key, value, separator }, once)).toBe(once);
      }),
    );
  });

  test("a later value takes the place of an earlier one and leaves no trace of it", () => {
    assert(
      property(text, keys, value, value, (before, key, first, second) => {
        const edit = (value: string): SetKey => ({ path: "/etc/x", key, value, separator: " = " });
        expect(setKey(edit(second), setKey(edit(first), before))).toBe(setKey(edit(second), before));
      }),
    );
  });

  test.each([
    ["sysctl-dirs", " = ", "c.d"],
    ["login-defs", "\t", "alpha"],
    ["key-value", "=", "Beta"],
    ["sshd-config", " ", "beta"],
  ] satisfies [CheckSpec["parse"], SetKey["separator"], string][])(
    "%s then reads the value that was set",
    (parse, separator, key) => {
      assert(
        property(text, value, (before, value) => {
          const after = setKey({ path: "/etc/x", key, value, separator }, before);
          const row = {
            path: "/etc/x",
            found: true,
            text: after,
            mode: null,
            uid: null,
            gid: null,
            modifiedAt: null,
            error: null,
          };
          const result = parseFacts(check(parse), { files: [row], outputs: [] }, { practice: true, at: 0 });
          expect(result).toMatchObject({ facts: { settings: { [key]: value } } });
        }),
      );
    },
  );
});
