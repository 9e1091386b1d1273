import type { KeyHolder, KeyMoment, SigningKey, Snapshot } from "@compline/core";
import { formatInstant } from "./time.ts";

/** Width of a key's bar, from the first moment that any key is known of to now. */
export const BAR_WIDTH = 100;
/** Less is not seen. */
const LEAST_WIDTH = 1;

/** Whoever signs, with the keys they had, in the order of time. */
export interface KeyHolderView {
  /** "Appliance harbour-box at Harbour Dental". */
  readonly name: string;
  /** "its bundles and requests". */
  readonly signs: string;
  readonly keys: readonly KeyView[];
}

/** One key, and its bar. */
export interface KeyView {
  readonly keyid: string;
  readonly state: string;
  /** Whether it signs now. */
  readonly inForce: boolean;
  readonly since: string;
  readonly until: string;
  /** What its revocation means; null for a key that was not revoked. */
  readonly revocation: string | null;
  readonly x: number;
  readonly width: number;
}

/** Who may sign what, since when and until when. */
export function keyHolders({
  keys,
  sites,
  asOf,
}: Pick<Snapshot, "keys" | "sites" | "asOf">): readonly KeyHolderView[] {
  const names = new Map(sites.map(({ id, displayName }) => [id, displayName]));
  const from = keys.reduce((first, { since }) => (since.at < first ? since.at : first), asOf);
  const groups = Map.groupBy(keys, ({ holder }) => holderKey(holder));
  return [...groups.values()].flatMap((own) => {
    const newest = own.at(-1);
    if (newest === undefined) return [];
    const views = own.map((key) => keyView(key, { from, to: asOf }));
    return [{ name: holderName(newest.holder, names), signs: SIGNS[newest.holder.kind], keys: views }];
  });
}

const SIGNS: Readonly<Record<KeyHolder["kind"], string>> = {
  authority: "decisions: who is enrolled, revoked, erased",
  log: "checkpoints of the log",
  assignments: "what appliances are to do",
  appliance: "its bundles and requests",
};

const STATES: Readonly<Record<SigningKey["state"], string>> = {
  signs: "signs now",
  rotated: "rotated: it named the key that follows it",
  moved: "moved: it signs for another site then",
  replaced: "replaced by a key that it did not name",
  removed: "removed: git does not have it any more",
  revoked: "revoked",
};

function holderKey(holder: KeyHolder): string {
  return holder.kind === "appliance" ? holder.id : holder.kind;
}

function holderName(holder: KeyHolder, sites: ReadonlyMap<string, string>): string {
  if (holder.kind === "authority") return "The partner's authority";
  if (holder.kind === "log") return `The log ${holder.origin}`;
  if (holder.kind === "assignments") return "The controller";
  const site = sites.get(holder.site);
  return `Appliance ${holder.name}${site === undefined ? "" : ` at ${site}`}`;
}

function keyView(key: SigningKey, span: { readonly from: string; readonly to: string }): KeyView {
  const { keyid, state, since, until } = key;
  const [x, end] = [since.at, until?.at ?? span.to].map((at) => share(at, span)) as [number, number]; // two in, two out
  return {
    keyid,
    state: STATES[state],
    inForce: state === "signs",
    since: momentText(since),
    until: until === null ? "now" : momentText(until),
    revocation: revocationText(key),
    x: Math.min(x, BAR_WIDTH - LEAST_WIDTH),
    width: Math.max(end - x, LEAST_WIDTH),
  };
}

function share(at: string, { from, to }: { readonly from: string; readonly to: string }): number {
  const [start, length] = [Date.parse(from), Date.parse(to) - Date.parse(from)];
  return length <= 0 ? 0 : Math.round((BAR_WIDTH * (Date.parse(at) - start)) / length);
}

function momentText({ at, size }: KeyMoment): string {
  return `${formatInstant(at, "UTC")}${size === null ? "" : `, at ${size} bundles of the log`}`;
}

function revocationText({ revocation }: SigningKey): string | null {
  if (revocation === null) return null;
  const { lastTrusted, reason } = revocation;
  const far =
    lastTrusted === null
      ? "nothing that it signed counts"
      : `it counts up to bundle ${lastTrusted.slice(0, 12)}…`;
  return `${reason}: ${far}`;
}
