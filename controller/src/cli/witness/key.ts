import { existsSync } from "node:fs";
import { encodeVerifierKey, NOTE_TYPES, type NoteKey } from "@compline/core";
import { type AssignmentKey, loadAssignmentKey } from "../../config/assignment-key.ts";
import { ExitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";

/** The flags of `compline witness init`. */
export interface WitnessInitOptions {
  readonly key: string;
  readonly name: string;
}

/** What the schema of partners takes as a witness's name. */
const NAME = /^[a-z0-9][a-z0-9.-]{0,62}(?:\/[a-z0-9][a-z0-9.-]{0,62}){0,3}$/;

/** Makes a witness's key where it is used, and prints what a reviewed file must say of it. */
export async function witnessInit({ key: path, name }: WitnessInitOptions): Promise<ExitCode> {
  if (!NAME.test(name))
    throw new CliError(
      "usage",
      `--name is one to four words of lower-case letters, digits, . and -, with / between; found ${JSON.stringify(name)}`,
    );
  if (existsSync(path)) throw new CliError("usage", `${path} is there already; a witness keeps its key`);
  const { publicKey } = await loadAssignmentKey(path);
  process.stdout.write(`${encodeVerifierKey({ name, type: NOTE_TYPES.cosignature, publicKey })}\n`);
  process.stderr.write(`
The key is in ${path}; only its owner may read it. In the partner's partner.yaml, below spec.log:

      witnesses:
        - vkey: ${encodeVerifierKey({ name, type: NOTE_TYPES.cosignature, publicKey })}
          branch: witness   # where it pushes what it cosigned
      quorum: 1
`);
  return ExitCode.clean;
}

/** The key at `path`, which must be there, and which of the declared witnesses it is. */
export async function findWitness(
  path: string,
  witnesses: readonly NoteKey[],
): Promise<{ readonly key: NoteKey; readonly sign: AssignmentKey["sign"] }> {
  if (!existsSync(path))
    throw new CliError("usage", `there is no ${path}; \`compline witness init\` makes a witness's key`);
  const { publicKey, sign } = await loadAssignmentKey(path);
  const key = witnesses.find((one) => Buffer.from(one.publicKey).equals(publicKey));
  if (key === undefined)
    throw new CliError(
      "usage",
      `the key in ${path} is none of spec.log.witnesses in the partner's committed file; add the line that \`compline witness init\` printed`,
    );
  return { key, sign };
}
