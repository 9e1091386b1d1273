import type { AuthorityEventDetail, Digest, Instant } from "../evidence/statement.ts";
import { compareText } from "../manifest/diagnostic.ts";

/** Whose a key is. */
export type KeyHolder =
  | { readonly kind: "authority" }
  | { readonly kind: "log"; readonly origin: string }
  /** The controller, which signs what appliances are to do. */
  | { readonly kind: "assignments" }
  | {
      readonly kind: "appliance";
      /** ULID; also of its chain. */
      readonly id: string;
      readonly name: string;
      /** ULID. */
      readonly site: string;
    };

/** When something came to be: by the controller's clock, and by the order of the partner's log. */
export interface KeyMoment {
  readonly at: Instant;
  /** The commit that was accepted then; null for what no commit brought. */
  readonly revision: string | null;
  /** How many leaves the log had; null without a log. */
  readonly size: number | null;
}

/** That a key was its holder's: by a reviewed file, or, for the controller's own keys, by what they signed. */
export interface KeyPeriod {
  readonly holder: KeyHolder;
  readonly keyid: Digest;
  /** 64 hex digits; null when only its id is known. */
  readonly publicKey: string | null;
  readonly from: KeyMoment;
  /** Null while it is so. */
  readonly to: KeyMoment | null;
}

/** What was decided or said about keys, and counts. */
export interface KeyEvent {
  readonly event: Extract<AuthorityEventDetail, { readonly type: "revoke" }> | KeyRotation;
  /** The bundle that says so. */
  readonly digest: Digest;
  readonly moment: KeyMoment;
}

/** A key's own word that another takes its place. */
export interface KeyRotation {
  readonly type: "rotate";
  /** Of the key that signed this. */
  readonly keyid: Digest;
  /** The new one. */
  readonly publicKey: string;
}

/** All that is known of a partner's keys, in the order in which it came to be. */
export interface KeyFacts {
  readonly periods: readonly KeyPeriod[];
  readonly events: readonly KeyEvent[];
}

/**
 * How a key stands. `signs`: now. `rotated`: it named the one that follows it. `moved`: it signs for another site then. `replaced`: another follows that it did not
 * name. `removed`: git does not have it any more, and none follows. `revoked`: what it signed counts up to `lastTrusted`.
 */
export type KeyState = "signs" | "rotated" | "moved" | "replaced" | "removed" | "revoked";

/** Who may sign with a key, since when and until when. */
export interface SigningKey {
  readonly holder: KeyHolder;
  readonly keyid: Digest;
  /** 64 hex digits; null when only its id is known. */
  readonly publicKey: string | null;
  readonly state: KeyState;
  readonly since: KeyMoment;
  /** Null for a key that signs now. */
  readonly until: KeyMoment | null;
  readonly revocation: KeyRevocation | null;
}

/** What the authority decided about a key. */
export interface KeyRevocation {
  /** The last bundle that is good; null when none is. */
  readonly lastTrusted: Digest | null;
  readonly compromisedAt: Instant | null;
  readonly reason: string;
  readonly moment: KeyMoment;
  /** The authority's bundle that says so. */
  readonly digest: Digest;
}

/**
 * Who may sign what, since when and until when: every key that a reviewed file named or the controller made, in the order
 * of holders (the authority, the log, assignments, appliances by name) and of time.
 */
export function signingKeys({ periods, events }: KeyFacts): readonly SigningKey[] {
  const byHolder = Map.groupBy(periods, ({ holder }) => holderOf(holder));
  const keys = [...byHolder.values()].flatMap((own) => {
    const inTime = own.toSorted((a, b) => compareText(a.from.at, b.from.at));
    return inTime.map((period, at) => signingKey(period, inTime.slice(at + 1), events));
  });
  return keys.toSorted((a, b) => compareText(rankOf(a.holder), rankOf(b.holder)));
}

function signingKey(period: KeyPeriod, later: readonly KeyPeriod[], events: readonly KeyEvent[]): SigningKey {
  const { holder, keyid, publicKey, from, to } = period;
  const own = events.filter(({ event }) => event.keyid === keyid);
  const revocation = revocationOf(own);
  const rotation = own.findLast(({ event }) => event.type === "rotate") ?? null;
  const ended = [to, revocation?.moment, rotation?.moment].filter((moment) => moment != null);
  const [first = null] = ended.toSorted((a, b) => compareText(a.at, b.at));
  // What ended a key before git had it keeps it from ever beginning.
  const until = first !== null && first.at < from.at ? from : first;
  const hasMoved = later.some((next) => next.keyid === keyid && siteOf(next.holder) !== siteOf(holder));
  const state = stateOf({ revocation, rotation, hasMoved, later, isOver: to !== null });
  return { holder, keyid, publicKey, state, since: from, until, revocation };
}

interface Standing {
  readonly revocation: KeyRevocation | null;
  readonly rotation: KeyEvent | null;
  readonly hasMoved: boolean;
  readonly later: readonly KeyPeriod[];
  readonly isOver: boolean;
}

function stateOf({ revocation, rotation, hasMoved, later, isOver }: Standing): KeyState {
  if (hasMoved) return "moved";
  if (revocation !== null) return "revoked";
  if (rotation !== null) return "rotated";
  if (!isOver) return "signs";
  return later.length > 0 ? "replaced" : "removed";
}

/** Of several the last counts, as for a verifier. */
function revocationOf(events: readonly KeyEvent[]): KeyRevocation | null {
  const last = events.findLast(({ event }) => event.type === "revoke");
  if (last?.event.type !== "revoke") return null;
  const { lastTrusted, compromisedAt, reason } = last.event;
  return { lastTrusted, compromisedAt, reason, moment: last.moment, digest: last.digest };
}

/** An appliance stays the same when it moves to another site or is named otherwise. */
function holderOf(holder: KeyHolder): string {
  return holder.kind === "appliance" ? holder.id : holder.kind;
}

function siteOf(holder: KeyHolder): string | null {
  return holder.kind === "appliance" ? holder.site : null;
}

const ranks: Readonly<Record<KeyHolder["kind"], string>> = {
  authority: "0",
  log: "1",
  assignments: "2",
  appliance: "3",
};

function rankOf(holder: KeyHolder): string {
  return holder.kind === "appliance" ? `${ranks.appliance} ${holder.name} ${holder.id}` : ranks[holder.kind];
}
