import { checkPublicKey, keyidOf, type SiteNode } from "@compline/core";
import type { KeyPeriod } from "../store/contract.ts";
import type { LivePartner } from "./accept.ts";

/** One appliance that a reviewed file enrols: its place and its key. */
export interface Enrolment {
  /** ULID of the appliance: also the id of its chain. */
  readonly appliance: string;
  readonly name: string;
  /** ULID of the site. */
  readonly site: string;
  /** ULIDs of all sites that git has had it at, this one included: what it signed before it moved may come later. */
  readonly sites: ReadonlySet<string>;
  readonly siteName: string;
  /** In force with its revision. */
  readonly partner: LivePartner;
  /** 32 bytes, checked once to be a key that can be trusted. */
  readonly publicKey: Uint8Array;
  readonly keyid: string;
  /** The origin of the partner's log; null when it has none. */
  readonly log: string | null;
}

/** Enrolments by the appliance's ULID, at the accepted revisions of all partners. */
export type Enrolments = ReadonlyMap<string, Enrolment>;

/**
 * Everybody the partners in force enrol. An appliance with a key that cannot be trusted is not enrolled. `periods` say
 * where an appliance was before.
 */
export function enrolmentsOf(
  partners: readonly LivePartner[],
  periods: readonly Pick<KeyPeriod, "publicKey" | "site">[] = [],
): Enrolments {
  const sites = sitesByKey(periods);
  const list = partners.flatMap((partner) => {
    const node = partner.graph.partners.get(partner.name);
    const log = node?.document.spec.log?.origin ?? null;
    return [...(node?.sites.values() ?? [])].flatMap((site) => enrolmentsAt(partner, site, { log, sites }));
  });
  return new Map(list.map((enrolment) => [enrolment.appliance, enrolment]));
}

function sitesByKey(
  periods: readonly Pick<KeyPeriod, "publicKey" | "site">[],
): ReadonlyMap<string, readonly string[]> {
  const byKey = Map.groupBy(periods, ({ publicKey }) => publicKey);
  return new Map([...byKey].map(([key, own]) => [key, own.flatMap(({ site }) => site ?? [])]));
}

function enrolmentsAt(
  partner: LivePartner,
  site: SiteNode,
  { log, sites }: { readonly log: string | null; readonly sites: ReadonlyMap<string, readonly string[]> },
): readonly Enrolment[] {
  return [...site.appliances.values()].flatMap(({ name, spec }) => {
    if (spec.id === undefined || spec.publicKey === undefined) return [];
    const key = trustedKey(spec.publicKey);
    if (key === null) return [];
    const { id } = site.document.spec;
    const place = { site: id, siteName: site.document.name, partner, log };
    const known = new Set([id, ...(sites.get(spec.publicKey) ?? [])]);
    return [{ appliance: spec.id, name, ...place, sites: known, ...key }];
  });
}

/** A key's 32 bytes and its name. */
export type TrustedKey = Pick<Enrolment, "publicKey" | "keyid">;

/** The check is slow (a point multiplication), and the keys of a fleet hardly change. */
const judged = new Map<string, TrustedKey | null>();

/** A key, checked once to be one that can be trusted; null when it cannot. */
export function trustedKey(hex: string): TrustedKey | null {
  const known = judged.get(hex);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(Buffer.from(hex, "hex"));
  const key = checkPublicKey(bytes) === null ? { publicKey: bytes, keyid: keyidOf(bytes) } : null;
  judged.set(hex, key);
  return key;
}
