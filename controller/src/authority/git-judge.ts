import { type AuthorityEvent, missingInFile } from "@compline/core";
import { nodeSha256 } from "../crypto.ts";
import type { Authority } from "./authorities.ts";

/** What an authority's decisions are held against. */
export interface GitView {
  readonly authority: Pick<Authority, "name">;
  /** Revisions that were accepted for the partner. */
  readonly accepted: ReadonlySet<string>;
  /** A file of the partner's source; null when there is none. Throws GIT_FAILED. */
  readonly readFile: (revision: string, path: string) => Promise<Uint8Array | null>;
  /** Whether a file of the partner ever named the key of an appliance with this id. */
  readonly knowsKey: (keyid: string) => boolean;
}

/**
 * How a decision contradicts git: the file that it carries out is not where it says, is another one, or does not name
 * what is decided. Null when git agrees, or nothing is to be looked up. Throws GIT_FAILED.
 */
export async function objectionOfRepository(
  { file, event }: AuthorityEvent,
  { authority, accepted, readFile, knowsKey }: GitView,
): Promise<string | null> {
  if (event.type === "revoke" && !knowsKey(event.keyid))
    return `it revokes key ${event.keyid}, which no reviewed file of ${authority.name} ever named`;
  if (file === null) return null;
  const { revision, path, sha256 } = file;
  const folder = `sites/${authority.name}/`;
  if (!path.startsWith(folder)) return `it carries out ${path}, which is not below ${folder}`;
  if (!accepted.has(revision))
    return `it carries out a file at revision ${revision}, which was never accepted for ${authority.name}`;
  const bytes = await readFile(revision, path);
  if (bytes === null) return `there is no file ${path} at revision ${revision}`;
  const found = nodeSha256(bytes);
  if (found !== sha256) return `${path} has the digest ${found} at that revision, not ${sha256}`;
  const missing = missingInFile(event, Buffer.from(bytes).toString("utf8"));
  return missing === null ? null : `${path} at that revision does not name ${missing}`;
}
