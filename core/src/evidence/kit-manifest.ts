import type { Sha256 } from "./digest.ts";
import { parseText } from "./envelope.ts";
import type { Findings } from "./finding.ts";
import { canonicalBytes, isCanonical } from "./jcs.ts";
import { type EvidenceFile, MANIFEST_PATH } from "./kit-files.ts";
import {
  closed,
  hex64,
  instant,
  integer,
  label,
  list,
  name,
  nullable,
  oneOf,
  printable,
  problemsOf,
  ulid,
} from "./shape.ts";
import type { Digest, Instant } from "./statement.ts";
import type { ReadTrust } from "./trust.ts";

/** What a kit says of itself: `kit.json`. FORMAT.md section 4.4. */
export interface KitManifest {
  readonly schemaVersion: "1";
  readonly partner: string;
  readonly site: string;
  /** What people call them, in git when the kit was made: labels, which no signature covers. */
  readonly names: { readonly partner: string; readonly site: string };
  /** The framework it was asked for; null for all evidence. */
  readonly framework: string | null;
  readonly from: Instant;
  readonly to: Instant;
  /** How many of the appliances' bundles are of the period. */
  readonly population: number;
  /** Paths of bundles to look at, chosen by the seed; the kit has all the others, too. */
  readonly sample: readonly string[];
  /** Null when nobody asked for a sample. */
  readonly seed: string | null;
  /** Every other file of the kit. */
  readonly files: readonly { readonly path: string; readonly sha256: Digest }[];
}

const shape = closed({
  schemaVersion: oneOf("1"),
  partner: ulid,
  site: ulid,
  names: closed({ partner: label, site: label }),
  framework: nullable(name),
  from: instant,
  to: instant,
  population: integer(0),
  sample: list(printable),
  seed: nullable(printable),
  files: list(closed({ path: printable, sha256: hex64 })),
});

/** The bytes of a kit's manifest: canonical JSON. */
export function encodeManifest(manifest: KitManifest): Uint8Array {
  return canonicalBytes(manifest);
}

/**
 * Holds the files of a kit against its list: each is there once, unchanged, and nothing else is. Null when there is no
 * list or it cannot be read.
 */
export function judgeManifest(
  file: EvidenceFile | null,
  files: readonly EvidenceFile[],
  { sha256, findings }: { readonly sha256: Sha256; readonly findings: Findings },
): KitManifest | null {
  if (file === null) return null;
  const manifest = readManifest(file, findings);
  if (manifest === null) return null;
  const given = new Map(files.map(({ path, bytes }) => [path, bytes]));
  given.delete(MANIFEST_PATH);
  for (const listed of manifest.files) {
    const bytes = given.get(listed.path);
    given.delete(listed.path);
    judgeListed(listed, bytes, { sha256, findings });
  }
  for (const path of given.keys()) findings.add("UNLISTED_FILE", path, `${MANIFEST_PATH} does not list it`);
  return manifest;
}

function readManifest({ path, bytes }: EvidenceFile, findings: Findings): KitManifest | null {
  const refuse = (code: "NOT_JSON" | "SCHEMA" | "NOT_CANONICAL", message: string): null => {
    findings.add(code, path, message);
    return null;
  };
  const parsed = parseText(bytes);
  if (parsed === undefined) return refuse("NOT_JSON", "not JSON in UTF-8");
  const problem = problemsOf(shape, parsed.value)[0];
  if (problem !== undefined) return refuse("SCHEMA", `${problem.path}: ${problem.message}`);
  if (!isCanonical(parsed)) return refuse("NOT_CANONICAL", "not canonical JSON");
  return parsed.value as KitManifest; // the shape found nothing wrong
}

/** Whether a kit's partner and site are the trust file's. */
export function judgeSubject(manifest: KitManifest, { trust }: ReadTrust, findings: Findings): void {
  const { partner, site } = manifest;
  if (partner !== trust.partner)
    findings.add("WRONG_SITE", MANIFEST_PATH, `partner ${partner}, the trust file is of ${trust.partner}`);
  if (!trust.sites.includes(site))
    findings.add("WRONG_SITE", MANIFEST_PATH, `site ${site} is not in the trust file`);
}

function judgeListed(
  listed: KitManifest["files"][number],
  bytes: Uint8Array | undefined,
  { sha256, findings }: { readonly sha256: Sha256; readonly findings: Findings },
): void {
  if (bytes === undefined)
    return findings.add("MISSING_FILE", listed.path, `${MANIFEST_PATH} lists it, it was not given`);
  const digest = sha256(bytes);
  if (digest !== listed.sha256)
    findings.add(
      "CHANGED_FILE",
      listed.path,
      `its digest is ${digest}, ${MANIFEST_PATH} says ${listed.sha256}`,
    );
}
