import type { AuthorityEventDetail } from "./statement.ts";

/**
 * What of a decision the reviewed file that it carries out does not name, in words, or null: whoever reviewed the file
 * must have seen what is decided. A revocation is one line with the key's id and the last trusted bundle, or `none`.
 */
export function missingInFile(event: AuthorityEventDetail, text: string): string | null {
  if (event.type === "revoke") return missingRevocation(event, text);
  return wordsOf(event).find((word) => !text.includes(word)) ?? null;
}

function missingRevocation(
  { keyid, lastTrusted }: Extract<AuthorityEventDetail, { readonly type: "revoke" }>,
  text: string,
): string | null {
  const far = lastTrusted ?? "none";
  const isThere = text
    .split("\n")
    .some((line) => line.split(/[^0-9A-Za-z]+/).includes(far) && line.includes(keyid));
  return isThere ? null : `${keyid} and ${far} in one line`;
}

function wordsOf(event: Exclude<AuthorityEventDetail, { readonly type: "revoke" }>): readonly string[] {
  if (event.type === "enrol") return [event.appliance, event.publicKey];
  if (event.type === "rotate") return [event.publicKey];
  if (event.type === "tombstone") return [event.digest];
  return event.type === "fork" ? event.digests : [event.surviving];
}
