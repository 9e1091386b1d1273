import { readFile } from "node:fs/promises";
import { encodePolicy, readTrust } from "@compline/core";
import { ExitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";

/** Prints whom a trust file asks to have signed a checkpoint, as a policy that tools of others read. */
export async function witnessPolicy({ trust: path }: { readonly trust: string }): Promise<ExitCode> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CliError("usage", `--trust ${path} is no file that can be read`, { cause });
  });
  const read = readTrust(bytes);
  if (!read.ok) throw new CliError("findings", `${path} is no trust file: ${read.message}`);
  const policy = encodePolicy(read.trust);
  if (policy === null)
    throw new CliError(
      "findings",
      `${path} asks for ${read.trust.quorum} witnesses and names fewer keys of witnesses`,
    );
  process.stdout.write(policy);
  return ExitCode.clean;
}
