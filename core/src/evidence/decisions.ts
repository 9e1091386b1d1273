import { type AuthorityContext, type Decision, decisionsInForce } from "./authority.ts";
import type { Bundle, ChainContext } from "./chain.ts";
import { decideForks, type ForkDecisions } from "./forks.ts";
import type { Family } from "./lineage.ts";
import { type Losses, lossesOf } from "./losses.ts";
import { openersOf } from "./links.ts";
import { disownedKeys, type ExistedBy, reportRevoked, revokedBundles } from "./revocation.ts";
import type { Digest } from "./statement.ts";

/** What the authority's chain says about the others, ready to be asked by digest, and what appliances say they dropped. */
export interface Decisions extends ForkDecisions {
  /** Bundles beyond what is trusted of their revoked key. */
  readonly revoked: ReadonlySet<Digest>;
  /** Ids of keys of which no bundle counts, so that none has to be there. */
  readonly disowned: ReadonlySet<Digest>;
  /** Digests of bundles whose envelope may be absent. */
  readonly tombstones: ReadonlySet<Digest>;
  /** Events that count and open an epoch, by digest. */
  readonly openers: ReturnType<typeof openersOf>;
  readonly losses: Losses;
}

/** What it takes to apply decisions. */
export type DecisionContext = AuthorityContext &
  Pick<ChainContext, "mode"> & { readonly existedBy: ExistedBy };

/** Applies the authority's decisions to a set of bundles. */
export function applyDecisions(bundles: readonly Bundle[], context: DecisionContext): Decisions {
  const decisions = decisionsInForce(bundles, context);
  const family: Family = {
    bundles: new Map(bundles.map((bundle) => [bundle.digest, bundle])),
    resolved: new Map(
      decisions.flatMap(({ digest, event }) => (event.type === "resolve" ? [[digest, event.surviving]] : [])),
    ),
  };
  const forks = decideForks(decisions, family, context);
  const revocation = { ...context, family };
  const revoked = revokedBundles(decisions, revocation);
  reportRevoked(revoked, forks.dropped, revocation);
  const counting = bundles.filter(({ digest }) => !forks.dropped.has(digest) && !revoked.has(digest));
  const openers = openersOf(counting, decisions);
  const losses = lossesOf(counting);
  const tombstones = tombstonesOf(decisions, context);
  return { ...forks, revoked, disowned: disownedKeys(decisions), tombstones, openers, losses };
}

function tombstonesOf(decisions: readonly Decision[], { findings }: DecisionContext): ReadonlySet<Digest> {
  const erased = new Set<Digest>();
  for (const { event, path } of decisions) {
    if (event.type !== "tombstone") continue;
    erased.add(event.digest);
    findings.add("TOMBSTONE", path, `bundle ${event.digest} may be absent: ${event.basis}`);
  }
  return erased;
}
