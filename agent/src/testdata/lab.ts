/**
 * Test support, a program: `node lab.ts sshd|machine` starts a host behind SSH, prints where it is as one line of JSON,
 * and ends with its standard input. So the tests of other packages have hosts, too.
 */
import { startMachine } from "./machine.ts";
import { startSshd } from "./sshd.ts";

const host = process.argv[2] === "machine" ? await startMachine() : await startSshd();
const { port, hostKey, authorizedKeys } = host;
process.stdout.write(
  `${JSON.stringify({ port, hostKey, root: host.outside("/"), authorizedKeys: host.outside(authorizedKeys) })}\n`,
);
process.stdin.resume().once("end", () => void host.stop().then(() => process.exit(0)));
