import { encodeTrust, readCheckpoint, type TrustFile } from "@compline/core";
import type {
  AcceptanceStore,
  AssignmentStore,
  EvidenceStore,
  KeyPeriod,
  LogStore,
} from "../store/contract.ts";
import { type SizeAt, sizesOf } from "../transparency/log-sizes.ts";
import { inHistory, type LivePartner } from "./accept.ts";
import { byPassages } from "./passages.ts";

/**
 * The trust file of a partner: what a verifier takes as given, from the files in force and the record of what was
 * accepted and published. Heads are left out, because they must come from another source than this server.
 */
export async function trustOf(
  partner: LivePartner,
  store: AcceptanceStore & AssignmentStore & LogStore & EvidenceStore,
): Promise<string> {
  const node = partner.graph.partners.get(partner.name);
  if (node === undefined) throw new Error(`unreachable: ${partner.name} is in force and not in its graph`);
  const sites = [...node.sites.values()].map((site) => site.document.spec.id);
  const { authority, log } = node.document.spec;
  const sizeAt = sizesOf(log?.origin ?? null, store);
  const revisions = await revisionsOf(partner, sizeAt, store);
  const periods = (await store.keyPeriods()).filter((period) => period.partner === node.document.spec.id);
  const trust: TrustFile = {
    schemaVersion: "1",
    partner: node.document.spec.id,
    sites,
    authority: authority === undefined ? null : authorityOf(authority.publicKey, periods),
    log: log === undefined ? null : await logOf(log.origin, store),
    witnesses: (log?.witnesses ?? []).map(({ vkey }) => ({ name: vkey.split("+")[0] ?? "", vkey })),
    quorum: log?.quorum ?? 0,
    bitcoin: null,
    heads: [],
    keys: await keysOf(periods, sizeAt, store),
    revisions,
    assignments: await assignmentsOf(sites, revisions, store),
    exceptions: [],
  };
  return Buffer.from(encodeTrust(trust)).toString("utf8");
}

/** Null before the first checkpoint: until then no key of the log is known. */
async function logOf(origin: string, store: LogStore): Promise<TrustFile["log"]> {
  const newest = await store.checkpoint(origin);
  const read = newest === null ? null : readCheckpoint(newest.note);
  if (newest === null || read?.ok !== true) return null;
  const { size, root } = read.value;
  return { origin, vkey: newest.vkey, newest: { size, root } };
}

/** Keys that a file of the partner pinned before signed what came before the one in force. */
function authorityOf(publicKey: string, periods: readonly KeyPeriod[]): TrustFile["authority"] {
  const known = new Set(
    periods.filter(({ owner, partner }) => owner === partner).map((period) => period.publicKey),
  );
  return { publicKey, earlier: [...known].filter((key) => key !== publicKey) };
}

/**
 * The keys that appliances have now or had before, from the leaf that came next when git began to have them to the one
 * that came next when it ceased, at each site that they were at. One that went without a bundle is there, too, where an
 * authority can say that nothing of it is missing; else it left nothing to judge.
 */
async function keysOf(
  periods: readonly KeyPeriod[],
  sizeAt: SizeAt,
  store: EvidenceStore,
): Promise<TrustFile["keys"]> {
  const ofAppliances = periods.filter(({ owner, partner }) => owner !== partner);
  const present = new Set(ofAppliances.filter(({ to }) => to === null).map(({ owner }) => owner));
  const hasAuthority = ofAppliances.length < periods.length;
  const keys: TrustFile["keys"][number][] = [];
  for (const { publicKey, owner, site, from, to } of ofAppliances) {
    const isTold = hasAuthority || present.has(owner) || (await store.chainHead(owner)) !== null;
    if (site === null || !isTold) continue;
    const until = to === null ? null : await sizeAt(to.position);
    keys.push({ publicKey, site, appliance: owner, from: (await sizeAt(from.position)) ?? 0, to: until });
  }
  return await byPassages(keys, store);
}

/**
 * A revision is in force from the leaf that came next when it was accepted, or when one after it was: what a store lost,
 * because it was set back, is recorded late. In the order of the source's history, which verifiers go by.
 */
async function revisionsOf(
  partner: LivePartner,
  sizeAt: SizeAt,
  store: AcceptanceStore,
): Promise<TrustFile["revisions"]> {
  const own = inHistory(await store.acceptances(), partner.source).filter(
    (one) => one.partner === partner.name,
  );
  const froms = new Map<string, number>();
  let from = Number.POSITIVE_INFINITY;
  for (const { revision, position } of own.toReversed()) {
    from = Math.min(from, position);
    froms.set(revision, from);
  }
  return await Promise.all(
    [...froms].toReversed().map(async ([id, position]) => ({ id, from: (await sizeAt(position)) ?? 0 })),
  );
}

/** An assignment is published after its revision was accepted, and not before that. */
async function assignmentsOf(
  sites: readonly string[],
  revisions: TrustFile["revisions"],
  store: AssignmentStore,
): Promise<TrustFile["assignments"]> {
  const froms = new Map(revisions.map(({ id, from }) => [id, from]));
  const index = await store.assignmentIndex();
  return index
    .filter(({ site }) => sites.includes(site))
    .map(({ digest, site, appliance, generation, revision }) => ({
      digest,
      site,
      appliance,
      generation,
      from: froms.get(revision) ?? 0,
    }));
}
