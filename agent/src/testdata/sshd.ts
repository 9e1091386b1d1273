/** Test support: Debian's own sshd, in the foreground, with keys, a port and an account file of its own. */
import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { AssignmentHost, Transport } from "@compline/schemas";
import { makeCredential } from "../state/credentials.ts";

const SSHD = "/usr/sbin/sshd";

/** Why there is no sshd to test with, or null when there is one. */
export const noSshd: string | null =
  process.env["COMPLINE_NO_SSHD"] ?? (existsSync(SSHD) ? null : `${SSHD} is not installed`);

/** Why nothing can be tested that needs root, or null. */
export const noRoot: string | null = process.getuid?.() === 0 ? null : "not root";

/** The credential that every account of a test's sshd takes. */
const CREDENTIAL = "lab";

/** A running sshd. As root it has a mount namespace of its own, in which nothing that is changed outlives it. */
export interface Sshd {
  readonly folder: string;
  readonly port: number;
  readonly hostKey: string;
  /** Where `CREDENTIAL` lies. */
  readonly credentials: string;
  /** A path of the host as this process reaches it. */
  outside(path: string): string;
  /** A transport to it. */
  transport(changes?: Partial<Transport>): Transport;
  /** A host of an assignment behind it. */
  host(changes?: Partial<Transport>): AssignmentHost;
  /** What it has logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Accounts that are added to those of this machine: name to log-in shell. All have the number of `nobody` but root's. */
export type Accounts = Readonly<Record<string, string>>;

/** What a test's sshd may have of its own. */
export interface SshdOptions {
  readonly accounts?: Accounts;
  /** Further lines of its configuration. */
  readonly config?: string;
  /** Further commands of the shell that prepares the namespace. */
  readonly prepare?: string;
}

/** Starts one and waits until it listens. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), "compline-sshd-"));
  const credentials = join(folder, "credentials");
  writeFileSync(join(folder, "authorized_keys"), `${makeCredential(credentials, CREDENTIAL)}\n`);
  const hostKey = makeHostKey(join(folder, "host_key"));
  const port = await freePort();
  writeFileSync(join(folder, "sshd_config"), configOf(folder, port, options.config ?? ""));
  const child = start(folder, options);
  const log = await listening(child);
  const inside = noRoot === null ? `/proc/${childOf(childOf(child.pid ?? 0))}/root` : "";
  const transport = (changes: Partial<Transport> = {}): Transport => ({
    type: "ssh",
    address: "127.0.0.1",
    port,
    user: userInfo().username,
    hostKeys: [hostKey],
    credentialRef: CREDENTIAL,
    ...changes,
  });
  return {
    folder,
    port,
    hostKey,
    credentials,
    outside: (path) => inside + path,
    transport,
    host: (changes) => ({
      id: "01M84T0000SSH0000000000000",
      name: "lab",
      platform: "linux",
      transport: transport(changes),
    }),
    log,
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configOf(folder: string, port: number, more: string): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${folder}/host_key
AuthorizedKeysFile ${folder}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
LogLevel VERBOSE
${more}
`;
}

type Child = ChildProcessByStdio<Writable, null, Readable>;

/** It ends with its standard input, and so also with a test that crashes. */
function start(folder: string, options: SshdOptions): Child {
  const command = [SSHD, "-D", "-e", "-f", join(folder, "sshd_config")];
  const run = noRoot === null ? inNamespace(folder, command, options) : command;
  return spawn("/bin/sh", ["-c", '"$@" & cat; kill -KILL $!', "sh", ...run], {
    stdio: ["pipe", "ignore", "pipe"],
  });
}

/** With /etc as an overlay; when sshd ends, the kernel ends all that it started. */
function inNamespace(folder: string, command: readonly string[], options: SshdOptions): readonly string[] {
  const accounts = Object.entries(options.accounts ?? {});
  for (const name of ["upper", "work", "home"]) mkdirSync(join(folder, name));
  const script = `set -e
mount -t overlay overlay -o lowerdir=/etc,upperdir=${folder}/upper,workdir=${folder}/work /etc
mount -t tmpfs tmpfs /root
mount -t tmpfs tmpfs /run
mkdir -m 0755 /run/sshd
${accounts.map(([name, shell]) => `echo '${name}:x:65534:65534::${folder}/home:${shell}' >> /etc/passwd`).join("\n")}
${accounts.map(([name]) => `echo '${name}:*:19000:0:99999:7:::' >> /etc/shadow`).join("\n")}
chown nobody ${folder}/home
chmod 0711 ${folder}
${options.prepare ?? ""}
exec ${command.join(" ")}`;
  const namespaces = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
  return ["/usr/bin/unshare", ...namespaces, "/bin/sh", "-c", script];
}

function listening(child: Child): Promise<() => string> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.stderr.on("data", (chunk) => {
      text += String(chunk);
      if (text.includes("Server listening on")) resolve(() => text);
    });
    child.once("exit", (code) => reject(new Error(`sshd ended with ${code}: ${text}`)));
  });
}

function childOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ")[0]);
}

/** A new host key; says its public half in the form YAML has. */
function makeHostKey(file: string): string {
  execFileSync("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]);
  return readFileSync(`${file}.pub`, "utf8").split(" ").slice(0, 2).join(" ");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
