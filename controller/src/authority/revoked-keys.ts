import { keyidOf } from "@compline/core";
import type { EvidenceStore, KeyPeriod } from "../store/contract.ts";
import { storedPredicate } from "../store/kept-predicate.ts";
import type { Ruling } from "./ruling.ts";

/** A key of an appliance whose bundles count up to a place only. */
export interface RevokedKey {
  readonly keyid: string;
  readonly publicKey: Uint8Array;
  /** ULID. */
  readonly appliance: string;
  /** ULIDs of all sites that git had it at. */
  readonly sites: ReadonlySet<string>;
  readonly log: string | null;
  /** Null when nothing of it is good. */
  readonly lastTrusted: string | null;
}

/** Keys that a partner's authority revoked, by keyid; of several decisions about one the last counts. */
export function revokedKeysOf(
  { authority, decisions }: Ruling,
  periods: readonly KeyPeriod[],
): ReadonlyMap<string, RevokedKey> {
  const revocations = decisions.flatMap(({ event }) => (event.type === "revoke" ? [event] : []));
  if (revocations.length === 0) return new Map();
  const ofPartner = periods.filter(({ partner }) => partner === authority.partner);
  const own = Map.groupBy(ofPartner, ({ publicKey }) => keyidOfHex(publicKey));
  return new Map(
    revocations.flatMap(({ keyid, lastTrusted }) => {
      const known = own.get(keyid) ?? [];
      const [period] = known;
      const sites = new Set(known.flatMap(({ site }) => site ?? []));
      if (period === undefined || sites.size === 0) return [];
      const publicKey = new Uint8Array(Buffer.from(period.publicKey, "hex"));
      const { owner: appliance } = period;
      return [[keyid, { keyid, publicKey, appliance, sites, log: authority.log, lastTrusted }] as const];
    }),
  );
}

/** The id of a key given as 64 hex digits. */
export function keyidOfHex(publicKey: string): string {
  return keyidOf(new Uint8Array(Buffer.from(publicKey, "hex")));
}

/** What may still be taken of what a revoked key signed. */
export interface Reach {
  readonly digests: ReadonlySet<string>;
  /** Whether the last trusted bundle itself is neither kept nor here. */
  readonly isOpen: boolean;
}

/**
 * Follows the last trusted bundle of a key back by `prev`, to tell what is at or before it. How far all of it is kept
 * is remembered: whoever stole a key makes nobody read its chain again and again.
 */
export class TrustedReach {
  readonly #store: Pick<EvidenceStore, "bundle">;
  /** By the last trusted digest: the first digest on the way back that is not kept; null when all of it is. */
  readonly #frontiers = new Map<string, string | null>();

  constructor(store: Pick<EvidenceStore, "bundle">) {
    this.#store = store;
  }

  /** `given` are bundles signed by the key that came together, with their `prev`. */
  async of({ lastTrusted }: RevokedKey, given: ReadonlyMap<string, string | null>): Promise<Reach> {
    const kept = await this.#keptOf(given.keys());
    const digests = new Set(kept);
    if (lastTrusted === null) return { digests, isOpen: false };
    const frontier = await this.#frontier(lastTrusted);
    for (let at = frontier; at !== null && given.has(at); at = await this.#before(at, given)) digests.add(at);
    return { digests, isOpen: frontier === lastTrusted && !given.has(lastTrusted) };
  }

  /** What was kept before comes again without harm. */
  async #keptOf(given: Iterable<string>): Promise<readonly string[]> {
    const found = await Promise.all([...given].map((digest) => this.#store.bundle(digest)));
    return found.flatMap((bundle) => bundle?.digest ?? []);
  }

  async #frontier(lastTrusted: string): Promise<string | null> {
    let at: string | null = this.#frontiers.get(lastTrusted) ?? lastTrusted;
    if (this.#frontiers.get(lastTrusted) === null) return null;
    for (;;) {
      const before: string | null | undefined = at === null ? undefined : await this.#keptBefore(at);
      if (before === undefined) break;
      at = before;
    }
    this.#frontiers.set(lastTrusted, at);
    return at;
  }

  async #before(at: string, given: ReadonlyMap<string, string | null>): Promise<string | null> {
    let next = given.get(at) ?? null;
    // What came together may hang on what is kept already, and that on more that came together.
    for (let kept = next === null ? undefined : await this.#keptBefore(next); kept !== undefined; ) {
      next = kept;
      kept = next === null ? undefined : await this.#keptBefore(next);
    }
    return next;
  }

  /** What a kept bundle goes on from; over a decision that opened an epoch, what that kept. Undefined: it is not kept. */
  async #keptBefore(digest: string): Promise<string | null | undefined> {
    const bundle = await this.#store.bundle(digest);
    if (bundle === null) return undefined;
    const predicate = storedPredicate(bundle);
    if (predicate.kind === "authority" && predicate.event.type === "resolve")
      return predicate.event.surviving;
    return predicate.chain.prev;
  }
}
