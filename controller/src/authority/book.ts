import {
  type AuthorityEvent,
  type Bundle,
  type EvidenceCode,
  envelopePath,
  type ReadEnvelope,
} from "@compline/core";
import { messageOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { LivePartner, Source } from "../reconcile/accept.ts";
import { readFileAt } from "../source/tree.ts";
import type { Acceptance, CommitResult, IngestItem, KeyPeriod, Store } from "../store/contract.ts";
import type { GroupCommit } from "../store/group-commit.ts";
import { storedPredicate } from "../store/kept-predicate.ts";
import { readChain } from "../store/read-chain.ts";
import { type Authority, authoritiesOf } from "./authorities.ts";
import { type GitView, objectionOfRepository } from "./git-judge.ts";
import { keyidOfHex, type Reach, type RevokedKey, revokedKeysOf, TrustedReach } from "./revoked-keys.ts";
import { refusalOfTurn, type Ruling, ruleOn } from "./ruling.ts";

/** What the book works with. */
export interface AuthorityBookPorts {
  readonly store: Store;
  readonly group: Pick<GroupCommit, "submit">;
  readonly sources: readonly Source[];
  readonly log: Log;
  /** Called when bytes of a chain were erased. */
  readonly erased: (chain: string) => void;
}

/** A decision that is not taken in. */
export interface RefusedDecision {
  readonly status: "refused";
  readonly code: EvidenceCode | "NOT_ENROLLED";
  readonly message: string;
}

/** What is known of one partner's git and keys when its chain is ruled on. */
interface Known {
  readonly periods: readonly KeyPeriod[];
  readonly accepted: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What the authorities of partners in force decided, as far as git agrees. Decisions are taken in one at a time, and what
 * they come to counts before the next bundle is judged.
 */
export class AuthorityBook {
  readonly #ports: AuthorityBookPorts;
  readonly #reach: TrustedReach;
  #rulings: ReadonlyMap<string, Ruling> = new Map();
  #revoked: ReadonlyMap<string, RevokedKey> = new Map();
  #known: Known = { periods: [], accepted: new Map() };
  /** Digests of decisions that git agrees with: what is at a revision never changes. */
  readonly #agreed = new Set<string>();
  /** By partner; only what is taken in here adds to a chain. */
  readonly #chains = new Map<string, readonly Bundle[]>();
  #version = 0;
  #working: Promise<unknown> = Promise.resolve();

  constructor(ports: AuthorityBookPorts) {
    this.#ports = ports;
    this.#reach = new TrustedReach(ports.store);
  }

  /** Changes with every decision that was taken in. */
  version(): number {
    return this.#version;
  }

  /** What a partner's chain comes to, by the partner's ULID. */
  ruling(partner: string): Ruling | null {
    return this.#rulings.get(partner) ?? null;
  }

  /** All partners that have an authority. */
  rulings(): readonly Ruling[] {
    return [...this.#rulings.values()];
  }

  /** A key of an appliance that is revoked; null when it is not. */
  revoked(keyid: string): RevokedKey | null {
    return this.#revoked.get(keyid) ?? null;
  }

  /** What may still be taken of a revoked key's bundles that came together. Throws STORE_IO. */
  async reach(key: RevokedKey, given: ReadonlyMap<string, string | null>): Promise<Reach> {
    return await this.#reach.of(key, given);
  }

  /** Rules anew on what is in force now, by what is recorded of keys and revisions. Throws STORE_IO. */
  async update(
    partners: readonly LivePartner[],
    {
      periods,
      acceptances,
    }: { readonly periods: readonly KeyPeriod[]; readonly acceptances: readonly Acceptance[] },
  ): Promise<void> {
    await this.#alone(async () => {
      const authorities = authoritiesOf(partners, periods);
      this.#known = { periods, accepted: authorities.length === 0 ? new Map() : acceptedBy(acceptances) };
      const rulings = new Map<string, Ruling>();
      for (const authority of authorities) rulings.set(authority.partner, await this.#rule(authority));
      this.#enforce(rulings);
      await this.#erase();
    });
  }

  /**
   * Takes an authority's bundle in, whose signature is good. One that was reviewed as a file of the partner may be by an
   * earlier key. Throws STORE_IO.
   */
  async take(
    item: IngestItem,
    read: ReadEnvelope,
    how: "handed in" | "reviewed" = "handed in",
  ): Promise<CommitResult | RefusedDecision> {
    return await this.#alone(async () => {
      const ruling = this.#rulings.get(item.chain);
      if (ruling === undefined)
        return { status: "refused", code: "NOT_ENROLLED", message: "The partner is not in force any more." };
      const refusal = refusalOfTurn(ruling, bundleOf(item, read.statement.predicate), how);
      if (refusal !== null) return { status: "refused", ...refusal };
      this.#chains.delete(item.chain);
      const result = await this.#ports.group.submit(item);
      // Whoever has a decision may send it again and again: of one that was ruled on nothing is judged anew.
      if (ruling.bundles.some(({ digest }) => digest === item.digest)) return result;
      this.#enforce(new Map(this.#rulings).set(item.chain, await this.#rule(ruling.authority)));
      this.#version += 1;
      await this.#erase();
      return result;
    });
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#working.catch(() => undefined).then(work);
    this.#working = done;
    return await done;
  }

  async #rule(authority: Authority): Promise<Ruling> {
    const bundles = await this.#chainOf(authority.partner);
    const objections = new Map<string, string>();
    for (const { digest, predicate } of bundles) {
      if (predicate.kind !== "authority" || this.#agreed.has(digest)) continue;
      const objection = await this.#objection(authority, predicate);
      if (objection === null) this.#agreed.add(digest);
      else objections.set(digest, objection);
    }
    return ruleOn(authority, bundles, objections);
  }

  async #chainOf(partner: string): Promise<readonly Bundle[]> {
    const known = this.#chains.get(partner);
    if (known !== undefined) return known;
    const stored = await readChain(this.#ports.store, partner);
    const bundles = stored.map((bundle) => bundleOf(bundle, storedPredicate(bundle)));
    this.#chains.set(partner, bundles);
    return bundles;
  }

  async #objection(authority: Authority, predicate: AuthorityEvent): Promise<string | null> {
    return await objectionOfRepository(predicate, this.#gitOf(authority)).catch(
      (error: unknown) => `git could not be asked (${messageOf(error)})`,
    );
  }

  #gitOf(authority: Authority): GitView {
    const { periods, accepted } = this.#known;
    const mirror = this.#ports.sources.find(
      ({ mirror: { address } }) => address.name === authority.source,
    )?.mirror;
    return {
      authority,
      accepted: accepted.get(`${authority.source} ${authority.name}`) ?? new Set(),
      readFile: async (revision, path) =>
        mirror === undefined ? null : await readFileAt(mirror.objects, { revision, path }),
      knowsKey: (keyid) =>
        periods.some(
          ({ partner, owner, publicKey }) =>
            partner === authority.partner && owner !== partner && keyidOfHex(publicKey) === keyid,
        ),
    };
  }

  #enforce(rulings: ReadonlyMap<string, Ruling>): void {
    this.#rulings = rulings;
    this.#revoked = new Map(
      [...rulings.values()].flatMap((ruling) => [...revokedKeysOf(ruling, this.#known.periods)]),
    );
  }

  /** Safe to run again, also as the first thing after a crash. Only bundles of the partner's own appliances are erased. */
  async #erase(): Promise<void> {
    const { store, log, erased } = this.#ports;
    for (const { authority, decisions } of this.#rulings.values()) {
      for (const { event, digest: decision } of decisions) {
        if (event.type !== "tombstone") continue;
        const bundle = await store.bundle(event.digest);
        const isOwn = this.#known.periods.some(
          ({ owner, partner }) =>
            owner === bundle?.chain && partner === authority.partner && owner !== partner,
        );
        if (bundle === null || !isOwn || !(await store.erase(event.digest, decision))) continue;
        log.warn({ bundle: event.digest, decision, partner: authority.name }, "an envelope was erased");
        erased(bundle.chain);
      }
    }
  }
}

/** Revisions by source and partner. */
function acceptedBy(acceptances: readonly Acceptance[]): ReadonlyMap<string, ReadonlySet<string>> {
  const accepted = new Map<string, Set<string>>();
  for (const { source, partner, revision } of acceptances) {
    if (partner === null) continue;
    const key = `${source} ${partner}`;
    accepted.set(key, (accepted.get(key) ?? new Set()).add(revision));
  }
  return accepted;
}

function bundleOf(
  { chain, epoch, seq, digest, keyid, site }: Omit<IngestItem, "bytes">,
  predicate: Bundle["predicate"],
): Bundle {
  // Of a fork both have this path, which only names them; so the digest is beside it.
  const path = `${envelopePath(site, { id: chain, epoch, seq })} ${digest.slice(0, 16)}`;
  return { path, digest, keyid, keySite: null, predicate };
}
