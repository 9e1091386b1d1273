import type { Decision } from "./authority.ts";
import type { Bundle, ChainContext } from "./chain.ts";
import { ancestorsOf, descendantsOf, type Family } from "./lineage.ts";
import { groupByPlace, placeOf } from "./links.ts";
import type { AuthorityEventDetail, Digest } from "./statement.ts";

type Resolve = Extract<AuthorityEventDetail, { readonly type: "resolve" }>;

/** What decisions about forks come to. */
export interface ForkDecisions {
  /** Bundles of branches that did not survive: they are no part of the chain. */
  readonly dropped: ReadonlySet<Digest>;
  /** Bundles of a fork that the authority knows of and did not resolve, whether all of it was given or not. */
  readonly contested: ReadonlySet<Digest>;
}

/** Follows the surviving branch of each resolved fork, and what the authority says is forked. */
export function decideForks(
  decisions: readonly Decision[],
  family: Family,
  { mode, findings }: Pick<ChainContext, "mode" | "findings">,
): ForkDecisions {
  const chains = Map.groupBy(family.bundles.values(), (bundle) => placeOf(bundle).id);
  const dropped = new Set<Digest>();
  const surviving = new Set<Digest>();
  for (const { event, path } of decisions) {
    if (event.type !== "resolve") continue;
    const ordered = groupByPlace(chains.get(event.chain) ?? []);
    if (ordered.length > 0 && !family.bundles.has(event.surviving)) {
      const message = `the surviving branch of chain ${event.chain} goes over ${event.surviving}, which was not given`;
      findings.add(mode === "kit" ? "MISSING_FILE" : "NEIGHBOURS_NOT_GIVEN", null, message);
    }
    const line = new Set([
      ...ancestorsOf(event.surviving, family),
      ...descendantsOf(event.surviving, ordered.flat()),
    ]);
    for (const digest of line) surviving.add(digest);
    const lost = dropBranches(ordered, line, event);
    for (const digest of lost) dropped.add(digest);
    if (lost.length > 0)
      findings.add("FORK_RESOLVED", path, `${lost.length} bundles of chain ${event.chain} do not count`);
  }
  const forked = decisions.flatMap(({ event }) => (event.type === "fork" ? event.digests : []));
  return { dropped, contested: new Set(forked.filter((digest) => !surviving.has(digest))) };
}

/** Whoever shares a place with the surviving line, and whatever goes on from there. */
function dropBranches(
  ordered: readonly (readonly Bundle[])[],
  line: ReadonlySet<Digest>,
  { newEpoch }: Resolve,
): readonly Digest[] {
  const dropped = new Set<Digest>();
  for (const here of ordered) {
    const survives = here.some(({ digest }) => line.has(digest));
    for (const bundle of here) {
      const { epoch, prev } = placeOf(bundle);
      const isSibling = survives && epoch < newEpoch;
      if (!line.has(bundle.digest) && (isSibling || (prev !== null && dropped.has(prev))))
        dropped.add(bundle.digest);
    }
  }
  return [...dropped];
}
