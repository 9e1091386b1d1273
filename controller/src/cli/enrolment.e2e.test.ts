import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const digits = /\d{5}(?: \d{5}){5}/g;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-enrolment-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("enrolment by file", () => {
  it("shows both sides the same digits, for the box's key and for the controller's", () => {
    const repo = join(folder, "lanternfish");
    expect(compline("init", repo, "--site", "workbench").status).toBe(0);
    const state = join(folder, "state");
    const missing = compline("controller-key", "--state", state);
    expect(missing).toMatchObject({ status: 3, stdout: "" });
    const config = join(folder, "controller.json");
    writeFileSync(
      config,
      JSON.stringify({
        schemaVersion: "1",
        state,
        host: "127.0.0.1",
        port: 0,
        sources: [{ name: "own", repository: repo, branch: "main" }],
      }),
    );
    startOnce(config);
    const key = compline("controller-key", "--config", config);
    const box = join(folder, "front-box");
    const enrolled = agent(
      "enrol",
      box,
      "--name",
      "front-box",
      "--controller",
      "http://127.0.0.1:8480",
      "--controller-key",
      key.stdout.trim(),
    );
    expect(enrolled.status).toBe(0);
    const file = join(repo, "sites/lanternfish/workbench/appliances/front-box.yaml");
    writeFileSync(file, enrolled.stdout);
    expect(compline("validate", "--repo", repo).status).toBe(0);
    const seen = compline("enrolment", file, "--repo", repo);
    const [ofBox, ofController] = enrolled.stderr.match(digits) ?? [];
    expect(seen.stdout.match(digits)).toEqual([ofBox]);
    expect(key.stderr.match(digits)).toEqual([ofController]);
    expect(agent("show", box).stdout).toBe(readFileSync(file, "utf8"));
  });
});

/** The controller makes its key at its first start. */
function startOnce(config: string): void {
  const { status } = run("controller/bin/controller.mjs", "--config", config, "--exit-with-stdin");
  expect(status).toBe(0);
}

function compline(...args: readonly string[]) {
  return run("controller/bin/compline.mjs", ...args);
}

function agent(...args: readonly string[]) {
  return run("agent/bin/compline-agent.mjs", ...args);
}

function run(program: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [join(root, program), ...args], { encoding: "utf8", input: "" });
}
