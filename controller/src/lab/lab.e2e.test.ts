import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LabReport } from "@compline/schemas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noMachine } from "../e2e/lab.ts";

const root = join(import.meta.dirname, "../../..");
const USELESS = "passwd-left-alone";

let folder: string;
/** Where the lab has its own folder. */
let place: string;

/** A library of one rule, and a second drill for its check, which breaks nothing. */
function makeLibrary(): void {
  const files = [
    "policies/checks/linux/passwd-permissions.yaml",
    "policies/rules/passwd-permissions.yaml",
    "runbooks/linux/passwd-set-permissions.yaml",
    "runbooks/linux/passwd-set-permissions.drill.yaml",
  ];
  for (const file of files) cpSync(join(root, file), join(folder, file));
  const drill = readFileSync(join(root, files[3] ?? ""), "utf8");
  const useless = drill.replace("name: passwd-set-permissions", `name: ${USELESS}`).replace("0666", "0644");
  writeFileSync(join(folder, `runbooks/linux/${USELESS}.drill.yaml`), useless);
}

function startLab(report: string): ChildProcess {
  const flags = ["--library", folder, "--hosts", "12", "--report", report];
  return spawn(process.execPath, [join(root, ".ci/lab.mjs"), ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: place },
  });
}

/** What is left of a lab on this machine. */
function remains(lab: ChildProcess): readonly string[] {
  const mounts = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .filter((line) => line.includes(place));
  const groups = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]
    .map((path) => join(path, `compline-lab-${lab.pid}`))
    .filter((path) => existsSync(path));
  const programs = readdirSync("/proc").filter(
    (pid) => /^\d+$/.test(pid) && commandLine(pid).includes(place),
  );
  return [...readdirSync(place), ...mounts, ...groups, ...programs];
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it ended
  }
}

describe.skipIf(noMachine !== null)(`the lab${noMachine === null ? "" : ` (skipped: ${noMachine})`}`, () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "compline-library-"));
    place = join(folder, "tmp");
    mkdirSync(place);
    makeLibrary();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("heals what a drill breaks, and notices a drill that breaks nothing", { timeout: 300_000 }, async () => {
    const file = join(folder, "report.json");
    const lab = startLab(file);
    const [code] = await once(lab, "exit");
    const report = JSON.parse(readFileSync(file, "utf8")) as LabReport;
    const healed = report.drills.find(({ name }) => name === "passwd-set-permissions");
    expect(healed).toMatchObject({ outcome: "healed", attempts: 1, undone: true, reason: null });
    const useless = report.drills.find(({ name }) => name === USELESS);
    expect(useless).toMatchObject({ outcome: "failed", healedMs: null });
    expect(useless?.reason).toMatch(/^the check still passes/);
    expect(code).toBe(1);
    expect(remains(lab)).toEqual([]);
  });

  it.each(["SIGINT", "SIGKILL"] as const)("leaves nothing behind after %s", async (signal) => {
    const lab = startLab(join(folder, "never.json"));
    let said = "";
    lab.stdout?.on("data", (chunk) => (said += String(chunk)));
    while (!said.includes("the product runs")) await once(lab.stdout ?? lab, "data");
    lab.kill(signal);
    await once(lab, "exit");
    await expect.poll(() => remains(lab), { timeout: 15_000 }).toEqual([]);
    expect(existsSync(join(folder, "never.json"))).toBe(false);
  });
});
