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
  readonly assignments: readonly { readonly file: EvidenceFile; readonly digest: Digest }[];
  readonly others: readonly string[];
}

/**
 * `kit`: a folder that claims to be complete, so names must follow the layout and nothing may be missing.
 * `bundles`: some files out of one; names are taken as they come, and neighbours may be absent.
 */
export type VerifyMode = "kit" | "bundles";

const PLACE =
  /^envelopes\/([0-7][0-9A-HJKMNP-TV-Z]{25})\/([0-7][0-9A-HJKMNP-TV-Z]{25})\/(0|[1-9]\d{0,15})-(0|[1-9]\d{0,15})(?:\.([0-9a-f]{16}))?\.dsse\.json$/;
const ASSIGNMENT = /(?:^|\/)([0-9a-f]{64})\.json$/;
const DIGEST_NAME = /(?:^|\/)([0-9a-f]{64})\.dsse\.json$/;

/** Sorts files by what their names say. */
export function sortKitFiles(files: readonly EvidenceFile[], mode: VerifyMode): KitFiles {
  const kinds = Map.groupBy(files, ({ path }) => kindOf(path, mode));
  return {
    trust: kinds.get("trust")?.[0] ?? null,
    envelopes: kinds.get("envelope") ?? [],
    assignments: (kinds.get("assignment") ?? []).map((file) => ({
      file,
      digest: ASSIGNMENT.exec(file.path)?.[1] ?? "",
    })),
    others: (kinds.get("other") ?? []).map(({ path }) => path),
  };
}

/** The path a bundle has in an export. */
export function envelopePath(site: string, chain: Pick<ChainPlace, "id" | "epoch" | "seq">): string {
  return `envelopes/${site}/${chain.id}/${chain.epoch}-${chain.seq}.dsse.json`;
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

type FileKind = "trust" | "envelope" | "assignment" | "signature" | "other";

function kindOf(path: string, mode: VerifyMode): FileKind {
  return mode === "kit" ? kindInKit(path) : kindOfLoose(path);
}

function kindInKit(path: string): FileKind {
  if (path === "trust.json") return "trust";
  if (path.startsWith("envelopes/")) return "envelope";
  if (/^assignments\/[0-9a-f]{64}\.json$/.test(path)) return "assignment";
  return /^assignments\/[0-9a-f]{64}\.sig$/.test(path) ? "signature" : "other";
}

function kindOfLoose(path: string): FileKind {
  if (/(?:^|\/)trust\.json$/.test(path)) return "trust";
  if (ASSIGNMENT.test(path)) return "assignment";
  if (path.endsWith(".sig")) return "signature";
  return path.endsWith(".json") ? "envelope" : "other";
}
