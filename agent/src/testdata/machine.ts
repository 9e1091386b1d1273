/** Test support: a Debian 12 machine with systemd, booted in namespaces of its own from files that stay as they are. */
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, inNamespaces, type LabHost, startLabHost } from "./lab-host.ts";

/** The files of the machine, which `npm test` makes. */
const ROOT = process.env["COMPLINE_DEBIAN_ROOT"];

/** An account of the machine that is not root, and may become root by sudo without a password. */
const OPERATOR = "compline";

const AUTHORIZED_KEYS = "/etc/ssh/lab_keys";

/**
 * Boots one. It shares the network of this machine, and its kernel, whose settings it cannot change. One at a time: two
 * would share a control group.
 */
export async function startMachine(): Promise<LabHost> {
  if (ROOT === undefined) throw new Error("COMPLINE_DEBIAN_ROOT is not set");
  const folder = mkdtempSync(join(tmpdir(), "compline-machine-"));
  for (const name of ["changes", "machine"]) mkdirSync(join(folder, name));
  const port = await freePort();
  const hostKey = readFileSync(join(ROOT, "etc/ssh/ssh_host_ed25519_key.pub"), "utf8");
  return startLabHost(inNamespaces(boot(ROOT, folder, port)), {
    folder,
    port,
    hostKey: hostKey.split(" ").slice(0, 2).join(" "),
    authorizedKeys: AUTHORIZED_KEYS,
    depth: 3,
  });
}

function boot(root: string, folder: string, port: number): string {
  const etc = `${folder}/machine/etc`;
  return `mount -t tmpfs tmpfs ${folder}/changes
mount -t tmpfs tmpfs /run
mkdir ${folder}/changes/upper ${folder}/changes/work
mount -t overlay overlay -o lowerdir=${root},upperdir=${folder}/changes/upper,workdir=${folder}/changes/work \
  ${folder}/machine
mkdir -p ${etc}/systemd/journald.conf.d
printf '[Journal]\\nForwardToConsole=yes\\nMaxLevelConsole=info\\n' > ${etc}/systemd/journald.conf.d/lab.conf
cat > ${etc}/ssh/sshd_config.d/50-lab.conf <<END
Port ${port}
ListenAddress 127.0.0.1
AuthorizedKeysFile ${AUTHORIZED_KEYS}
LogLevel VERBOSE
END
touch ${etc}/ssh/lab_keys
echo '${OPERATOR}:x:1000:1000::/home/${OPERATOR}:/bin/bash' >> ${etc}/passwd
echo '${OPERATOR}:x:1000:' >> ${etc}/group
echo '${OPERATOR}:*:19000:0:99999:7:::' >> ${etc}/shadow
echo '${OPERATOR} ALL=(ALL) NOPASSWD: ALL' > ${etc}/sudoers.d/lab
exec /usr/bin/systemd-nspawn --quiet --boot --directory=${folder}/machine --machine=compline-lab \
  --register=no --keep-unit --link-journal=no --console=read-only`;
}
