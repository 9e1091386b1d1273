/**
 * `npm run check`: everything that needs no browser and no running product. Each step prints its time; the steps go on
 * after a failure, so that one run shows all that is wrong.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const bin = (name) => join(root, "node_modules", ".bin", name);

/** The static steps: [name, command, arguments]. */
const steps = [
  ["format", bin("biome"), ["format", "."]],
  ["lint", bin("oxlint"), ["--type-aware", "--deny-warnings"]],
  ...["schemas", "core", "core/tsconfig.test.json", "controller", "agent", "portal"].map((project) => [
    `types ${project}`,
    bin("tsc"),
    ["-p", project],
  ]),
  ["generated code", bin("node"), ["schemas/src/generate.ts", "--check"]],
  ["dead code", bin("knip"), ["--no-progress"]],
  ["shipped YAML", bin("compline"), ["validate"]],
  ["words", bin("node"), [".ci/words.mjs"]],
];

/** Runs one command; its output is kept and shown only when it fails. */
export function execute(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

async function runStep([name, command, args]) {
  const started = Date.now();
  const { code, output } = await execute(command, args);
  const time = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  process.stdout.write(`${code === 0 ? "ok    " : "FAILED"} ${name} (${time})\n`);
  if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`);
  return code === 0;
}

/** Runs one vitest project with its output shown, and reads the counts from its JSON report. */
export async function runTests(project, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), "compline-tests-"));
  const report = join(folder, "report.json");
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const { code } = await execute(bin("vitest"), args, { stdio: "inherit", env: { ...process.env, ...env } });
  try {
    const counts = JSON.parse(readFileSync(report, "utf8"));
    const failed =
      counts.numFailedTests +
      counts.testResults.filter(
        (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
      ).length;
    return {
      passed: counts.numPassedTests,
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: counts.numPendingTests + counts.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All static steps, two at a time, then the unit tests. A static step counts as one test. */
export async function check() {
  const waiting = [...steps];
  const results = [];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await runStep(step));
  };
  await Promise.all([worker(), worker()]);
  const unit = await runTests("unit");
  const staticFailed = results.filter((ok) => !ok).length;
  return {
    passed: unit.passed + results.length - staticFailed,
    failed: unit.failed + staticFailed,
    skipped: unit.skipped,
  };
}

/** The line that a run ends with. */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const counts = await check();
  process.stdout.write(`${summary(counts)}\n`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
