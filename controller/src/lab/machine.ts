import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Network } from "./network.ts";
import { type Ended, expectProgram, LabError, runProgram } from "./programs.ts";

/** Where a machine comes from. */
export interface MachinePlan {
  /** Its name, at most 12 characters long. */
  readonly name: string;
  /** From 1, a different one for each machine. */
  readonly number: number;
  /** The files of its system, which stay as they are. */
  readonly system: string;
  /** An empty folder, in memory, for what changes. */
  readonly folder: string;
  /** The name of the control group that its own is made in. */
  readonly group: string;
  readonly network: Network;
}

/** A machine that runs. */
export interface Machine {
  readonly name: string;
  readonly address: string;
  /** Of its sshd, in the form YAML has. */
  readonly hostKey: string;
  /** Lets a key log in as {@link OPERATOR}. */
  authorize(publicKey: string): void;
  /** Runs a program on it as root, beside SSH. */
  run(argv: readonly string[]): Promise<Ended>;
}

/** An account of the machine that is not root, and may become root by sudo without a password. */
export const OPERATOR = "compline";

const OPERATOR_ID = 1000;
const DAY_MS = 86_400_000;
const BOOT_MS = 90_000;
const KEPT_LOG = 20_000;

/** Boots a machine by its own systemd, in namespaces and a control group of its own. It ends with this process. */
export async function bootMachine(plan: MachinePlan): Promise<Machine> {
  const { name, number, folder, network } = plan;
  const root = await mountRoot(plan);
  furnish(root);
  const pid = await boot(plan, root);
  const address = await network.connect(name, number, pid);
  const publicKey = readFileSync(join(root, "etc/ssh/ssh_host_ed25519_key.pub"), "utf8");
  const keys = join(folder, "root/home", OPERATOR, ".ssh/authorized_keys");
  return {
    name,
    address,
    hostKey: publicKey.split(" ").slice(0, 2).join(" "),
    authorize: (key) => appendFileSync(keys, `${key}\n`),
    run: (argv) => runProgram(["nsenter", `--target=${pid}`, "--all", "--wd=/", ...argv]),
  };
}

async function mountRoot({ folder, system }: MachinePlan): Promise<string> {
  const [upper, work, root] = ["upper", "work", "root"].map((name) => join(folder, name));
  for (const each of [upper, work, root]) mkdirSync(each ?? "", { recursive: true });
  const layers = `lowerdir=${system},upperdir=${upper},workdir=${work}`;
  await expectProgram(["mount", "-t", "overlay", "overlay", "-o", layers, root ?? ""]);
  return root ?? "";
}

/** The account that appliances log in as; and the journal on the console, which tells when sshd listens. */
function furnish(root: string): void {
  const at = (path: string): string => join(root, path);
  const console = at("etc/systemd/journald.conf.d/lab.conf");
  mkdirSync(dirname(console), { recursive: true });
  writeFileSync(console, "[Journal]\nForwardToConsole=yes\nMaxLevelConsole=info\n");
  const home = `/home/${OPERATOR}`;
  appendFileSync(at("etc/passwd"), `${OPERATOR}:x:${OPERATOR_ID}:${OPERATOR_ID}::${home}:/bin/bash\n`);
  appendFileSync(at("etc/group"), `${OPERATOR}:x:${OPERATOR_ID}:\n`);
  // An account whose password has expired is let in by no key.
  const today = Math.floor(Date.now() / DAY_MS);
  appendFileSync(at("etc/shadow"), `${OPERATOR}:*:${today}:0:90:7:::\n`);
  writeFileSync(at("etc/sudoers.d/lab"), `${OPERATOR} ALL=(ALL) NOPASSWD: ALL\n`, { mode: 0o440 });
  for (const folder of [home, `${home}/.ssh`]) {
    mkdirSync(at(folder), { mode: 0o700 });
    chownSync(at(folder), OPERATOR_ID, OPERATOR_ID);
  }
  const keys = at(`${home}/.ssh/authorized_keys`);
  writeFileSync(keys, "", { mode: 0o600 });
  chownSync(keys, OPERATOR_ID, OPERATOR_ID);
}

/** Starts it; answers the process that is the machine's first when its sshd listens. */
async function boot({ name, group: groups, network }: MachinePlan, root: string): Promise<number> {
  const group = join("/sys/fs/cgroup", groups, name);
  mkdirSync(group, { recursive: true });
  const console = ["--console=read-only", "--network-veth", `--machine=${name}`];
  const alone = ["--register=no", "--keep-unit", "--link-journal=no"];
  const nspawn = ["systemd-nspawn", "--quiet", "--boot", `--directory=${root}`, ...console, ...alone];
  // A process joins its group itself, before it becomes the machine's.
  const join_ = ["/bin/sh", "-c", 'echo $$ > "$0/cgroup.procs"; exec "$@"', group];
  const [program = "", ...args] = [...join_, ...network.enter(nspawn)];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const listening = new Promise<void>((resolve) => {
    const take = (chunk: unknown): void => {
      log = (log + String(chunk)).slice(-KEPT_LOG);
      if (log.includes("Server listening on")) resolve();
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
  });
  const failed = (why: string) => (): never => {
    throw new LabError(`${name} did not boot: ${why}; its console said: ${log.slice(-500)}`);
  };
  await Promise.race([
    listening,
    once(child, "close").then(failed("systemd-nspawn ended")),
    once(AbortSignal.timeout(BOOT_MS), "abort").then(failed(`no sshd after ${BOOT_MS / 1000} s`)),
  ]);
  return firstChild(child.pid ?? 0);
}

function firstChild(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ")[0]);
}
