import type { SiteNode } from "@compline/core";
import { type LivePartner, liveAt, type KnownRevisions, type Source, type SourceOutcome } from "./accept.ts";
import { enrolmentsOf } from "./enrolments.ts";
import { oncePerGraph } from "./once-per-graph.ts";
import type { Claim } from "../store/contract.ts";

/** Owners by identity, over everything that was ever in force. */
export type Owners = ReadonlyMap<string, string>;

/**
 * What a partner's files say belongs to whom. A partner's ULID belongs to its source; the ULIDs of its sites, hosts and
 * appliances and its authority's key belong to the partner, so that they may move among its sites; an appliance's key
 * belongs to the appliance.
 */
export const claimsOf: (partner: LivePartner) => readonly Claim[] = oncePerGraph((partner) => {
  const node = partner.graph.partners.get(partner.name);
  if (node === undefined) return [];
  const { id, authority, log } = node.document.spec;
  const owner = `partner ${id}`;
  const appliances = [...enrolmentsOf([partner]).values()];
  return [
    { identity: owner, owner: `source ${partner.source}` },
    ...(authority === undefined ? [] : [{ identity: `key ${authority.publicKey}`, owner }]),
    ...(log === undefined ? [] : logClaims(log.origin, owner)),
    ...[...node.sites.values()].flatMap((site) => siteClaims(site, owner)),
    ...appliances.flatMap(({ appliance, publicKey }) => [
      { identity: `appliance ${appliance}`, owner },
      { identity: `key ${Buffer.from(publicKey).toString("hex")}`, owner: `appliance ${appliance}` },
    ]),
  ];
});

/** A log has one partner, and a partner one log, whose name never changes: both for good. */
function logClaims(origin: string, partner: string): readonly Claim[] {
  return [
    { identity: `log ${origin}`, owner: partner },
    { identity: `log of ${partner}`, owner: `log ${origin}` },
  ];
}

/** A site's file hardly ever changes, and is of one partner. */
const claimsOfSite = new WeakMap<SiteNode["document"], readonly Claim[]>();

function siteClaims({ document }: SiteNode, owner: string): readonly Claim[] {
  const known = claimsOfSite.get(document);
  if (known?.[0]?.owner === owner) return known;
  const { id, hosts } = document.spec;
  const claims = [
    { identity: `site ${id}`, owner },
    ...hosts.map((host) => ({ identity: `host ${host.id}`, owner })),
  ];
  claimsOfSite.set(document, claims);
  return claims;
}

/** Who owns what, when nothing but these partners was ever in force. */
export function ownersOf(partners: readonly LivePartner[]): Owners {
  return new Map(partners.flatMap(claimsOf).map(({ identity, owner }) => [identity, owner]));
}

/** The first identity of a partner that belonged to another owner before, and to whom; null when there is none. */
export function movedIdentity(partner: LivePartner, owners: Owners): Claim | null {
  for (const { identity, owner } of claimsOf(partner)) {
    const before = owners.get(identity) ?? owner;
    if (before !== owner) return { identity, owner: before };
  }
  return null;
}

/** What partners in force claim that nobody owned before. */
export function newClaims(partners: readonly LivePartner[], owners: Owners): readonly Claim[] {
  return partners.flatMap(claimsOf).filter(({ identity }) => !owners.has(identity));
}

/**
 * Refuses what a partner's newly accepted tree takes from another owner: that partner stays as it was accepted before,
 * and is not in force when it never was. Whoever took over a key that is enrolled elsewhere could be heard as that box.
 */
export async function refuseMoved(
  outcome: SourceOutcome,
  {
    source,
    known,
    owners,
  }: { readonly source: Source; readonly known: KnownRevisions; readonly owners: Owners },
): Promise<SourceOutcome> {
  const fresh = new Set(outcome.accepted.map(({ partner }) => partner));
  const moved = new Map(
    outcome.live.flatMap((partner) => {
      const taken = fresh.has(partner.name) ? movedIdentity(partner, owners) : null;
      return taken === null ? [] : [[partner.name, taken] as const];
    }),
  );
  const live = await Promise.all(
    outcome.live.map(async (partner) => {
      if (!moved.has(partner.name)) return [partner];
      const before = known.partners.get(partner.name);
      return before === undefined ? [] : [await liveAt(source, partner.name, before)];
    }),
  );
  return {
    ...outcome,
    live: live.flat(),
    findings: outcome.findings.map((finding) => {
      const name = finding.subject.replace(/^partner\//, "");
      const taken = finding.subject === name ? undefined : moved.get(name);
      if (taken === undefined) return finding;
      return {
        subject: finding.subject,
        state: "stalled",
        reason: "IDENTITY_MOVED",
        detail: `${taken.identity} belongs to ${taken.owner}`,
        revision: known.partners.get(name) ?? null,
      };
    }),
    accepted: outcome.accepted.filter(({ partner }) => partner === null || !moved.has(partner)),
  };
}
