import {
  attachmentPath,
  type EvidenceFile,
  encodeTrust,
  envelopePath,
  readTrust,
  type TrustFile,
} from "@compline/core";
import { trustOf } from "../reconcile/trust.ts";
import type { FoundSite } from "./find-site.ts";
import type { Store, StoredAssignment, StoredBundle } from "../store/contract.ts";
import { isOfAuthority, keptPredicate } from "../store/kept-predicate.ts";
import { readChain } from "../store/read-chain.ts";
import { type TellStep, untold } from "./steps.ts";

/**
 * Every bundle for the sites of a trust file of the appliances that it names, also of those that are gone, and of the
 * partner's authority, chain by chain in the order of their places. What an appliance signed for another site, before it
 * moved or since, is that site's. Throws STORE_IO.
 */
export async function chainsOf(
  store: Store,
  { partner, keys, sites }: Pick<TrustFile, "keys" | "partner" | "sites">,
  tell: TellStep = untold,
): Promise<SiteChains> {
  const ids = new Set([partner, ...keys.map(({ appliance }) => appliance)]);
  const own = new Set([partner, ...sites]);
  const whole: (readonly StoredBundle[])[] = [];
  for (const chain of ids) {
    tell(`reading chain ${whole.length + 1} of ${ids.size}`);
    whole.push(await readChain(store, chain));
  }
  const chains = whole.map((chain) => chain.filter(({ site }) => own.has(site)));
  return { chains, elsewhere: elsewhereIn(whole.flat().filter(({ site }) => !own.has(site))) };
}

/** A site's part of the chains of its appliances. */
export interface SiteChains {
  readonly chains: readonly (readonly StoredBundle[])[];
  /** What these appliances signed for other sites, in words; null when nothing. */
  readonly elsewhere: string | null;
}

function elsewhereIn(bundles: readonly StoredBundle[]): string | null {
  if (bundles.length === 0) return null;
  const appliances = [...new Set(bundles.map(({ chain }) => chain))].toSorted();
  const many = bundles.length === 1 ? "1 bundle that" : `${bundles.length} bundles that`;
  return `${many} ${appliances.join(", ")} signed for another site`;
}

/** The envelopes of a site under the paths they have in an export; of a fork, the later ones with a suffix. */
export function envelopeFiles(bundles: readonly StoredBundle[]): readonly EvidenceFile[] {
  const taken = new Set<string>();
  return bundles.map(({ site, chain, epoch, seq, digest, bytes }) => {
    const path = envelopePath(site, { id: chain, epoch, seq });
    const isBranch = taken.has(path);
    taken.add(path);
    return { path: isBranch ? path.replace(".dsse", `.${digest.slice(0, 16)}.dsse`) : path, bytes };
  });
}

/** The assignments that bundles name. Throws STORE_IO. */
export async function assignmentsOf(
  store: Store,
  bundles: readonly StoredBundle[],
): Promise<readonly StoredAssignment[]> {
  const digests = new Set(bundles.flatMap(assignmentNamedBy));
  const found = await Promise.all([...digests].toSorted().map((digest) => store.assignment(digest)));
  return found.filter((one) => one !== null);
}

/** Assignments as files, each with its signature. */
export function assignmentFiles(assignments: readonly StoredAssignment[]): readonly EvidenceFile[] {
  return assignments.flatMap(({ digest, bytes, signature }) => [
    { path: `assignments/${digest}.json`, bytes },
    {
      path: `assignments/${digest}.sig`,
      bytes: Buffer.from(Buffer.from(signature).toString("base64")),
    },
  ]);
}

/** The files that bundles name as their attachments, as far as they came and were not erased. Throws STORE_IO. */
export async function attachmentFiles(
  store: Store,
  bundles: readonly StoredBundle[],
): Promise<readonly EvidenceFile[]> {
  const found = await Promise.all(bundles.map(({ digest }) => store.attachmentsOf(digest)));
  return found.flat().map(({ digest, bytes }) => ({ path: attachmentPath(digest), bytes }));
}

function assignmentNamedBy(bundle: StoredBundle): string[] {
  return isOfAuthority(bundle) ? [] : [keptPredicate(bundle).policy.assignment];
}

/** What the trust file says of one site: an auditor of one clinic learns nothing of the next. Throws STORE_IO. */
export async function trustOfSite({ partner, id }: FoundSite, store: Store): Promise<TrustFile> {
  const read = readTrust(Buffer.from(await trustOf(partner, store)));
  if (!read.ok) throw new Error(`unreachable: our own trust file cannot be read (${read.message})`);
  const { trust } = read;
  const keys = trust.keys.filter(({ site }) => site === id);
  const chains = new Set(keys.map((key) => key.appliance));
  return {
    ...trust,
    sites: [id],
    keys,
    heads: trust.heads.filter(({ chain }) => chains.has(chain)),
    assignments: trust.assignments.filter(({ site }) => site === id),
    exceptions: trust.exceptions.filter(({ site }) => site === id),
  };
}

/** The trust file of an export. */
export function trustFile(trust: TrustFile): EvidenceFile {
  return { path: "trust.json", bytes: encodeTrust(trust) };
}
