/** `npm test`: the checks, then the end-to-end tests with real processes and a real browser. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { check, runTests, summary } from "./check.mjs";

const CHROMIUM = "/usr/bin/chromium";

function apt(args) {
  // A policy-rc.d that answers 101 keeps apt from starting a service; chromium has none, its dependencies might.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  return spawnSync("apt-get", ["-q", "-y", ...args], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
}

/** Why the browser tests cannot run, or null when Chromium is there (installed now if that is allowed and possible). */
function prepareChromium() {
  if (existsSync(CHROMIUM)) return null;
  if (process.env.COMPLINE_TEST_APT === "0")
    return "chromium is not installed and COMPLINE_TEST_APT=0 refuses to install it";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    return "chromium is not installed (as root on Debian it is installed by apt)";
  process.stdout.write("Installing chromium by apt for the browser tests (COMPLINE_TEST_APT=0 refuses)\n");
  apt(["update"]);
  const result = apt(["install", "--no-install-recommends", "chromium"]);
  return existsSync(CHROMIUM)
    ? null
    : `apt could not install chromium: ${result.stderr.trim().split("\n").at(-1)}`;
}

const without = prepareChromium();
if (without !== null) process.stdout.write(`Browser tests are skipped: ${without}\n`);
const first = await check();
const second = await runTests("e2e", without === null ? {} : { COMPLINE_NO_BROWSER: without });
const counts = {
  passed: first.passed + second.passed,
  failed: first.failed + second.failed,
  skipped: first.skipped + second.skipped,
};
process.stdout.write(`${summary(counts)}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;
