/** `npm test`: the checks, then the end-to-end tests with real processes and a real browser. */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { check, runTests, summary } from "./check.mjs";

const CHROMIUM = { file: "/usr/bin/chromium", name: "chromium", what: "browser tests" };
const SSHD = { file: "/usr/sbin/sshd", name: "openssh-server", what: "tests against a real sshd" };

/** What apt asks before it starts a service. Ours says no, unless the machine has an answer of its own. */
const POLICY = "/usr/sbin/policy-rc.d";

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  return spawnSync("apt-get", ["-q", "-y", ...args], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
}

function install(name) {
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    apt(["update"]);
    return apt(["install", "--no-install-recommends", name]);
  } finally {
    if (ours) rmSync(POLICY);
  }
}

/** Why a Debian package is not there, or null when it is (installed now if that is allowed and possible). */
function prepare({ file, name, what }) {
  if (existsSync(file)) return null;
  if (process.env.COMPLINE_TEST_APT === "0")
    return `${name} is not installed and COMPLINE_TEST_APT=0 refuses to install it`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    return `${name} is not installed (as root on Debian it is installed by apt)`;
  process.stdout.write(`Installing ${name} by apt for the ${what} (COMPLINE_TEST_APT=0 refuses)\n`);
  const result = install(name);
  return existsSync(file)
    ? null
    : `apt could not install ${name}: ${result.stderr.trim().split("\n").at(-1)}`;
}

/** Prepares a package; the environment that tells the tests when it is missing. */
function missing(wanted, variable) {
  const why = prepare(wanted);
  if (why === null) return {};
  process.stdout.write(`The ${wanted.what} are skipped: ${why}\n`);
  return { [variable]: why };
}

const environment = { ...missing(CHROMIUM, "COMPLINE_NO_BROWSER"), ...missing(SSHD, "COMPLINE_NO_SSHD") };
const first = await check();
const second = await runTests("e2e", environment);
const counts = {
  passed: first.passed + second.passed,
  failed: first.failed + second.failed,
  skipped: first.skipped + second.skipped,
};
process.stdout.write(`${summary(counts)}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;
