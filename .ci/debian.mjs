/** Debian packages that tests and the lab need: found, or installed by apt where that is allowed. */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";

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
export function prepare({ file, name, what }) {
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
