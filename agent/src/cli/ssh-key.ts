import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { AgentError } from "../errors.ts";
import { credentialDirectory, makeCredential } from "../state/credentials.ts";

const EXAMPLES = `
Example:
  compline-agent ssh-key clinic-hosts --appliance /var/lib/compline/tidewell-box

The line printed goes into ~/.ssh/authorized_keys of the account that site.yaml names (transport.user) on each host that
names this key (transport.credentialRef). The key is made once; asked again, the same line is printed. The private half
stays in the appliance's folder (credentials/NAME), and there is no command that shows it.
`;

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Adds the command that makes a key for hosts behind SSH. `print` gets its public half. */
export function addSshKey(program: Command, print: (line: string) => void): void {
  program
    .command("ssh-key")
    .description("make the key with which hosts are reached over SSH, and print its public half")
    .argument("<name>", "what transport.credentialRef says")
    .requiredOption("--appliance <dir>", "folder of the appliance")
    .addHelpText("after", EXAMPLES)
    .action((name: string, { appliance }: { readonly appliance: string }) => print(sshKey(name, appliance)));
}

/** @throws AgentError CONFIG_INVALID */
function sshKey(name: string, folder: string): string {
  if (!NAME.test(name))
    throw new AgentError(
      "CONFIG_INVALID",
      `${JSON.stringify(name)}: expected a name of lowercase letters, digits and hyphens`,
    );
  if (!existsSync(join(folder, "appliance.json")))
    throw new AgentError("CONFIG_INVALID", `${folder}: expected the folder of an appliance`);
  return makeCredential(credentialDirectory(folder, undefined), name);
}
