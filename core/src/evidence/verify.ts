import { type ReadAssignment, readAssignment } from "./assignment.ts";
import {
  type Bundle,
  type ChainContext,
  type ChainCounts,
  type CheckedChain,
  judgeChain,
  openersOf,
  placeOf,
} from "./chain.ts";
import { type Sha256, sha256Hex } from "./digest.ts";
import { type ReadEnvelope, readEnvelope, signatureItem } from "./envelope.ts";
import { createFindings, type Finding, type Findings } from "./finding.ts";
import {
  type EvidenceFile,
  envelopePath,
  type KitFiles,
  namedDigest,
  namedPlace,
  sortKitFiles,
  type VerifyMode,
} from "./kit-files.ts";
import type { SignatureEngine } from "./signature.ts";
import type { Digest, Instant, Predicate } from "./statement.ts";
import { addedTrust, type ReadTrust, readTrust } from "./trust.ts";

/** What to verify, and against what. */
export interface VerifyInput {
  readonly files: readonly EvidenceFile[];
  /** Bytes of a trust file from another source than the evidence; null takes the one among the files. */
  readonly trust: Uint8Array | null;
  readonly engine: SignatureEngine;
  readonly mode: VerifyMode;
  readonly sha256?: Sha256;
  /** The period that was asked for; without it chains must begin at their beginning. */
  readonly from?: Instant;
  readonly to?: Instant;
  /** Called after each batch with the number of envelopes read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was checked, in numbers and places. */
export interface Checked {
  /** Paths of the files that were read. */
  readonly files: readonly string[];
  /** Envelope files read. */
  readonly envelopes: number;
  /** Bundles of good form, signed by a trusted key of the right owner. */
  readonly bundles: number;
  /** Predecessors compared. */
  readonly links: number;
  /** States recomputed from results. */
  readonly states: number;
  readonly heals: number;
  readonly assignments: number;
  readonly chains: readonly CheckedChain[];
}

/** Something that could not be checked; `incomplete` ones keep the outcome from being `verified`. */
export interface Unchecked extends Finding {
  readonly level: "incomplete" | "unchecked";
}

/** What a verification came to. */
export interface Verification {
  readonly outcome: "verified" | "failed" | "incomplete";
  readonly trust: {
    /** SHA-256 of the trust file used; null when there was none. */
    readonly fingerprint: Digest | null;
    readonly source: "given" | "kit" | "none";
  };
  readonly checked: Checked;
  readonly failures: readonly Finding[];
  readonly unchecked: readonly Unchecked[];
  readonly notes: readonly Finding[];
}

const BATCH = 128;

/**
 * Verifies a set of evidence files. Never throws for what the files hold; the same files and trust give the same
 * answer everywhere. FORMAT.md section 5.
 */
export async function verifyBundles(input: VerifyInput): Promise<Verification> {
  const findings = createFindings();
  const files = sortKitFiles(input.files, input.mode);
  if (files.others.length > 0) findings.add("OTHER_FILES", null, files.others.slice(0, 20).join(", "));
  const trust = chooseTrust(files, input, findings);
  const counts: ChainCounts = { links: 0, states: 0, heals: 0 };
  const bundles = trust.read === null ? [] : await admitBundles(files.envelopes, trust.read, input, findings);
  const assignments = readAssignments(files, input, findings);
  const chains =
    trust.read === null
      ? []
      : judgeChains(bundles, contextOf(trust.read, bundles, { input, findings, counts, assignments }));
  if (trust.read !== null) judgeSet(trust, files, bundles, input, findings);
  return conclude(trust, findings, {
    files: readPaths(files),
    envelopes: files.envelopes.length,
    bundles: bundles.length,
    ...counts,
    assignments: [...assignments.values()].filter((read) => read !== null).length,
    chains,
  });
}

function readPaths({ trust, envelopes, assignments }: KitFiles): readonly string[] {
  return [...(trust === null ? [] : [trust]), ...assignments.map(({ file }) => file), ...envelopes].map(
    ({ path }) => path,
  );
}

interface ChosenTrust {
  readonly read: ReadTrust | null;
  readonly fingerprint: Digest | null;
  readonly source: Verification["trust"]["source"];
  /** Sites that the evidence itself says it covers; null when it does not say. */
  readonly scope: readonly string[] | null;
}

function chooseTrust(files: KitFiles, input: VerifyInput, findings: Findings): ChosenTrust {
  const kit = files.trust === null ? null : readTrust(files.trust.bytes, input.sha256);
  if (kit !== null && !kit.ok) findings.add("TRUST_FILE", files.trust?.path ?? null, kit.message);
  const scope = kit?.ok ? kit.trust.sites : null;
  if (input.trust !== null) {
    const given = readTrust(input.trust, input.sha256);
    if (!given.ok) findings.add("TRUST_FILE", null, `the trust file that was given: ${given.message}`);
    if (given.ok && kit?.ok) compareTrust(kit, given, files.trust?.path ?? null, findings);
    return { read: given.ok ? given : null, fingerprint: given.fingerprint, source: "given", scope };
  }
  if (kit === null) {
    findings.add("TRUST_FILE", "trust.json", "there is no trust file, so no key can be trusted");
    return { read: null, fingerprint: null, source: "none", scope };
  }
  findings.add(
    "TRUST_FROM_KIT",
    null,
    "the trust file came with the evidence; compare its fingerprint with one from elsewhere",
  );
  return { read: kit.ok ? kit : null, fingerprint: kit.fingerprint, source: "kit", scope };
}

function compareTrust(kit: ReadTrust, given: ReadTrust, path: string | null, findings: Findings): void {
  const added = addedTrust(kit.trust, given.trust);
  for (const thing of added)
    findings.add("TRUST_SWAPPED", path, `trusts ${thing}, the given trust file does not`);
  if (added.length === 0 && kit.fingerprint !== given.fingerprint) {
    findings.add(
      "TRUST_DIFFERS",
      path,
      `fingerprint ${kit.fingerprint}, the given one has ${given.fingerprint}`,
    );
  }
}

async function admitBundles(
  files: readonly EvidenceFile[],
  trust: ReadTrust,
  input: VerifyInput,
  findings: Findings,
): Promise<readonly Bundle[]> {
  const bundles = new Map<Digest, Bundle>();
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files.slice(start, start + BATCH);
    for (const bundle of await admitBatch(batch, trust, input, findings)) {
      judgeName(bundle, input.mode, findings);
      if (!bundles.has(bundle.digest)) bundles.set(bundle.digest, bundle);
    }
    input.onProgress?.(start + batch.length, files.length);
  }
  return [...bundles.values()];
}

async function admitBatch(
  files: readonly EvidenceFile[],
  trust: ReadTrust,
  input: VerifyInput,
  findings: Findings,
): Promise<readonly Bundle[]> {
  const known: { readonly path: string; readonly read: ReadEnvelope; readonly key: Uint8Array }[] = [];
  for (const { path, bytes } of files) {
    const read = readEnvelope(bytes, input.sha256);
    if (!read.ok) {
      findings.add(read.code, path, read.message);
      continue;
    }
    const key = keyBytes(read.keyid, trust);
    if (key === null) findings.add("UNKNOWN_KEY", path, `key ${read.keyid} is not in the trust file`);
    else known.push({ path, read, key });
  }
  const verdicts = await input.engine.verify(known.map(({ read, key }) => signatureItem(read, key)));
  return known.flatMap(({ path, read }, index) => {
    if (verdicts[index] === true) return admitSigned(path, read, trust, findings);
    findings.add("BAD_SIGNATURE", path, `the signature does not hold under key ${read.keyid}`);
    return [];
  });
}

function keyBytes(keyid: Digest, trust: ReadTrust): Uint8Array | null {
  if (trust.authority?.keyid === keyid) return trust.authority.bytes;
  return trust.keys.get(keyid)?.bytes ?? null;
}

/** Judges whether the key that really signed may sign this. */
function admitSigned(
  path: string,
  read: ReadEnvelope,
  trust: ReadTrust,
  findings: Findings,
): readonly Bundle[] {
  const { predicate } = read.statement;
  const key = trust.keys.get(read.keyid) ?? null;
  const byAuthority = key === null;
  if (byAuthority !== (predicate.kind === "authority")) {
    findings.add(
      "EVENT_WRONG_SIGNER",
      path,
      `signed by ${byAuthority ? "the authority" : "an appliance"}, kind is ${predicate.kind}`,
    );
    return [];
  }
  const owner = key?.appliance ?? trust.trust.partner;
  if (owner !== predicate.chain.id) {
    findings.add("KEY_MISMATCH", path, `the key belongs to ${owner}, the chain is ${predicate.chain.id}`);
    return [];
  }
  if (key !== null && key.to !== null)
    findings.add("KEY_POSITION_NOT_CHECKED", null, `key ${key.keyid} is trusted for a part of the log only`);
  return [{ path, digest: read.digest, keyid: read.keyid, keySite: key?.site ?? null, predicate }];
}

function judgeName(bundle: Bundle, mode: VerifyMode, findings: Findings): void {
  const byDigest = namedDigest(bundle.path);
  if (mode === "bundles" && byDigest !== null && byDigest !== bundle.digest) {
    findings.add("CHANGED_FILE", bundle.path, `the file's digest is ${bundle.digest}`);
  }
  const named = namedPlace(bundle.path);
  if (named === null && mode === "bundles") return;
  const { id, epoch, seq } = placeOf(bundle);
  const site = folderOf(bundle.predicate);
  const suffixFits = named?.suffix == null || bundle.digest.startsWith(named.suffix);
  const fits =
    named?.site === site && named.chain === id && named.epoch === epoch && named.seq === seq && suffixFits;
  if (!fits)
    findings.add(
      "MISPLACED",
      bundle.path,
      `by its content this is ${envelopePath(site, { id, epoch, seq })}`,
    );
}

/** The folder of a bundle's site; the authority's bundles are filed under the partner. */
function folderOf(predicate: Predicate): string {
  return predicate.kind === "authority" ? predicate.partner : predicate.site;
}

function readAssignments(
  files: KitFiles,
  { sha256 = sha256Hex }: VerifyInput,
  findings: Findings,
): ReadonlyMap<Digest, ReadAssignment | null> {
  const assignments = new Map<Digest, ReadAssignment | null>();
  for (const { file, digest } of files.assignments) {
    const found = sha256(file.bytes);
    if (found !== digest) {
      findings.add("CHANGED_FILE", file.path, `the file's digest is ${found}`);
      assignments.set(digest, null);
      continue;
    }
    const read = readAssignment(file.bytes, sha256);
    if (!read.ok) findings.add(read.code, file.path, read.message);
    assignments.set(digest, read.ok ? read : null);
  }
  return assignments;
}

interface SetParts {
  readonly input: VerifyInput;
  readonly findings: Findings;
  readonly counts: ChainCounts;
  readonly assignments: ChainContext["assignments"];
}

function contextOf(trust: ReadTrust, bundles: readonly Bundle[], parts: SetParts): ChainContext {
  const { input, findings, counts, assignments } = parts;
  return {
    mode: input.mode,
    from: input.from,
    to: input.to,
    trust: trust.trust,
    revisions: new Map(trust.trust.revisions.map(({ id }, index) => [id, index])),
    listedAssignments: new Set(trust.trust.assignments.map(({ digest }) => digest)),
    assignments,
    openers: openersOf(bundles),
    sha256: input.sha256 ?? sha256Hex,
    findings,
    counts,
  };
}

function judgeChains(bundles: readonly Bundle[], context: ChainContext): readonly CheckedChain[] {
  const chains = Map.groupBy(bundles, (bundle) => placeOf(bundle).id);
  return [...chains.values()].map((ofChain) => judgeChain(ofChain, context));
}

/** What concerns the files as a set: known heads, chains that are absent, and what this verifier does not do. */
function judgeSet(
  trust: ChosenTrust,
  files: KitFiles,
  bundles: readonly Bundle[],
  input: VerifyInput,
  findings: Findings,
): void {
  if (files.envelopes.length === 0)
    findings.add("MISSING_FILE", "envelopes/", "there is no envelope to verify");
  if (input.mode === "kit" && trust.read !== null)
    judgeCompleteness(trust.read, scopeOf(trust, bundles), bundles, findings);
  if (bundles.some(({ predicate }) => predicate.kind === "authority")) {
    findings.add(
      "AUTHORITY_NOT_PROCESSED",
      null,
      "what the authority decided (enrolments, revocations, forks) was not applied",
    );
  }
  if (files.assignments.length > 0) {
    findings.add(
      "ASSIGNMENT_SIGNATURE_NOT_CHECKED",
      null,
      "assignments were matched by digest, not against their publisher's signature",
    );
    findings.add(
      "SLICE_NOT_DERIVED",
      null,
      "that the assignments follow from their reviewed files was not checked",
    );
  }
  findings.add(
    "LOG_NOT_CHECKED",
    null,
    "there is no log here: a history rewritten by the holder of a key would not show",
  );
  findings.add(
    "ANCHORS_NOT_CHECKED",
    null,
    "there are no anchors here: how long the bundles have existed was not checked",
  );
}

function judgeCompleteness(
  { trust }: ReadTrust,
  scope: ReadonlySet<string>,
  bundles: readonly Bundle[],
  findings: Findings,
): void {
  const digests = new Set(bundles.map(({ digest }) => digest));
  const chains = new Set(bundles.map((bundle) => placeOf(bundle).id));
  const inScope = new Map(
    trust.keys.filter(({ site }) => scope.has(site)).map((key) => [key.appliance, key.site]),
  );
  for (const { chain, epoch, seq, digest } of trust.heads) {
    const site = inScope.get(chain);
    if (site === undefined || digests.has(digest)) continue;
    findings.add(
      "HEAD_MISSING",
      envelopePath(site, { id: chain, epoch, seq }),
      `the trust file knows ${digest} here`,
    );
  }
  for (const appliance of inScope.keys()) {
    if (!chains.has(appliance))
      findings.add("CHAIN_MISSING", null, `no valid bundle of appliance ${appliance} was given`);
  }
}

/** The sites to expect: what the evidence says it covers and what it holds; all, when it says nothing. */
function scopeOf(trust: ChosenTrust, bundles: readonly Bundle[]): ReadonlySet<string> {
  const covered = trust.scope ?? trust.read?.trust.sites ?? [];
  return new Set([...covered, ...bundles.map(({ predicate }) => folderOf(predicate))]);
}

function conclude(trust: ChosenTrust, findings: Findings, checked: Checked): Verification {
  const failures = findings.ofLevel("fail");
  const incomplete = findings
    .ofLevel("incomplete")
    .map((finding) => ({ ...finding, level: "incomplete" as const }));
  const unchecked = findings
    .ofLevel("unchecked")
    .map((finding) => ({ ...finding, level: "unchecked" as const }));
  return {
    outcome: failures.length > 0 ? "failed" : incomplete.length > 0 ? "incomplete" : "verified",
    trust: { fingerprint: trust.fingerprint, source: trust.source },
    checked,
    failures,
    unchecked: [...incomplete, ...unchecked],
    notes: findings.ofLevel("note"),
  };
}
