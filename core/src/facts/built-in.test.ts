import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { builtIns } from "./built-in.ts";
import { checkOf, factsIn, look } from "./testdata/rows.ts";

const disk = checkOf({ program: { name: "disk-usage" } }, "lines");
const clock = checkOf({ program: { name: "clock" } }, "key-value");

describe("a program this version looks with", () => {
  test("is read like any text", () => {
    const says = () => ({ text: "Use% IUse%\n 29%    5%\n" });
    expect(factsIn(look(disk, { says }))).toEqual({ found: true, lines: ["Use% IUse%", " 29%    5%"] });
  });

  test("that is not installed is not found, and one that fails is an error", () => {
    expect(factsIn(look(disk, {}))).toEqual({ found: false, lines: [] });
    expect(look(disk, { says: () => ({ code: 1 }) })).toEqual({ kind: "error", reason: "PROGRAM_FAILED" });
  });

  test("may print nothing, and end with more than 0, where that is how it says so", () => {
    const verify = checkOf({ program: { name: "package-files" } }, "lines");
    expect(factsIn(look(verify, { says: () => ({ text: "", code: 1 }) }))).toEqual({
      found: true,
      lines: [],
    });
    expect(look(verify, { says: () => ({ code: 2 }) })).toEqual({ kind: "error", reason: "PROGRAM_FAILED" });
    expect(look(disk, { says: () => ({ text: "" }) })).toEqual({ kind: "error", reason: "OUTPUT_EMPTY" });
  });

  test("that asks systemd is not found where systemd does not run", () => {
    const says = () => ({ text: "NTPSynchronized=yes\n" });
    expect(factsIn(look(clock, { says }))).toEqual({ found: false, settings: {} });
    expect(factsIn(look(clock, { says, files: { "/run/systemd/system": "" } }))).toEqual({
      found: true,
      settings: { NTPSynchronized: "yes" },
    });
  });

  test("does not exist on a practice host", () => {
    expect(look(disk, { practice: true })).toEqual({ kind: "not_applicable", reason: "PRACTICE_HOST" });
  });

  test.skipIf(!existsSync("/usr/bin/df"))("df takes its arguments and prints shares only (needs df)", () => {
    const [program = "", ...rest] = builtIns["disk-usage"].argv;
    const { stdout, status } = spawnSync(program, rest, { encoding: "utf8", env: { LC_ALL: "C" } });
    expect(status).toBe(0);
    const [header, ...lines] = stdout.trimEnd().split("\n");
    expect(header?.trim()).toBe("Use% IUse%");
    for (const line of lines) expect(line).toMatch(/^ *(?:\d+%|-) +(?:\d+%|-)$/);
  });

  test.skipIf(!existsSync("/usr/bin/find"))(
    "find takes its arguments and says that it looked (needs find)",
    () => {
      const [program = "", ...rest] = builtIns["etc-world-writable"].argv;
      const { stdout } = spawnSync(program, rest, { encoding: "utf8", env: { LC_ALL: "C" } });
      expect(stdout).toMatch(/^d\n(?:f\n)*$/);
    },
  );

  test.skipIf(!existsSync("/usr/bin/find")).each([
    ["certificate-keys", /^d\d+\n(?:f\d+\n)*$/],
    ["cron-files", /^0d\n(?:[1-9]\d*[a-z]\n)*$/],
    ["home-folders", /^0\n(?:1\n)*$/],
    ["suid-files", /^d\/usr\n(?:f\/.+\n)*$/],
  ] as const)("%s says that it looked, and names no person (needs find)", (name, form) => {
    const [program = "", ...rest] = builtIns[name].argv;
    const { stdout } = spawnSync(program, rest, { encoding: "utf8", env: { LC_ALL: "C" } });
    expect(stdout).toMatch(form);
  });
});
