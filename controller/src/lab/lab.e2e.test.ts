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
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { noMachine } from "../e2e/lab.ts";

const root = join(import.meta.dirname, "../../..");
const USELESS = "passwd-left-alone";

let folder: string;

/** A library of one rule, and a second drill for its check, which breaks nothing. */
function makeLibrary(): void {
  const files = [
    "policies/checks/linux/passwd-permissions.yaml",
    "policies/rules/passwd-permissions.yaml",
    "runbooks/linux/passwd-set-permissions.yaml",
    "runbooks/linux/passwd-set-permissions.drill.yaml",
  ];
  for (const file of files) cpSync(join(root, file), join(folder, "library", file));
  const drill = readFileSync(join(root, files[3] ?? ""), "utf8");
  const useless = drill.replace("name: passwd-set-permissions", `name: ${USELESS}`).replace("0666", "0644");
  writeFileSync(join(folder, `library/runbooks/linux/${USELESS}.drill.yaml`), useless);
}

interface Lab {
  readonly child: ChildProcess;
  /** Where the lab has its own folder. */
  readonly place: string;
  /** Its report, when there is one. */
  readonly report: string;
}

function startLab(name: string): Lab {
  const [place, report] = [join(folder, name), join(folder, `${name}.json`)];
  mkdirSync(place);
  const flags = ["--library", join(folder, "library"), "--hosts", "12", "--report", report];
  const child = spawn(process.execPath, [join(root, ".ci/lab.mjs"), ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: place },
  });
  return { child, place, report };
}

/** What is left of a lab on this machine. */
function remains({ child, place }: Lab): readonly string[] {
  const mounts = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .filter((line) => line.includes(place));
  const groups = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]
    .map((path) => join(path, `compline-lab-${child.pid}`))
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

const skipped = noMachine === null ? "" : ` (skipped: ${noMachine})`;

// Most of a lab is waiting: for the cadence, for the patience with a drill that breaks nothing.
describe.skipIf(noMachine !== null).concurrent(`the lab${skipped}`, () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "compline-labs-"));
    makeLibrary();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("heals what a drill breaks, and notices a drill that breaks nothing", { timeout: 300_000 }, async () => {
    const lab = startLab("whole");
    const [code] = await once(lab.child, "exit");
    const report = JSON.parse(readFileSync(lab.report, "utf8")) as LabReport;
    const healed = report.drills.find(({ name }) => name === "passwd-set-permissions");
    expect(healed).toMatchObject({ outcome: "healed", attempts: 1, undone: true, reason: null });
    const useless = report.drills.find(({ name }) => name === USELESS);
    expect(useless).toMatchObject({ outcome: "failed", healedMs: null });
    expect(useless?.reason).toMatch(/^the check still passes/);
    expect(code).toBe(1);
    expect(remains(lab)).toEqual([]);
  });

  it.each(["SIGINT", "SIGKILL"] as const)("leaves nothing behind after %s", async (signal) => {
    const lab = startLab(signal);
    const { child } = lab;
    let said = "";
    child.stdout?.on("data", (chunk) => (said += String(chunk)));
    while (!said.includes("the product runs")) await once(child.stdout ?? child, "data");
    child.kill(signal);
    await once(child, "exit");
    await vi.waitFor(() => expect(remains(lab)).toEqual([]), 15_000);
    expect(existsSync(lab.report)).toBe(false);
  });
});
