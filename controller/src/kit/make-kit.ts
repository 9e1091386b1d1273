import {
  chooseSample,
  type EvidenceFile,
  encodeManifest,
  encodeZip,
  MANIFEST_PATH,
  populationOf,
  type TrustFile,
} from "@compline/core";
import { nodeSha256 } from "../crypto.ts";
import type { Store, StoredBundle } from "../store/contract.ts";
import { leftBehind, logFiles, withinReach } from "./log-files.ts";
import { bundlesOfPeriod, type Period } from "./period.ts";
import { isOfAuthority, keptPredicate } from "../store/kept-predicate.ts";
import { type ReadReviewed, reviewedFiles } from "./reviewed-files.ts";
import { type TellStep, untold } from "./steps.ts";
import {
  assignmentFiles,
  assignmentsOf,
  attachmentFiles,
  envelopeFiles,
  trustFile,
} from "./site-evidence.ts";

/** How many bundles to look at, chosen by a seed that should be the auditor's. */
export interface SampleRequest {
  readonly count: number;
  readonly seed: string;
}

/** What people call the site and its partner. */
export interface KitNames {
  readonly partner: string;
  readonly site: string;
}

/** What a kit is to be of. */
export interface KitRequest {
  readonly store: Store;
  /** Every bundle of the site, chain by chain. */
  readonly chains: readonly (readonly StoredBundle[])[];
  readonly site: string;
  readonly names: KitNames;
  readonly trust: TrustFile;
  readonly period: Period;
  /** What the auditor asked about; it narrows nothing. */
  readonly framework: string | null;
  /** Bundles to look at; null for none in particular. */
  readonly sample: SampleRequest | null;
  readonly read: ReadReviewed;
  /** Programs that verify the kit. */
  readonly programs: readonly EvidenceFile[];
  readonly tell?: TellStep;
}

/** A kit, and how many bundles of appliances it has. */
export interface MadeKit {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly bundles: number;
  /** Which bundles of the period are left to the next kit, and why; null when none is. */
  readonly left: string | null;
}

/**
 * A site's evidence of a period as one ZIP: the same request gives the same bytes. A bundle that no checkpoint covers
 * yet, or too few witnesses saw, is left to the next kit. Throws STORE_IO.
 */
export async function makeKit(request: KitRequest): Promise<MadeKit> {
  const { store, trust, period, site, framework, programs, tell = untold } = request;
  tell("reading the log");
  const log = await logFiles(store, trust);
  const all = request.chains.flatMap((chain) => bundlesOfPeriod(chain, period));
  const within = request.chains.map((chain) => withinReach(chain, log));
  const taken = within.map((chain) => bundlesOfPeriod(chain, period));
  // Of a chain that begins after the period its first bundle says so: without any it would be missing.
  const bundles = within.flatMap((chain, at) =>
    taken[at]?.length === 0 ? chain.slice(0, 1) : (taken[at] ?? []),
  );
  tell("reading assignments");
  const assignments = await assignmentsOf(store, bundles);
  const envelopes = envelopeFiles(bundles);
  tell("reading reviewed files");
  const reviewed = await reviewedFiles(assignments, request.read);
  const files = [
    ...envelopes,
    ...assignmentFiles(assignments),
    ...(await attachmentFiles(store, bundles)),
    ...reviewed,
    ...(log?.files ?? []),
    ...programs,
    trustFile(trust),
  ];
  const seen = taken.flat().filter((bundle) => !isOfAuthority(bundle));
  tell(`packing ${files.length} files`);
  const listed = files.map(({ path, bytes }) => ({ path, sha256: nodeSha256(bytes) }));
  const manifest = encodeManifest({
    schemaVersion: "1",
    partner: trust.partner,
    site,
    names: request.names,
    framework,
    ...period,
    ...sampleOf(bundles, envelopes, request),
    files: listed.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  });
  const zip = encodeZip([...files, { path: MANIFEST_PATH, bytes: manifest }]);
  const left = leftBehind({ all: all.length, taken: taken.flat().length }, trust);
  return { zip, bundles: seen.length, left };
}

/** What `kit.json` says of the bundles to look at; `envelopes` are the files of the bundles, in their order. */
function sampleOf(
  bundles: readonly StoredBundle[],
  envelopes: readonly EvidenceFile[],
  { period, sample }: Pick<KitRequest, "period" | "sample">,
): { readonly population: number; readonly sample: readonly string[]; readonly seed: string | null } {
  const all = bundles.flatMap((bundle, at) => {
    const path = envelopes[at]?.path ?? "";
    return isOfAuthority(bundle) ? [] : [{ path, digest: bundle.digest, predicate: keptPredicate(bundle) }];
  });
  const population = populationOf(all, period);
  return {
    population: population.length,
    sample: sample === null ? [] : chooseSample(population, sample, nodeSha256),
    seed: sample?.seed ?? null,
  };
}
