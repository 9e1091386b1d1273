import type { AssignmentFile, SiteView, Snapshot } from "./snapshot.ts";

/** What of a snapshot is about no site in particular, and how many sites follow. */
export interface SnapshotHead extends Omit<Snapshot, "sites" | "assignments"> {
  readonly siteCount: number;
}

/** What of a snapshot one site's pages are made from. */
export interface SitePart {
  readonly site: SiteView;
  /** Those that the site's bundles and appliances name. */
  readonly assignments: readonly AssignmentFile[];
}

/**
 * A snapshot as lines of JSON, each with its line end: the head, then one line for each site. Written and read so, it
 * is nowhere whole: that of a thousand sites is longer than a string can be.
 */
export function* snapshotLines({ sites, assignments, ...head }: Snapshot): Generator<string> {
  yield lineOf({ ...head, siteCount: sites.length } satisfies SnapshotHead);
  const byDigest = new Map(assignments.map((assignment) => [assignment.digest, assignment]));
  for (const site of sites) {
    const named = [...namedBy(site)].flatMap((digest) => byDigest.get(digest) ?? []);
    yield lineOf({ site, assignments: named } satisfies SitePart);
  }
}

function namedBy({ bundles, appliances }: SiteView): ReadonlySet<string> {
  return new Set([
    ...bundles.map(({ assignment }) => assignment),
    ...appliances.flatMap(({ assignment }) => assignment ?? []),
  ]);
}

function lineOf(value: SnapshotHead | SitePart): string {
  return `${JSON.stringify(value)}\n`;
}
