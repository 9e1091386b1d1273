import { formatDiagnostic, NOTE_TYPES, type NoteKey, parseDocument, readVerifierKey } from "@compline/core";
import type { Git } from "../../source/git.ts";
import { CliError } from "../failure.ts";

/** What a partner's committed file says of its log and of who watches it. */
export interface DeclaredLog {
  readonly partner: string;
  readonly logKey: NoteKey;
  readonly witnesses: readonly NoteKey[];
}

/** Reads what is committed, not what lies in the folder: what was reviewed says whom to believe. */
export async function readDeclared(git: Git, name: string | undefined): Promise<DeclaredLog> {
  const listed = await git.raw("ls-tree", "-r", "--name-only", "HEAD", "--", "sites");
  const partners = [...listed.matchAll(/^sites\/([^/\n]+)\/partner\.yaml$/gm)].map(
    ([, partner = ""]) => partner,
  );
  const partner = name ?? (partners.length === 1 ? partners[0] : undefined);
  if (partner === undefined || !partners.includes(partner))
    throw new CliError(
      "usage",
      `--partner is one of the repository's: ${partners.join(", ") || "it has none"}`,
    );
  const path = `sites/${partner}/partner.yaml`;
  const { document, diagnostics } = parseDocument({ path, text: await git.raw("show", `HEAD:./${path}`) });
  if (document?.kind !== "Partner")
    throw new CliError("findings", diagnostics.map((fault) => formatDiagnostic(fault)).join("\n"));
  const { log } = document.spec;
  if (log?.vkey === undefined)
    throw new CliError(
      "usage",
      `${path} has no spec.log.vkey: a witness must know the log's key from a reviewed file; \`compline export\` writes it into trust.json`,
    );
  return {
    partner,
    logKey: keyOf(log.vkey, NOTE_TYPES.ed25519),
    witnesses: (log.witnesses ?? []).map(({ vkey }) => keyOf(vkey, NOTE_TYPES.cosignature)),
  };
}

function keyOf(vkey: string, type: NoteKey["type"]): NoteKey {
  const read = readVerifierKey(vkey, type);
  if (!read.ok) throw new CliError("findings", `partner.yaml, spec.log: ${read.message}`);
  return read.value;
}
