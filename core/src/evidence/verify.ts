import { sha256 as portableSha256 } from "@noble/hashes/sha2.js";
import { hexToBytes } from "@noble/hashes/utils.js";
import type { PowLimit } from "../ots/block-header.ts";
import { admitBundles } from "./admit.ts";
import { type ReadAssignment, readAssignment } from "./assignment.ts";
import { type Bundle, type ChainContext, type ChainCounts, type CheckedChain, judgeChain } from "./chain.ts";
import { type ChosenTrust, chooseTrust } from "./choose-trust.ts";
import { judgeCompleteness, noteUncheckedSet, sitesToExpect } from "./completeness.ts";
import { applyDecisions } from "./decisions.ts";
import { type LargeSha256, type Sha256, sha256Hex } from "./digest.ts";
import { elsewhereBy } from "./elsewhere.ts";
import { createFindings, type Finding, type Findings } from "./finding.ts";
import { type EvidenceFile, type KitFiles, sortKitFiles, type VerifyMode } from "./kit-files.ts";
import { placeOf } from "./links.ts";
import { objectionOfGit } from "./git-objection.ts";
import type { ExistedBy } from "./revocation.ts";
import { type CheckedAnchor, existenceBy, judgeAnchors } from "./judge-anchors.ts";
import type { HashBytes } from "../log/tree.ts";
import { type CheckedLog, judgeLog, type LogContext } from "./judge-log.ts";
import { judgeAttachments } from "./judge-attachments.ts";
import { judgeManifest, judgeSubject, type KitManifest } from "./kit-manifest.ts";
import type { CheckedPolicy, JudgedPolicy, JudgePolicy, ReviewedName } from "./judge-policy.ts";
import { judgeSample } from "./sample.ts";
import type { SignatureEngine } from "./signature.ts";
import type { AuthorityEvent, Digest, Instant } from "./statement.ts";
import type { ReadTrust } from "./trust.ts";

/** What to verify, and against what. */
export interface VerifyInput {
  readonly files: readonly EvidenceFile[];
  /** Bytes of a trust file from another source than the evidence; null takes the one among the files. */
  readonly trust: Uint8Array | null;
  readonly engine: SignatureEngine;
  readonly mode: VerifyMode;
  readonly sha256?: Sha256;
  /** Where large bytes are hashed better; else as all others. */
  readonly sha256OfLarge?: LargeSha256;
  /** The period that was asked for, else that of `kit.json`; without either chains must begin at their beginning. */
  readonly from?: Instant;
  readonly to?: Instant;
  /** How easy Bitcoin blocks may be; only tests give another than the main chain's. */
  readonly powLimit?: PowLimit;
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
  /** Results that name an exception. */
  readonly exceptions: number;
  readonly assignments: number;
  /** Attached files that are as they were signed. */
  readonly attachments: number;
  /** Null when no reviewed files were given. */
  readonly policy: CheckedPolicy | null;
  readonly chains: readonly CheckedChain[];
  /** Null when there is no log, or it could not be recomputed. */
  readonly log: CheckedLog | null;
  /** Blocks that show since when the log has existed, by how much of it. */
  readonly anchors: readonly CheckedAnchor[];
  /** What the kit says of itself; null without `kit.json`. */
  readonly kit: CheckedKit | null;
}

/** What a kit says of itself. */
export interface CheckedKit extends Omit<KitManifest, "files"> {
  /** Whether reviewed files in the kit, which assignments of the trust file list, call site and partner so, too. */
  readonly namesReviewed: boolean;
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

/**
 * Verifies a set of evidence files. Never throws for what the files hold; the same files and trust give the same
 * answer everywhere. FORMAT.md section 5.
 */
export async function verifyBundles(asked: VerifyInput): Promise<Verification> {
  const findings = createFindings();
  const files = sortKitFiles(asked.files, asked.mode);
  const sha256 = await hashFilesOnce(asked);
  const input = { ...asked, sha256 };
  const manifest = judgeManifest(files.manifest, input.files, { sha256, findings });
  if (files.others.length > 0 && manifest === null)
    findings.add("OTHER_FILES", null, files.others.slice(0, 20).join(", "));
  if (files.envelopes.length === 0)
    findings.add("MISSING_FILE", "envelopes/", "there is no envelope to verify");
  const trust = chooseTrust(files.trust, input, findings);
  const assignments = readAssignments(files, input, findings);
  const given = { input, files, findings, assignments, manifest, hash: treeHashOf(asked.sha256) };
  const judged = trust.read === null ? NOTHING : await judgeAll(given, trust, trust.read);
  const policy = await judgeReviewed(files, assignments, { sha256, findings });
  return conclude(trust, findings, {
    files: readPaths(files),
    envelopes: files.envelopes.length,
    assignments: [...assignments.values()].filter((read) => read !== null).length,
    policy: policy?.checked ?? null,
    kit: manifest === null ? null : subjectOf(manifest, policy?.names ?? [], trust.read),
    ...judged,
  });
}

/** What reads YAML is loaded only where there is some: it takes a command 100 ms. */
async function judgeReviewed(...asked: Parameters<JudgePolicy>): Promise<JudgedPolicy | null> {
  if (asked[0].policy.length === 0) return null;
  const { judgePolicy } = await import("./judge-policy.ts");
  return judgePolicy(...asked);
}

function subjectOf(
  { files: _files, ...subject }: KitManifest,
  reviewed: readonly ReviewedName[],
  trust: ReadTrust | null,
): CheckedKit {
  const trusted = new Set(trust?.trust.assignments.map(({ digest }) => digest));
  const isReviewed = (id: string, name: string): boolean =>
    reviewed.some(
      (one) =>
        one.id === id && one.displayName === name && one.assignments.some((digest) => trusted.has(digest)),
    );
  const { partner, site, names } = subject;
  return { ...subject, namesReviewed: isReviewed(partner, names.partner) && isReviewed(site, names.site) };
}

type Judged = Omit<Checked, "files" | "envelopes" | "assignments" | "policy" | "kit">;

const NOTHING: Judged = {
  bundles: 0,
  links: 0,
  states: 0,
  heals: 0,
  exceptions: 0,
  attachments: 0,
  chains: [],
  log: null,
  anchors: [],
};

interface Given {
  readonly input: HashedInput;
  readonly files: KitFiles;
  readonly findings: Findings;
  readonly assignments: ChainContext["assignments"];
  readonly manifest: KitManifest | null;
  readonly hash: HashBytes;
}

type HashedInput = VerifyInput & { readonly sha256: Sha256 };

/** How many files are hashed at once, where that is done elsewhere. */
const AT_ONCE = 128;

/**
 * `kit.json` tells the digest of each file, and most are named by theirs: it is computed once, and beforehand where large
 * bytes are hashed better. Digests of other bytes are not kept.
 */
async function hashFilesOnce({ files, sha256 = sha256Hex, sha256OfLarge }: VerifyInput): Promise<Sha256> {
  const digests = new Map<Uint8Array, Digest | null>(files.map(({ bytes }) => [bytes, null]));
  if (sha256OfLarge !== undefined) await hashBeforehand(digests, sha256OfLarge);
  return (bytes) => {
    const known = digests.get(bytes);
    if (typeof known === "string") return known;
    const digest = sha256(bytes);
    if (known === null) digests.set(bytes, digest);
    return digest;
  };
}

async function hashBeforehand(digests: Map<Uint8Array, Digest | null>, hash: LargeSha256): Promise<void> {
  const files = [...digests.keys()];
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const some = files.slice(start, start + AT_ONCE);
    await Promise.all(some.map(async (bytes) => digests.set(bytes, await hash(bytes))));
  }
}

function treeHashOf(sha256: Sha256 | undefined): HashBytes {
  return sha256 === undefined ? portableSha256 : (bytes) => hexToBytes(sha256(bytes));
}

async function judgeAll(given: Given, trust: ChosenTrust, read: ReadTrust): Promise<Judged> {
  const { input, files, findings } = given;
  const bundles = await admitBundles(files.envelopes, { trust: read, input, findings });
  const counts: ChainCounts = { links: 0, states: 0, heals: 0, exceptions: 0 };
  const log = await judgeLog(files, bundles, logContext(given, read));
  const anchors = judgeAnchors(
    files,
    { log, bundles },
    { trust: read.trust, findings, powLimit: input.powLimit },
  );
  const sites = sitesToExpect(trust.scope, read.trust, bundles);
  const context = contextOf(given, read, {
    bundles,
    counts,
    existedBy: existenceBy(anchors, log),
    madeElsewhere: elsewhereBy(log, read.trust, sites),
  });
  const counting = bundles.filter(({ digest }) => !context.decisions.dropped.has(digest));
  const ofChain = Map.groupBy(counting, (bundle) => placeOf(bundle).id);
  const chains = await judgeChains([...ofChain.values()], context);
  if (input.mode === "kit") judgeCompleteness(read, sites, bundles, context);
  if (given.manifest !== null) {
    judgeSubject(given.manifest, read, findings);
    const isWhole = bundles.length === files.envelopes.length;
    judgeSample(given.manifest, bundles, { isWhole, sha256: input.sha256, findings });
  }
  noteUncheckedSet(files, findings);
  const attachments = judgeAttachments(files, bundles, { ...input, findings });
  return { bundles: bundles.length, ...counts, attachments, chains, log: log?.checked ?? null, anchors };
}

/** All at once, since each may wait for digests; what is found is told chain by chain all the same. */
async function judgeChains(
  chains: readonly (readonly Bundle[])[],
  context: ChainContext,
): Promise<readonly CheckedChain[]> {
  const judged = chains.map(async (chain) => {
    const findings = createFindings();
    return { findings, checked: await judgeChain(chain, { ...context, findings }) };
  });
  const all = await Promise.all(judged);
  for (const { code, file, message } of all.flatMap(({ findings }) => findings.all()))
    context.findings.add(code, file, message);
  return all.map(({ checked }) => checked);
}

function logContext({ input, files, findings, hash }: Given, trust: ReadTrust): LogContext {
  return { trust, engine: input.engine, findings, hash, sizes: files.timestamps.map(({ size }) => size) };
}

function contextOf(
  given: Given,
  read: ReadTrust,
  {
    bundles,
    existedBy,
    ...more
  }: { readonly bundles: readonly Bundle[]; readonly existedBy: ExistedBy } & Pick<
    ChainContext,
    "counts" | "madeElsewhere"
  >,
): ChainContext {
  const { input, findings, assignments, manifest } = given;
  const { trust } = read;
  const { mode } = input;
  const revisions = new Map(trust.revisions.map(({ id }, index) => [id, index]));
  const known = { trust: read, revisions, assignments };
  const objectionTo = (event: AuthorityEvent): string | null => objectionOfGit(event, known);
  const facts = { authority: read.authority, objectionTo, mode, findings, existedBy };
  return {
    mode,
    from: input.from ?? manifest?.from,
    to: input.to ?? manifest?.to,
    trust,
    revisions,
    listedAssignments: new Set(trust.assignments.map(({ digest }) => digest)),
    assignments,
    decisions: applyDecisions(bundles, facts),
    hashState: input.sha256OfLarge ?? input.sha256,
    findings,
    ...more,
  };
}

function readAssignments(
  files: KitFiles,
  { sha256 }: HashedInput,
  findings: Findings,
): ReadonlyMap<Digest, ReadAssignment | null> {
  const assignments = new Map<Digest, ReadAssignment | null>();
  for (const { file, digest } of files.assignments) {
    const found = sha256(file.bytes);
    const read = found === digest ? readAssignment(file.bytes, sha256) : null;
    if (read === null) findings.add("CHANGED_FILE", file.path, `the file's digest is ${found}`);
    else if (!read.ok) findings.add(read.code, file.path, read.message);
    assignments.set(digest, read?.ok ? read : null);
  }
  return assignments;
}

function readPaths(files: KitFiles): readonly string[] {
  const single = [files.trust, files.manifest, files.entries, files.headers].filter((file) => file !== null);
  const sized = [...files.assignments, ...files.attachments, ...files.checkpoints, ...files.timestamps].map(
    ({ file }) => file,
  );
  return [...single, ...sized, ...files.policy, ...files.envelopes].map(({ path }) => path);
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
