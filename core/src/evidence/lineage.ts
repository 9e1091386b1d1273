import type { Bundle } from "./chain.ts";
import type { Digest } from "./statement.ts";

/** Bundles by digest, and where a digest leads when it is a decision that opened an epoch. */
export interface Family {
  readonly bundles: ReadonlyMap<Digest, Bundle>;
  /** By the digest of a `resolve`: the bundle that its new epoch goes on from. */
  readonly resolved: ReadonlyMap<Digest, Digest>;
}

/** A bundle and everything it goes back to by `prev`, as far as it was given. */
export function ancestorsOf(digest: Digest, { bundles, resolved }: Family): ReadonlySet<Digest> {
  const found = new Set<Digest>();
  let next: Digest | null = digest;
  while (next !== null && !found.has(next)) {
    const at: Digest = resolved.get(next) ?? next;
    const bundle = bundles.get(at);
    if (bundle === undefined || found.has(at)) break;
    found.add(at);
    next = bundle.predicate.chain.prev;
  }
  return found;
}

/** A bundle and everything that goes on from it by `prev`; `ordered` is a chain in its order. */
export function descendantsOf(digest: Digest, ordered: readonly Bundle[]): ReadonlySet<Digest> {
  const found = new Set([digest]);
  for (const bundle of ordered) {
    const { prev } = bundle.predicate.chain;
    if (prev !== null && found.has(prev)) found.add(bundle.digest);
  }
  return found;
}
