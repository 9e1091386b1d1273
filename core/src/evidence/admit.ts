import type { Bundle } from "./chain.ts";
import { type ReadEnvelope, readEnvelope, signatureItem } from "./envelope.ts";
import type { Findings } from "./finding.ts";
import {
  type EvidenceFile,
  envelopePath,
  folderOf,
  namedDigest,
  namedPlace,
  type VerifyMode,
} from "./kit-files.ts";
import { placeOf } from "./links.ts";
import type { Digest, Predicate } from "./statement.ts";
import type { EnrolledKey, ReadTrust } from "./trust.ts";
import type { VerifyInput } from "./verify.ts";

const BATCH = 128;

/** What admitting envelopes needs besides the files. */
export interface AdmitContext {
  readonly trust: ReadTrust;
  readonly input: Pick<VerifyInput, "engine" | "mode" | "sha256" | "onProgress">;
  readonly findings: Findings;
}

/**
 * The bundles among envelope files of unknown origin: of good form, their signature good under a trusted key, and
 * that key of the right owner. Every other file is a finding and takes no place in a chain.
 */
export async function admitBundles(
  files: readonly EvidenceFile[],
  context: AdmitContext,
): Promise<readonly Bundle[]> {
  const bundles = new Map<Digest, Bundle>();
  // While the signatures of one batch are verified elsewhere, the next one is read.
  let next = readBatch(files, 0, context);
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = next;
    next = readBatch(files, start + BATCH, context);
    for (const bundle of admitBatch(batch.known, await batch.verdicts, context)) {
      judgeName(bundle, context.input.mode, context.findings);
      if (!bundles.has(bundle.digest)) bundles.set(bundle.digest, bundle);
    }
    context.input.onProgress?.(Math.min(start + BATCH, files.length), files.length);
  }
  return [...bundles.values()];
}

interface KnownSigner {
  readonly path: string;
  readonly read: ReadEnvelope;
  readonly key: Uint8Array;
}

interface ReadBatch {
  readonly known: readonly KnownSigner[];
  readonly verdicts: Promise<readonly boolean[]>;
}

function readBatch(files: readonly EvidenceFile[], start: number, context: AdmitContext): ReadBatch {
  const known = files.slice(start, start + BATCH).flatMap((file) => findSigner(file, context));
  const verdicts = context.input.engine.verify(known.map(({ read, key }) => signatureItem(read, key)));
  // An engine that fails is met where the verdicts are awaited. That may be later, or never once another batch failed.
  verdicts.catch(() => undefined);
  return { known, verdicts };
}

function admitBatch(
  known: readonly KnownSigner[],
  verdicts: readonly boolean[],
  context: AdmitContext,
): readonly Bundle[] {
  return known.flatMap(({ path, read }, index) => {
    if (verdicts[index] === true) return admitSigned(path, read, context);
    context.findings.add("BAD_SIGNATURE", path, `the signature does not hold under key ${read.keyid}`);
    return [];
  });
}

function findSigner(
  { path, bytes }: EvidenceFile,
  { trust, input, findings }: AdmitContext,
): readonly KnownSigner[] {
  const read = readEnvelope(bytes, input.sha256);
  if (!read.ok) {
    findings.add(read.code, path, read.message);
    return [];
  }
  const key = keyBytes(read.keyid, trust);
  if (key !== undefined) return [{ path, read, key }];
  findings.add("UNKNOWN_KEY", path, `key ${read.keyid} is not in the trust file`);
  return [];
}

function keyBytes(keyid: Digest, { keys, authority }: ReadTrust): Uint8Array | undefined {
  return (authority.find((key) => key.keyid === keyid) ?? keys.get(keyid))?.bytes;
}

/** Judges whether the key that really signed may sign this. */
function admitSigned(path: string, read: ReadEnvelope, { trust, findings }: AdmitContext): readonly Bundle[] {
  const { predicate } = read.statement;
  const key = trust.keys.get(read.keyid);
  if ((key === undefined) !== (predicate.kind === "authority")) {
    const signer = key === undefined ? "the authority" : "an appliance";
    findings.add("EVENT_WRONG_SIGNER", path, `signed by ${signer}, the kind is ${predicate.kind}`);
    return [];
  }
  const owner = key?.appliance ?? trust.trust.partner;
  if (owner !== predicate.chain.id) {
    findings.add("KEY_MISMATCH", path, `the key belongs to ${owner}, the chain is ${predicate.chain.id}`);
    return [];
  }
  return [{ path, digest: read.digest, keyid: read.keyid, keySite: siteOfKey(key, predicate), predicate }];
}

/** The bundle's own site where the key has it, else the last that it has. */
function siteOfKey(key: EnrolledKey | undefined, predicate: Predicate): string | null {
  if (key === undefined || predicate.kind === "authority") return null;
  const sites = key.periods.map(({ site }) => site);
  return sites.includes(predicate.site) ? predicate.site : (sites.at(-1) ?? null);
}

function judgeName(bundle: Bundle, mode: VerifyMode, findings: Findings): void {
  const byDigest = namedDigest(bundle.path);
  if (mode === "bundles" && byDigest !== null && byDigest !== bundle.digest) {
    findings.add("CHANGED_FILE", bundle.path, `the file's digest is ${bundle.digest}`);
  }
  const named = namedPlace(bundle.path, mode);
  if (named === null && mode === "bundles") return;
  const { id, epoch, seq } = placeOf(bundle);
  const site = folderOf(bundle.predicate);
  const suffixFits = named !== null && (named.suffix === null || bundle.digest.startsWith(named.suffix));
  const fits =
    suffixFits && named.site === site && named.chain === id && named.epoch === epoch && named.seq === seq;
  if (!fits)
    findings.add(
      "MISPLACED",
      bundle.path,
      `by its content this is ${envelopePath(site, { id, epoch, seq })}`,
    );
}
