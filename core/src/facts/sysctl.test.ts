import { describe, expect, test } from "vitest";
import { checkOf, factsIn, look } from "./testdata/rows.ts";

const keys = ["kernel.randomize_va_space", "kernel.absent"];
const files = { "/proc/sys/kernel/randomize_va_space": "2\n", "/etc/sysctl.d/a.conf": "" };

describe("what the running kernel says", () => {
  test("is read without its line end, and a value that does not exist is left out", () => {
    const check = checkOf({ sysctl: { keys } }, "sysctl");
    expect(factsIn(look(check, { files }))).toEqual({ running: { "kernel.randomize_va_space": "2" } });
    expect(look(check, { files, practice: true })).toEqual({
      kind: "not_applicable",
      reason: "PRACTICE_HOST",
    });
  });

  test("stands beside what the files say, and not at all on a practice host", () => {
    const check = {
      ...checkOf({ files: { globs: ["/etc/sysctl.d/*.conf"] } }, "sysctl-dirs"),
      defaults: { "kernel.randomize_va_space": "1", "kernel.absent": "0" },
    };
    expect(factsIn(look(check, { files }))).toMatchObject({
      settings: { "kernel.randomize_va_space": "1" },
      running: { "kernel.randomize_va_space": "2" },
    });
    expect(factsIn(look(check, { files, practice: true }))).not.toHaveProperty("running");
  });
});
