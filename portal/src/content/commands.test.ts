import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFixture } from "../fixture/snapshot.ts";
import { fixtureKey } from "../fixture/keys.ts";
import { VERIFY_COMMANDS } from "./commands.ts";

const folder = mkdtempSync(join(tmpdir(), "compline-portal-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tools = ["sha256sum", "jq", "base64", "xxd", "openssl"];
const missing = tools.filter((tool) => spawnSync("which", [tool]).status !== 0);

test.skipIf(missing.length > 0)(
  "the commands for standard tools accept a real bundle and refuse a changed one",
  async () => {
    const { sites } = await makeFixture();
    const bundle = sites[0]?.bundles[0];
    const script = VERIFY_COMMANDS.standard.replaceAll("BUNDLE", "bundle");
    const env = { ...process.env, PUBLIC_KEY: fixtureKey("tidewell-box").publicKey };
    const run = (): string =>
      execFileSync("bash", ["-euo", "pipefail", "-c", script], { cwd: folder, env, encoding: "utf8" });
    writeFileSync(join(folder, "bundle.dsse.json"), bundle?.envelope ?? "");
    const output = run();
    expect(output).toContain(bundle?.digest);
    expect(output).toContain("Signature Verified Successfully");
    const other = sites[0]?.bundles[1]?.envelope ?? "";
    const { payload } = JSON.parse(bundle?.envelope ?? "{}") as { payload: string };
    writeFileSync(
      join(folder, "bundle.dsse.json"),
      other.replace(/"payload":"[^"]+"/, `"payload":"${payload}"`),
    );
    expect(run).toThrow("Command failed");
  },
);
