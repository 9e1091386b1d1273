import { hexToBytes } from "@noble/hashes/utils.js";
import type { Bundle, ChainContext } from "./chain.ts";
import { keyidOf } from "./digest.ts";
import { groupByPlace } from "./links.ts";
import type { AuthorityEvent, Digest } from "./statement.ts";
import type { ReadTrust } from "./trust.ts";

/** A decision of the authority that counts. */
export interface Decision {
  readonly digest: Digest;
  readonly path: string;
  readonly event: AuthorityEvent["event"];
}

/** What decisions are held against. */
export type AuthorityContext = Pick<ChainContext, "findings" | "assignments" | "revisions"> & {
  readonly trust: ReadTrust;
};

/** Where the authority's chain stands: whose turn it is to sign. */
interface Turn {
  /** Position of the newest key that signed; -1 before the first bundle. */
  newest: number;
  /** The key that the newest one rotated to; null as long as it did not. */
  rotatedTo: Digest | null;
}

/**
 * The decisions that count, in order: by the key whose turn it was, alone at their place, and carrying out what git
 * has. What git does not have is a finding and decides nothing. FORMAT.md section 5.6.
 */
export function decisionsInForce(bundles: readonly Bundle[], context: AuthorityContext): readonly Decision[] {
  const turn: Turn = { newest: -1, rotatedTo: null };
  return groupByPlace(bundles.filter(({ predicate }) => predicate.kind === "authority")).flatMap((here) => {
    const inTurn = here.filter((bundle) => takeTurn(turn, bundle, context));
    return here.length > 1 ? [] : inTurn.flatMap((bundle) => takeDecision(bundle, turn, context));
  });
}

/** Judges whether the bundle's key may still sign, and moves on to it when it is a newer one. */
function takeTurn(turn: Turn, { keyid, path }: Bundle, { trust, findings }: AuthorityContext): boolean {
  const position = trust.authority.findIndex((key) => key.keyid === keyid);
  if (position < turn.newest || (position === turn.newest && turn.rotatedTo !== null)) {
    findings.add("KEY_AFTER_ROTATE", path, `key ${keyid} of the authority was followed by another before`);
    return false;
  }
  if (position === turn.newest) return true;
  if (turn.rotatedTo === null && turn.newest >= 0)
    findings.add("AUTHORITY_KEY_REPLACED", path, `key ${keyid} follows one that did not rotate to it`);
  else if (turn.rotatedTo !== null && turn.rotatedTo !== keyid)
    findings.add("GIT_DISAGREES", path, `signed by ${keyid}, the key before rotated to ${turn.rotatedTo}`);
  turn.newest = position;
  turn.rotatedTo = null;
  return true;
}

function takeDecision(
  { predicate, digest, path }: Bundle,
  turn: Turn,
  context: AuthorityContext,
): readonly Decision[] {
  if (predicate.kind !== "authority") return [];
  const { event } = predicate;
  if (event.type === "rotate") turn.rotatedTo = keyidOf(hexToBytes(event.publicKey));
  const objection = objectionOfGit(predicate, context);
  if (objection === null) return [{ digest, path, event }];
  const code = event.type === "tombstone" ? "TOMBSTONE_WITHOUT_BASIS" : "GIT_DISAGREES";
  context.findings.add(code, path, objection);
  return [];
}

/** How a decision contradicts what the trust file and the assignments say git has; null when it does not. */
function objectionOfGit(predicate: AuthorityEvent, context: AuthorityContext): string | null {
  return objectionToFile(predicate, context) ?? objectionToKey(predicate.event, context.trust);
}

function objectionToFile(
  { file }: AuthorityEvent,
  { revisions, assignments }: AuthorityContext,
): string | null {
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
