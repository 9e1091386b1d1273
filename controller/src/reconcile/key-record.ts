import type { AcceptanceStore, KeyChange, KeyClaim, KeyPeriod } from "../store/contract.ts";
import type { LivePartner } from "./accept.ts";
import { enrolmentsOf } from "./enrolments.ts";
import { oncePerGraph } from "./once-per-graph.ts";

/** Compares the keys that git has with those that are recorded. The store's only writer is this process: it is read once. */
export class KeyRecord {
  readonly #store: Pick<AcceptanceStore, "keyPeriods">;
  #known: readonly KeyPeriod[] | null = null;

  constructor(store: Pick<AcceptanceStore, "keyPeriods">) {
    this.#store = store;
  }

  /** Keys that git has and that are not recorded as such, or otherwise. Throws STORE_IO. */
  async begun(partners: readonly LivePartner[], at: string): Promise<readonly KeyChange[]> {
    const open = openIn(await this.periods());
    return partners.flatMap((partner) =>
      keyClaimsOf(partner)
        .filter((key) => !isRecorded(key, open.get(key.publicKey)))
        .map((key) => ({ key, revision: partner.revision, at })),
    );
  }

  /** Keys that are recorded and that git does not have any more. Throws STORE_IO. */
  async ended(partners: readonly LivePartner[], at: string): Promise<readonly KeyChange[]> {
    const claims = new Map(partners.flatMap(keyClaimsOf).map((key) => [key.publicKey, key]));
    const revisions = new Map(partners.map((partner) => [idOf(partner), partner.revision]));
    return [...openIn(await this.periods()).values()].flatMap((key) =>
      claims.get(key.publicKey)?.owner === key.owner
        ? []
        : [{ key, revision: revisions.get(key.partner) ?? key.from.revision, at }],
    );
  }

  /** The store has other periods now. */
  forget(): void {
    this.#known = null;
  }

  /** All that is recorded. Throws STORE_IO. */
  async periods(): Promise<readonly KeyPeriod[]> {
    this.#known ??= await this.#store.keyPeriods();
    return this.#known;
  }
}

function openIn(periods: readonly KeyPeriod[]): ReadonlyMap<string, KeyPeriod> {
  return new Map(periods.flatMap((period) => (period.to === null ? [[period.publicKey, period]] : [])));
}

function isRecorded(key: KeyClaim, period: KeyPeriod | undefined): boolean {
  return period !== undefined && period.name === key.name && period.site === key.site;
}

function idOf({ graph, name }: LivePartner): string {
  return graph.partners.get(name)?.document.spec.id ?? "";
}

/** Whose keys a partner's files name: its authority's, and those of its appliances. */
const keyClaimsOf = oncePerGraph((live): readonly KeyClaim[] => {
  const partner = idOf(live);
  const authority = live.graph.partners.get(live.name)?.document.spec.authority;
  const own = { owner: partner, partner, site: null, name: live.name };
  const appliances = [...enrolmentsOf([live]).values()];
  return [
    ...(authority === undefined ? [] : [{ publicKey: authority.publicKey, ...own }]),
    ...appliances.map(({ publicKey, appliance, site, name }) => ({
      publicKey: Buffer.from(publicKey).toString("hex"),
      owner: appliance,
      partner,
      site,
      name,
    })),
  ];
});
