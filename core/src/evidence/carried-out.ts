import type { AuthorityEventDetail } from "./statement.ts";

/**
 * What of a decision the reviewed file that it carries out does not name, or null: whoever reviewed the file must have
 * seen what is decided. A key may be named by its id or by itself (`publicKey`, when it is known).
 */
export function missingInFile(
  event: AuthorityEventDetail,
  text: string,
  publicKey: string | null,
): string | null {
  const absent = wordsOf(event, publicKey).find((ways) => !ways.some((word) => text.includes(word)));
  return absent?.join(" or ") ?? null;
}

/** Of each list one must be in the file. */
function wordsOf(event: AuthorityEventDetail, publicKey: string | null): readonly (readonly string[])[] {
  if (event.type === "enrol") return [[event.appliance], [event.publicKey]];
  if (event.type === "rotate") return [[event.publicKey]];
  if (event.type === "revoke") return [publicKey === null ? [event.keyid] : [event.keyid, publicKey]];
  if (event.type === "tombstone") return [[event.digest]];
  return event.type === "fork" ? event.digests.map((digest) => [digest]) : [[event.surviving]];
}
