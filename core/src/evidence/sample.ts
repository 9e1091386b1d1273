import { hexToBytes } from "@noble/hashes/utils.js";
import type { Sha256 } from "./digest.ts";
import type { Findings } from "./finding.ts";
import { MANIFEST_PATH } from "./kit-files.ts";
import type { KitManifest } from "./kit-manifest.ts";
import type { Digest, Instant, Predicate } from "./statement.ts";

/** A bundle that may be looked at. */
export interface Sampled {
  /** Of its envelope in the kit. */
  readonly path: string;
  readonly digest: Digest;
}

/** The appliances' bundles of a period: their window begins, or they happened, inside it. */
export function populationOf<B extends Sampled & { readonly predicate: Predicate }>(
  bundles: readonly B[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): readonly B[] {
  return bundles.filter(({ predicate }) => {
    if (predicate.kind === "authority") return false;
    const at = predicate.kind === "event" ? predicate.at : predicate.window.start;
    return from <= at && at <= to;
  });
}

/**
 * Chooses bundles to look at, by a seed, whatever the order they are given in: those with the smallest SHA-256 of the
 * seed, a zero byte and the digest's 32 bytes. So a sample of fewer is the beginning of one of more. FORMAT.md section 4.4.
 */
export function chooseSample(
  population: readonly Sampled[],
  { count, seed }: { readonly count: number; readonly seed: string },
  sha256: Sha256,
): readonly string[] {
  const start = new TextEncoder().encode(`${seed}\0`);
  const ranked = population.map(({ path, digest }) => ({
    path,
    rank: sha256(Uint8Array.from([...start, ...hexToBytes(digest)])),
  }));
  return ranked
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ path }) => path);
}

/** Chooses again, and compares with what a kit says; not when an envelope was refused, for then it has no digest. */
export function judgeSample(
  { population, sample, seed, from, to }: KitManifest,
  bundles: readonly (Sampled & { readonly predicate: Predicate })[],
  {
    isWhole,
    sha256,
    findings,
  }: { readonly isWhole: boolean; readonly sha256: Sha256; readonly findings: Findings },
): void {
  if (!isWhole)
    return findings.add(
      "SAMPLE_NOT_CHECKED",
      MANIFEST_PATH,
      "an envelope was refused, so it is not known which bundles there are to choose from",
    );
  const own = populationOf(bundles, { from, to });
  if (own.length !== population)
    findings.add(
      "WRONG_SAMPLE",
      MANIFEST_PATH,
      `it counts ${population} bundles of the period; there are ${own.length}`,
    );
  const chosen = seed === null ? [] : chooseSample(own, { count: sample.length, seed }, sha256);
  if (chosen.join("\n") !== sample.join("\n"))
    findings.add("WRONG_SAMPLE", MANIFEST_PATH, `the seed ${JSON.stringify(seed)} does not give this sample`);
}
