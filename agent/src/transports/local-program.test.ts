import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MAX_COMPLAINT_BYTES, MAX_OUTPUT_BYTES } from "./host.ts";
import { runLocalProgram } from "./local-program.ts";

const never = new AbortController().signal;
const sh = (script: string): string[] => ["/bin/sh", "-c", script];
const textOf = async (argv: readonly string[]): Promise<string> =>
  (await runLocalProgram(argv, never)).stdout.toString();

describe.skipIf(process.platform !== "linux")("a program of this machine", () => {
  it("gives what it printed and how it ended, and a failure is no error", async () => {
    const { code, stdout, stderr } = await runLocalProgram(sh("echo one; echo two >&2; exit 3"), never);
    expect([code, stdout.toString(), stderr.toString()]).toEqual([3, "one\n", "two\n"]);
  });

  it("gives the beginning of what it complained of, however much that is", async () => {
    const { code, stderr } = await runLocalProgram(sh("/usr/bin/head -c 30000000 /dev/zero >&2"), never);
    expect([code, stderr.length]).toEqual([0, MAX_COMPLAINT_BYTES]);
  });

  it("gets a bare environment, no input and no shell", async () => {
    expect(await textOf(["/usr/bin/env"])).toBe("PATH=/usr/sbin:/usr/bin:/sbin:/bin\nLC_ALL=C\n");
    expect(await textOf(["/bin/cat"])).toBe("");
    expect(await textOf(["/bin/echo", "$(id);", "a b"])).toBe("$(id); a b\n");
  });

  it("gives all of an output that is as large as it may be, byte for byte", async () => {
    const { stdout } = await runLocalProgram(
      ["/usr/bin/head", "-c", String(MAX_OUTPUT_BYTES), "/dev/zero"],
      never,
    );
    expect(stdout.length).toBe(MAX_OUTPUT_BYTES);
  });

  it.each([
    ["PROGRAM_MISSING", ["/usr/bin/no-such-program"]],
    ["NEEDS_PRIVILEGE", ["/etc/passwd"]],
    ["PROGRAM_FAILED", sh("kill -9 $$")],
    ["OUTPUT_TOO_LARGE", ["/usr/bin/yes"]],
    ["ARGUMENT_REFUSED", ["echo"]],
    ["ARGUMENT_REFUSED", ["/bin/echo", "a\0b"]],
    ["ARGUMENT_REFUSED", []],
  ])("that did not run to its end is %s", async (token, argv) => {
    await expect(runLocalProgram(argv, never)).rejects.toMatchObject({ token });
  });

  it("is killed when the time is up, with all that it started", async () => {
    const limit = new AbortController();
    const pending = runLocalProgram(sh("sleep 987654 & wait"), limit.signal);
    limit.abort();
    await expect(pending).rejects.toMatchObject({ token: "TIMEOUT" });
    await expect(runLocalProgram(["/bin/echo"], limit.signal)).rejects.toMatchObject({ token: "TIMEOUT" });
    expect(running("987654")).toEqual([]);
  });

  it("leaves nothing in the background that holds its output open", async () => {
    expect(await textOf(sh("sleep 876543 & echo done"))).toBe("done\n");
    expect(running("876543")).toEqual([]);
  });
});

/** Processes that were started with a word. One that is killed may still be there, but without its arguments. */
function running(word: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(word);
    } catch {
      return false; // it has ended meanwhile
    }
  });
}
