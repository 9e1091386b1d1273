import { encodeTrust, readCheckpoint, type TrustFile } from "@compline/core";
import type { AcceptanceStore, AssignmentStore, LogStore } from "../store/contract.ts";
import { logOriginOf } from "../transparency/log-view.ts";
import type { LivePartner } from "./accept.ts";
import { enrolmentsOf } from "./enrolments.ts";
import type { Owners } from "./ownership.ts";

/**
 * The trust file of a partner: what a verifier takes as given, from the files in force and the record of what was
 * accepted and published. Heads are left out, because they must come from another source than this server.
 */
export async function trustOf(
  partner: LivePartner,
  store: AcceptanceStore & AssignmentStore & LogStore,
): Promise<string> {
  const node = partner.graph.partners.get(partner.name);
  if (node === undefined) throw new Error(`unreachable: ${partner.name} is in force and not in its graph`);
  const sites = [...node.sites.values()].map((site) => site.document.spec.id);
  const { authority, log } = node.document.spec;
  const revisions = await revisionsOf(partner, store);
  const keysOfOwners = keysByOwner(await store.owners());
  const trust: TrustFile = {
    schemaVersion: "1",
    partner: node.document.spec.id,
    sites,
    authority:
      authority === undefined ? null : authorityOf(authority.publicKey, node.document.spec.id, keysOfOwners),
    log: log === undefined ? null : await logOf(log.origin, store),
    witnesses: (log?.witnesses ?? []).map(({ vkey }) => ({ name: vkey.split("+")[0] ?? "", vkey })),
    quorum: log?.quorum ?? 0,
    bitcoin: null,
    heads: [],
    keys: keysOf(partner, keysOfOwners),
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

/** All keys that an owner ever had, oldest first. */
type KeysByOwner = ReadonlyMap<string, readonly string[]>;

function keysByOwner(owners: Owners): KeysByOwner {
  const keys = [...owners].flatMap(([identity, owner]) =>
    identity.startsWith("key ") ? [{ owner, key: identity.slice("key ".length) }] : [],
  );
  const grouped = Map.groupBy(keys, ({ owner }) => owner);
  return new Map([...grouped].map(([owner, found]) => [owner, found.map(({ key }) => key)]));
}

/** Keys that a file of the partner pinned before signed what came before the one in force. */
function authorityOf(publicKey: string, partner: string, keys: KeysByOwner): TrustFile["authority"] {
  const known = keys.get(`partner ${partner}`) ?? [];
  return { publicKey, earlier: known.filter((key) => key !== publicKey) };
}

/** The keys that appliances have now or had before; what an earlier key signed stays to be verified. */
function keysOf(partner: LivePartner, keys: KeysByOwner): TrustFile["keys"] {
  return [...enrolmentsOf([partner]).values()].flatMap(({ publicKey, site, appliance }) => {
    const now = Buffer.from(publicKey).toString("hex");
    const all = new Set([...(keys.get(`appliance ${appliance}`) ?? []), now]);
    return [...all].map((key) => ({ publicKey: key, site, appliance, from: 0, to: null }));
  });
}

/** A revision is in force from the leaf that came next when it was accepted; without a log from 0. */
async function revisionsOf(
  partner: LivePartner,
  store: AcceptanceStore & LogStore,
): Promise<TrustFile["revisions"]> {
  const log = logOriginOf(partner);
  const firsts = new Map<string, number>();
  for (const acceptance of await store.acceptances()) {
    const { source, partner: of, revision, position } = acceptance;
    if (source === partner.source && of === partner.name && !firsts.has(revision))
      firsts.set(revision, position);
  }
  const from = async (position: number): Promise<number> =>
    log === null ? 0 : await store.logSizeAt(log, position);
  return await Promise.all([...firsts].map(async ([id, position]) => ({ id, from: await from(position) })));
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
