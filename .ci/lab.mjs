/**
 * `npm run lab`: the chaos lab (`--help` says what it does). It runs in namespaces of its own, as the first process
 * there: when it ends, however it ends, the kernel ends everything it started and undoes everything it mounted. What is
 * left to this process is an empty folder and empty control groups.
 */
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanUp } from "../controller/src/lab/clean-up.ts";
import { HELP, readFlags } from "../controller/src/lab/flags.ts";
import { prepare } from "./debian.mjs";

const MAIN = join(import.meta.dirname, "../controller/src/lab/main.ts");
const what = "chaos lab";
const PACKAGES = [
  { file: "/usr/bin/mmdebstrap", name: "mmdebstrap", what },
  { file: "/usr/share/keyrings/debian-archive-keyring.gpg", name: "debian-archive-keyring", what },
  { file: "/usr/bin/systemd-nspawn", name: "systemd-container", what },
  { file: "/usr/sbin/ip", name: "iproute2", what },
];

function stop(message, code) {
  process.stderr.write(`lab: ${message}\n`);
  process.exit(code);
}

function flags(argv) {
  try {
    return readFlags(argv);
  } catch (error) {
    return stop(`${error.message}; --help says what is possible`, 2);
  }
}

function refuseUnable() {
  if (process.platform !== "linux") stop("machines are booted in Linux namespaces; this is no Linux", 3);
  if (process.getuid() !== 0)
    stop("it mounts, boots and breaks machines, and so needs root: sudo npm run lab", 3);
  const why = PACKAGES.map(prepare).find((reason) => reason !== null);
  if (why !== undefined) stop(why, 3);
}

/** Runs the lab; its input is held open, and closed when this process is to end. */
function runInside(work, group, argv) {
  const namespaces = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const child = spawn("unshare", [...namespaces, process.execPath, MAIN, work, group, ...argv], {
    stdio: ["pipe", "inherit", "inherit"],
    env: { ...process.env, TMPDIR: join(work, "tmp") },
    // Ctrl-C is for this process alone, which then ends the others in order.
    detached: true,
  });
  child.stdin.on("error", () => undefined);
  let interrupted = null;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (interrupted !== null) child.kill("SIGKILL");
      interrupted = signal;
      process.stderr.write("\nlab: ending\n");
      child.stdin.end();
    });
  }
  return new Promise((resolve) => {
    child.on("close", (code) => resolve(interrupted === null ? (code ?? 3) : 130));
  });
}

const argv = process.argv.slice(2);
if (flags(argv).help) {
  process.stdout.write(HELP);
  process.exit(0);
}
refuseUnable();
const work = mkdtempSync(join(tmpdir(), "compline-lab-"));
chmodSync(work, 0o711);
const group = `compline-lab-${process.pid}`;
process.exitCode = await runInside(work, group, argv);
await cleanUp({ work, group });
