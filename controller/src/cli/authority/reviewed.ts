import { type AnyDocument, formatDiagnostic, parseDocument } from "@compline/core";
import { nodeSha256 } from "../../crypto.ts";
import { ControllerError } from "../../errors.ts";
import { openGit } from "../../source/git.ts";
import { ObjectReader } from "../../source/object-reader.ts";
import { readFileAt } from "../../source/tree.ts";
import { CliError } from "../failure.ts";

/** A file as a commit has it. */
export interface ReviewedFile {
  readonly revision: string;
  readonly path: string;
  readonly sha256: string;
  readonly text: string;
}

/** The id of a commit of the repository. Throws `CliError` (usage). */
export async function resolveRevision(repo: string, name: string): Promise<string> {
  const found = await openGit(repo)
    .raw("rev-parse", "--quiet", "--verify", "--end-of-options", `${name}^{commit}`)
    .catch((error: unknown) => {
      if (error instanceof ControllerError) return "";
      throw error;
    });
  if (found.trim() !== "") return found.trim();
  throw new CliError(
    "usage",
    `${repo} has no commit ${name}; fetch it first, or name by --repo the repository that the controller follows`,
  );
}

/** A file at a commit of the repository, not as it lies in the folder. Throws `CliError` (usage). */
export async function readReviewed(repo: string, revision: string, path: string): Promise<ReviewedFile> {
  const objects = new ObjectReader(repo);
  try {
    const bytes = await readFileAt(objects, { revision, path });
    if (bytes !== null)
      return { revision, path, sha256: nodeSha256(bytes), text: Buffer.from(bytes).toString("utf8") };
  } finally {
    objects.close();
  }
  throw new CliError("usage", `commit ${revision} has no file ${path}; paths are from the repository's root`);
}

/** The document in a reviewed file. Throws `CliError` (findings, usage). */
export function documentOf<K extends AnyDocument["kind"]>(
  { path, text, revision }: ReviewedFile,
  kind: K,
): Extract<AnyDocument, { readonly kind: K }> {
  const { document, diagnostics } = parseDocument({ path, text });
  if (document === null)
    throw new CliError("findings", diagnostics.map((fault) => formatDiagnostic(fault)).join("\n"));
  if (isOfKind(document, kind)) return document;
  throw new CliError("usage", `${path} at ${revision} is a ${document.kind}; expected a ${kind}`);
}

function isOfKind<K extends AnyDocument["kind"]>(
  document: AnyDocument,
  kind: K,
): document is Extract<AnyDocument, { readonly kind: K }> {
  return document.kind === kind;
}
