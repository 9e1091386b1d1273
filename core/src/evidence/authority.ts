import { hexToBytes } from "@noble/hashes/utils.js";
import type { Bundle } from "./chain.ts";
import { keyidOf } from "./digest.ts";
import type { Findings } from "./finding.ts";
import { groupByPlace } from "./links.ts";
import type { AuthorityEvent, Digest } from "./statement.ts";
import type { AuthorityKey } from "./trust.ts";

/** A decision of the authority that counts. */
export interface Decision {
  readonly digest: Digest;
  readonly path: string;
  readonly event: AuthorityEvent["event"];
}

/** What decisions are held against. */
export interface AuthorityContext {
  /** Keys of the authority, oldest first: the last one is in force. */
  readonly authority: readonly AuthorityKey[];
  /** How a decision contradicts what git has; null when it does not. */
  readonly objectionTo: (predicate: AuthorityEvent, digest: Digest) => string | null;
  readonly findings: Findings;
}

/** Where the authority's chain stands: whose turn it is to sign. */
interface Turn {
  /** Position of the newest key that signed; -1 before the first bundle. */
  newest: number;
  /** The key that the newest one rotated to; null as long as it did not. */
  rotatedTo: Digest | null;
}

/**
 * The decisions that count, in order: by the key whose turn it was, alone at their place, and carrying out what git
 * has. What git does not have is a finding and decides nothing. FORMAT.md section 5.8.
 */
export function decisionsInForce(bundles: readonly Bundle[], context: AuthorityContext): readonly Decision[] {
  const turn: Turn = { newest: -1, rotatedTo: null };
  return groupByPlace(bundles.filter(({ predicate }) => predicate.kind === "authority")).flatMap((here) => {
    const inTurn = here.filter((bundle) => takeTurn(turn, bundle, context));
    return here.length > 1 ? [] : inTurn.flatMap((bundle) => takeDecision(bundle, turn, context));
  });
}

/** Judges whether the bundle's key may still sign, and moves on to it when it is a newer one. */
function takeTurn(turn: Turn, { keyid, path }: Bundle, { authority, findings }: AuthorityContext): boolean {
  const position = authority.findIndex((key) => key.keyid === keyid);
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
  { objectionTo, findings }: AuthorityContext,
): readonly Decision[] {
  if (predicate.kind !== "authority") return [];
  const { event } = predicate;
  if (event.type === "rotate") turn.rotatedTo = keyidOf(hexToBytes(event.publicKey));
  const objection = objectionTo(predicate, digest);
  if (objection === null) return [{ digest, path, event }];
  findings.add(event.type === "tombstone" ? "TOMBSTONE_WITHOUT_BASIS" : "GIT_DISAGREES", path, objection);
  return [];
}
