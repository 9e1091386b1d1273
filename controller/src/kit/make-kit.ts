import {
  checkpointPath,
  ENTRIES_PATH,
  HEADERS_PATH,
  type EvidenceFile,
  encodeManifest,
  encodeZip,
  MANIFEST_PATH,
  readCheckpoint,
  timestampPath,
  type TrustFile,
} from "@compline/core";
import { nodeSha256 } from "../crypto.ts";
import type { Store, StoredBundle } from "../store/contract.ts";
import { bundlesOfPeriod, type Period } from "./period.ts";
import { assignmentFiles, envelopeFiles, trustFile } from "./site-evidence.ts";

/** What a kit is to be of. */
export interface KitRequest {
  readonly store: Store;
  /** Every bundle of the site, chain by chain. */
  readonly chains: readonly (readonly StoredBundle[])[];
  readonly site: string;
  readonly trust: TrustFile;
  readonly period: Period;
  /** What the auditor asked about; it narrows nothing. */
  readonly framework: string | null;
  /** Programs that verify the kit. */
  readonly programs: readonly EvidenceFile[];
}

/** A kit, and how many bundles it has. */
export interface MadeKit {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly bundles: number;
}

/**
 * A site's evidence of a period as one ZIP: the same request gives the same bytes. A bundle that no checkpoint covers
 * yet is left to the next kit. Throws STORE_IO.
 */
export async function makeKit(request: KitRequest): Promise<MadeKit> {
  const { store, trust, period, site, framework, programs } = request;
  const log = trust.log === null ? null : await readLog(store, trust.log.origin);
  const bundles = request.chains
    .map((chain) => chain.filter(({ leaf }) => log === null || (leaf !== null && leaf < log.size)))
    .flatMap((chain) => bundlesOfPeriod(chain, period));
  const files = [
    ...envelopeFiles(bundles),
    ...(await assignmentFiles(store, bundles)),
    ...(log?.files ?? []),
    ...programs,
    trustFile(trust),
  ];
  const listed = files.map(({ path, bytes }) => ({ path, sha256: nodeSha256(bytes) }));
  const manifest = encodeManifest({
    schemaVersion: "1",
    partner: trust.partner,
    site,
    framework,
    ...period,
    files: listed.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  });
  return { zip: encodeZip([...files, { path: MANIFEST_PATH, bytes: manifest }]), bundles: bundles.length };
}

interface LogFiles {
  readonly size: number;
  readonly files: readonly EvidenceFile[];
}

/** The whole log under its newest checkpoint; null before the first. */
async function readLog(store: Store, origin: string): Promise<LogFiles | null> {
  const newest = await store.checkpoint(origin);
  const read = newest === null ? null : readCheckpoint(newest.note);
  if (newest === null || read?.ok !== true) return null;
  const { size } = read.value;
  const leaves = await store.logLeaves(origin, 0, size);
  return {
    size,
    files: [
      { path: ENTRIES_PATH, bytes: Buffer.from(leaves.join(""), "hex") },
      { path: checkpointPath(size), bytes: newest.note },
      ...(await readAnchors(store, origin, size)),
    ],
  };
}

/** Timestamps of roots in blocks that were confirmed, and the headers of these blocks. */
async function readAnchors(store: Store, origin: string, size: number): Promise<readonly EvidenceFile[]> {
  const confirmed = await store.anchors(origin, ["confirmed"]);
  const covered = confirmed.filter((anchor) => anchor.size <= size);
  const headers = new Set(
    covered.flatMap(({ confirmation }) =>
      confirmation === null ? [] : [Buffer.from(confirmation.header).toString("hex")],
    ),
  );
  if (headers.size === 0) return [];
  return [
    ...covered.map((anchor) => ({ path: timestampPath(anchor.size), bytes: anchor.ots })),
    { path: HEADERS_PATH, bytes: Buffer.from([...headers].toSorted().join(""), "hex") },
  ];
}
