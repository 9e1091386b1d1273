import { hexToBytes } from "@noble/hashes/utils.js";
import type { ChainContext } from "./chain.ts";
import { keyidOf } from "./digest.ts";
import type { AuthorityEvent } from "./statement.ts";
import type { ReadTrust } from "./trust.ts";

/** What a verifier knows of git: the trust file, and the files that assignments were made from. */
export type KnownOfGit = Pick<ChainContext, "assignments" | "revisions"> & { readonly trust: ReadTrust };

/** How a decision contradicts what the trust file and the assignments say git has; null when it does not. */
export function objectionOfGit(predicate: AuthorityEvent, known: KnownOfGit): string | null {
  return objectionToFile(predicate, known) ?? objectionToKey(predicate.event, known.trust);
}

function objectionToFile({ file }: AuthorityEvent, { revisions, assignments }: KnownOfGit): string | null {
  if (file === null) return null;
  if (revisions.size > 0 && !revisions.has(file.revision))
    return `it carries out a file at revision ${file.revision}, which is not in the trust file`;
  for (const read of assignments.values()) {
    if (read?.assignment.revision !== file.revision) continue;
    const known = read.assignment.files.find(([path]) => path === file.path)?.[1];
    if (known !== undefined && known !== file.sha256)
      return `${file.path} has the digest ${known} at that revision, not ${file.sha256}`;
  }
  return null;
}

function objectionToKey(event: AuthorityEvent["event"], { trust, authority }: ReadTrust): string | null {
  if (event.type === "rotate") {
    const keyid = keyidOf(hexToBytes(event.publicKey));
    const known = authority.some((key) => key.keyid === keyid);
    return known ? null : `it rotates to ${keyid}, which is no key of the authority in the trust file`;
  }
  // A trust file of some sites tells nothing of the others.
  if (event.type !== "enrol" || !trust.sites.includes(event.site)) return null;
  const { site, appliance, publicKey } = event;
  const known = trust.keys.some(
    (key) => key.publicKey === publicKey && key.site === site && key.appliance === appliance,
  );
  return known ? null : `it enrols key ${publicKey} for appliance ${appliance}; the trust file does not`;
}
