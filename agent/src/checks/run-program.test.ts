import { describe, expect, it } from "vitest";
import { runProgram } from "./run-program.ts";

const never = new AbortController().signal;
const sh = (script: string): string[] => ["/bin/sh", "-c", script];

describe("a program of this machine", () => {
  it("gives what it printed and how it ended, and a failure is no error", async () => {
    const argv = sh("echo one; exit 3");
    expect(await runProgram(argv, never)).toEqual({ argv, code: 3, text: "one\n", error: null });
  });

  it("gets a bare environment, no input and no shell", async () => {
    expect((await runProgram(["/usr/bin/env"], never)).text).toBe(
      "PATH=/usr/sbin:/usr/bin:/sbin:/bin\nLC_ALL=C\n",
    );
    expect((await runProgram(["/bin/cat"], never)).text).toBe("");
    expect((await runProgram(["/bin/echo", "$(id);", "a b"], never)).text).toBe("$(id); a b\n");
  });

  it.each([
    ["PROGRAM_MISSING", ["/usr/bin/no-such-program"]],
    ["NEEDS_PRIVILEGE", ["/etc/passwd"]],
    ["PROGRAM_FAILED", sh("kill -9 $$")],
    ["OUTPUT_NOT_TEXT", sh("printf 'a\\377'")],
    ["OUTPUT_TOO_LARGE", ["/usr/bin/yes"]],
  ])("that did not run to its end is %s", async (error, argv) => {
    expect(await runProgram(argv, never)).toEqual({ argv, code: null, text: null, error });
  });

  it("is killed when the time is up, also when what it started holds its output open", async () => {
    const limit = new AbortController();
    const pending = runProgram(sh("sleep 1000 & wait"), limit.signal);
    limit.abort();
    expect((await pending).error).toBe("TIMEOUT");
    expect((await runProgram(["/bin/echo"], limit.signal)).error).toBe("TIMEOUT");
  });
});
