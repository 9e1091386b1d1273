/** Test support: Debian's own sshd, in the foreground, with keys, a port and an account file of its own. */
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, inNamespaces, type LabHost, makeHostKey, noRoot, startLabHost } from "./lab-host.ts";

const SSHD = "/usr/sbin/sshd";

/** Why there is no sshd to test with, or null when there is one. */
export const noSshd: string | null =
  process.env["COMPLINE_NO_SSHD"] ?? (existsSync(SSHD) ? null : `${SSHD} is not installed`);

/** Accounts that are added to those of this machine: name to log-in shell. All have the number of `nobody` but root's. */
export type Accounts = Readonly<Record<string, string>>;

/** What a test's sshd may have of its own. */
export interface SshdOptions {
  readonly accounts?: Accounts;
  /** Further commands of the shell that prepares the namespace. */
  readonly prepare?: string;
}

/**
 * Starts one. As root it has a mount namespace of its own, with /etc as an overlay, so that nothing that is changed there
 * outlives it.
 */
export async function startSshd(options: SshdOptions = {}): Promise<LabHost> {
  const folder = mkdtempSync(join(tmpdir(), "compline-sshd-"));
  const authorizedKeys = join(folder, "authorized_keys");
  writeFileSync(authorizedKeys, "");
  const hostKey = makeHostKey(join(folder, "host_key"));
  const port = await freePort();
  writeFileSync(join(folder, "sshd_config"), configOf(folder, port));
  const command = [SSHD, "-D", "-e", "-f", join(folder, "sshd_config")];
  const run = noRoot === null ? inNamespace(folder, command, options) : command;
  return startLabHost(run, { folder, port, hostKey, authorizedKeys, depth: 2 });
}

function configOf(folder: string, port: number): string {
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
`;
}

function inNamespace(folder: string, command: readonly string[], options: SshdOptions): readonly string[] {
  const accounts = Object.entries(options.accounts ?? {});
  for (const name of ["changes", "home"]) mkdirSync(join(folder, name));
  return inNamespaces(`mount -t tmpfs tmpfs ${folder}/changes
mkdir ${folder}/changes/upper ${folder}/changes/work
mount -t overlay overlay -o lowerdir=/etc,upperdir=${folder}/changes/upper,workdir=${folder}/changes/work /etc
mount -t tmpfs tmpfs /root
mount -t tmpfs tmpfs /run
mkdir -m 0755 /run/sshd
${accounts.map(([name, shell]) => `echo '${name}:x:65534:65534::${folder}/home:${shell}' >> /etc/passwd`).join("\n")}
${accounts.map(([name]) => `echo '${name}:*:19000:0:99999:7:::' >> /etc/shadow`).join("\n")}
chown nobody ${folder}/home
chmod 0711 ${folder}
${options.prepare ?? ""}
exec ${command.join(" ")}`);
}
