import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteForShell, shellCommand } from "./shell-quote.ts";

const SHELLS = ["/bin/dash", "/bin/bash", "/bin/busybox"].filter((shell) => existsSync(shell));

/** What a shell makes of a command line: the arguments a program was started with. */
function argumentsSeen(shell: string, command: string): readonly string[] {
  const flags = shell.endsWith("busybox") ? ["sh", "-c", command] : ["-c", command];
  const { stdout, status, error } = spawnSync(shell, flags, { encoding: "buffer" });
  if (error !== undefined || status !== 0) throw new Error(`${shell} ended with ${status}`);
  return stdout.toString("utf8").split("\0").slice(0, -1);
}

/** Text that shells make something of, more often than chance would. */
const awkward = fc.oneof(
  fc.constantFrom("'", "''", "\n", "\n\n", "\r\n", "\\", "\\'", "$HOME", "$(id)", "`id`", "!!", "-n", "--"),
  fc.constantFrom(
    "*",
    "~",
    "~root",
    "\u00a0",
    "\u202e",
    "é",
    "日本",
    "\u{1f600}",
    "\u0001",
    "\u007f",
    "\t",
    "{a,b}",
  ),
  fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replaceAll("\0", "")),
);
const argument = fc.array(awkward, { maxLength: 6 }).map((parts) => parts.join(""));

describe.each(SHELLS)("through %s", (shell) => {
  it("every argument arrives as it was", () => {
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 8 }), (words) => {
        expect(argumentsSeen(shell, shellCommand(["/usr/bin/printf", "%s\\0", ...words]))).toEqual(words);
      }),
      { numRuns: 150 },
    );
  });

  it("an empty argument, a leading dash and a large one arrive", () => {
    const words = ["", "-e", "--", "x".repeat(100_000), ""];
    expect(argumentsSeen(shell, shellCommand(["/usr/bin/printf", "%s\\0", ...words]))).toEqual(words);
  });
});

describe("what no argument can hold", () => {
  it.each(["a\0b", "\0", "a\ud800"])("%j is refused", (text) => {
    expect(() => quoteForShell(text)).toThrow(expect.objectContaining({ token: "ARGUMENT_REFUSED" }));
  });
});

it("a shell was there to try it with", () => expect(SHELLS.length).toBeGreaterThanOrEqual(2));
