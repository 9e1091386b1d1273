import type { ChainPlace, Digest, Predicate } from "./statement.ts";

/** A file to verify; the path is relative to the export's folder, with `/`. */
export interface EvidenceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Where a file's name says a bundle belongs. */
export interface NamedPlace {
  readonly site: string;
  readonly chain: string;
  readonly epoch: number;
  readonly seq: number;
  /** The first 16 digits of the digest, for the branches of a fork. */
  readonly suffix: string | null;
}

/** The files of an export by what their names say they are. */
export interface KitFiles {
  readonly trust: EvidenceFile | null;
  readonly envelopes: readonly EvidenceFile[];
  readonly assignments: readonly DigestFile[];
  /** `kit.json`. */
  readonly manifest: EvidenceFile | null;
  /** `log/entries`. */
  readonly entries: EvidenceFile | null;
  readonly checkpoints: readonly CheckpointFile[];
  /** One for each anchored checkpoint, of its root. */
  readonly timestamps: readonly CheckpointFile[];
  /** `headers.bin`. */
  readonly headers: EvidenceFile | null;
  /** Reviewed files that assignments follow from. */
  readonly policy: readonly EvidenceFile[];
  /** Files that bundles name by digest, and the digest by their name. */
  readonly attachments: readonly DigestFile[];
  readonly others: readonly string[];
}

/** A file that is named by a digest. */
export interface DigestFile {
  readonly file: EvidenceFile;
  readonly digest: Digest;
}

/** A file about a checkpoint, and the checkpoint's size by its name. */
export interface CheckpointFile {
  readonly file: EvidenceFile;
  readonly size: number;
}

/** Where a kit has what it says of itself, the log's leaves, and the block headers. */
export const MANIFEST_PATH = "kit.json";
export const ENTRIES_PATH = "log/entries";
export const HEADERS_PATH = "headers.bin";
/** The folder of the reviewed files. */
const POLICY_FOLDER = "policy/";

/**
 * `kit`: a folder that claims to be complete, so names must follow the layout and nothing may be missing.
 * `bundles`: some files out of one; names are taken as they come, and neighbours may be absent.
 */
export type VerifyMode = "kit" | "bundles";

const PLACE =
  /^envelopes\/([0-7][0-9A-HJKMNP-TV-Z]{25})\/([0-7][0-9A-HJKMNP-TV-Z]{25})\/(0|[1-9]\d{0,15})-(0|[1-9]\d{0,15})(?:\.([0-9a-f]{16}))?\.dsse\.json$/;
const ASSIGNMENT = /(?:^|\/)([0-9a-f]{64})\.json$/;
const ATTACHMENT = /(?:^|\/)attachments\/([0-9a-f]{64})$/;
const POLICY = /^policy\/(.+?)(?:\.([0-9a-f]{16}))?$/;
const SIZED = /^(?:log\/checkpoints\/(0|[1-9]\d{0,15})|ots\/(0|[1-9]\d{0,15})\.ots)$/;
const DIGEST_NAME = /(?:^|\/)([0-9a-f]{64})\.dsse\.json$/;

/** Sorts files by what their names say. */
export function sortKitFiles(files: readonly EvidenceFile[], mode: VerifyMode): KitFiles {
  const kinds = Map.groupBy(files, ({ path }) => kindOf(path, mode));
  const only = (kind: FileKind): EvidenceFile | null => kinds.get(kind)?.[0] ?? null;
  return {
    trust: only("trust"),
    manifest: only("manifest"),
    entries: only("entries"),
    headers: only("headers"),
    checkpoints: (kinds.get("checkpoint") ?? []).map(sizedFile),
    timestamps: (kinds.get("timestamp") ?? []).map(sizedFile),
    policy: kinds.get("policy") ?? [],
    envelopes: kinds.get("envelope") ?? [],
    assignments: namedBy(ASSIGNMENT, kinds.get("assignment")),
    attachments: namedBy(ATTACHMENT, kinds.get("attachment")),
    others: (kinds.get("other") ?? []).map(({ path }) => path),
  };
}

/** The path a bundle has in an export. */
export function envelopePath(site: string, chain: Pick<ChainPlace, "id" | "epoch" | "seq">): string {
  return `envelopes/${site}/${chain.id}/${chain.epoch}-${chain.seq}.dsse.json`;
}

/** The path of an assignment in an export. */
export function assignmentPath(digest: Digest): string {
  return `assignments/${digest}.json`;
}

/** The path of an attachment in an export. */
export function attachmentPath(digest: Digest): string {
  return `attachments/${digest}`;
}

/** The path of a checkpoint in a kit. */
export function checkpointPath(size: number): string {
  return `log/checkpoints/${size}`;
}

/** The path of the timestamp of a checkpoint's root in a kit. */
export function timestampPath(size: number): string {
  return `ots/${size}.ots`;
}

/** What the path of a reviewed file in a kit says: its path in the repository, and its suffix. */
export function readPolicyPath(path: string): { readonly path: string; readonly suffix: string | null } {
  const [, inRepository = "", suffix = null] = POLICY.exec(path) ?? [];
  return { path: inRepository, suffix };
}

/** The path of a reviewed file in a kit; with a digest that of one of several versions. */
export function policyPath(path: string, digest: Digest | null): string {
  return `${POLICY_FOLDER}${path}${digest === null ? "" : `.${digest.slice(0, 16)}`}`;
}

/** The folder of a bundle's site; the authority's bundles are filed under the partner. */
export function folderOf(predicate: Predicate): string {
  return predicate.kind === "authority" ? predicate.partner : predicate.site;
}

/**
 * What the path says about a bundle's place, or null when it is none of the layout. Out of a kit, folders above the
 * layout's are ignored.
 */
export function namedPlace(path: string, mode: VerifyMode): NamedPlace | null {
  const match = PLACE.exec(mode === "kit" ? path : path.slice(Math.max(0, path.lastIndexOf("envelopes/"))));
  if (match === null) return null;
  const [, site = "", chain = "", epoch = "", seq = "", suffix = null] = match;
  return { site, chain, epoch: Number(epoch), seq: Number(seq), suffix };
}

/** The digest a bundle's file is named by, when it is named so (as the portal serves them). */
export function namedDigest(path: string): Digest | null {
  return DIGEST_NAME.exec(path)?.[1] ?? null;
}

type FileKind =
  | "trust"
  | "manifest"
  | "envelope"
  | "assignment"
  | "attachment"
  | "signature"
  | "entries"
  | "checkpoint"
  | "timestamp"
  | "headers"
  | "policy"
  | "other";

const FIXED: ReadonlyMap<string, FileKind> = new Map([
  ["trust.json", "trust"],
  [MANIFEST_PATH, "manifest"],
  [ENTRIES_PATH, "entries"],
  [HEADERS_PATH, "headers"],
]);

function namedBy(pattern: RegExp, files: readonly EvidenceFile[] = []): readonly DigestFile[] {
  return files.map((file) => ({ file, digest: pattern.exec(file.path)?.[1] ?? "" }));
}

function sizedFile(file: EvidenceFile): CheckpointFile {
  const [, checkpoint, timestamp] = SIZED.exec(file.path) ?? [];
  return { file, size: Number(checkpoint ?? timestamp) };
}

function kindOf(path: string, mode: VerifyMode): FileKind {
  return mode === "kit" ? kindInKit(path) : kindOfLoose(path);
}

function kindInKit(path: string): FileKind {
  const fixed = FIXED.get(path);
  if (fixed !== undefined) return fixed;
  if (path.startsWith("envelopes/")) return "envelope";
  if (path.startsWith(POLICY_FOLDER)) return "policy";
  if (SIZED.test(path)) return path.startsWith("ots/") ? "timestamp" : "checkpoint";
  if (/^assignments\/[0-9a-f]{64}\.json$/.test(path)) return "assignment";
  if (/^attachments\/[0-9a-f]{64}$/.test(path)) return "attachment";
  return /^assignments\/[0-9a-f]{64}\.sig$/.test(path) ? "signature" : "other";
}

function kindOfLoose(path: string): FileKind {
  if (/(?:^|\/)trust\.json$/.test(path)) return "trust";
  if (ASSIGNMENT.test(path)) return "assignment";
  if (path.endsWith(".sig")) return "signature";
  if (ATTACHMENT.test(path)) return "attachment";
  return path.endsWith(".json") ? "envelope" : "other";
}
