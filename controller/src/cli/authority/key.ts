import { existsSync } from "node:fs";
import { type AssignmentKey, loadAssignmentKey } from "../../config/assignment-key.ts";
import { ExitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";

/** Makes an authority's key where it is used, and prints what a reviewed file must say of it. */
export async function authorityInit({ key: path }: { readonly key: string }): Promise<ExitCode> {
  if (existsSync(path))
    throw new CliError("usage", `${path} is there already, and a key is never overwritten; name a new file`);
  const { publicKey, keyid } = await loadAssignmentKey(path);
  process.stdout.write(`  authority:\n    publicKey: ${Buffer.from(publicKey).toString("hex")}\n`);
  process.stderr.write(`
The key is in ${path}; only its owner may read it. Keep a copy where no machine of the controller reaches it.
The lines above belong below spec in the partner's partner.yaml. When they take the place of another key, have them
reviewed and accepted, then sign with the old key: compline authority rotate --key <old key> ...
Its id is ${keyid}.
`);
  return ExitCode.clean;
}

/** The key at `path`, which must be there. */
export async function openAuthorityKey(path: string): Promise<AssignmentKey> {
  if (existsSync(path)) return await loadAssignmentKey(path);
  throw new CliError("usage", `there is no ${path}; \`compline authority init\` makes an authority's key`);
}
