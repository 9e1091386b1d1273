import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SYSTEM_NODE = "/usr/bin/node";
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

/** Why there is no older Node to try, or null. */
function missing(): string | null {
  if (!existsSync(SYSTEM_NODE)) return `${SYSTEM_NODE} is not installed`;
  const major = Number(/^v(\d+)/.exec(execFileSync(SYSTEM_NODE, ["--version"], { encoding: "utf8" }))?.[1]);
  return major < 26 ? null : `${SYSTEM_NODE} is not older than 26`;
}

const reason = missing();

describe.skipIf(reason !== null)(
  `started by the system's own, older Node${reason === null ? "" : ` (skipped: ${reason})`}`,
  () => {
    it.each([
      ["controller/bin/compline.mjs", "version"],
      ["agent/bin/compline-agent.mjs", "--version"],
    ])("%s goes on with the one that is installed here", (program, argument) => {
      const output = execFileSync(SYSTEM_NODE, [join(root, program), argument], { encoding: "utf8" });
      expect(output).toMatch(/^\d+\.\d+\.\d+\n$/);
    });
  },
);

it("a checkout in which nothing is installed says so in one line, and what to do", () => {
  const folder = mkdtempSync(join(tmpdir(), "compline-launcher-"));
  cpSync(join(root, "controller/bin"), join(folder, "controller/bin"), { recursive: true });
  const program = join(folder, "controller/bin/compline.mjs");
  const { status, stderr } = spawnSync(process.execPath, [program, "doctor"], { encoding: "utf8" });
  expect([status, stderr]).toEqual([
    3,
    "compline: the packages are not installed; run npm start or npm ci first\n",
  ]);
  rmSync(folder, { recursive: true });
});
