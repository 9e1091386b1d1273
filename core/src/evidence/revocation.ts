import type { Decision } from "./authority.ts";
import type { Bundle, ChainContext } from "./chain.ts";
import { ancestorsOf, type Family } from "./lineage.ts";
import { comparePlaces, placeOf, placeText } from "./links.ts";
import type { AuthorityEventDetail, Digest, Instant } from "./statement.ts";

type Revoke = Extract<AuthorityEventDetail, { readonly type: "revoke" }>;

/**
 * When a bundle existed at the latest, by an anchor whose header is pinned or linked to a pin: the header's time and
 * two hours. Null when no anchor says so.
 */
export type ExistedBy = (digest: Digest) => Instant | null;

/** What revocations are judged with. */
export type RevocationContext = Pick<ChainContext, "mode" | "findings"> & {
  readonly family: Family;
  readonly existedBy: ExistedBy;
};

/** The bundles that a revocation leaves uncounted; of several revocations of a key the last one counts. */
export function revokedBundles(
  decisions: readonly Decision[],
  context: RevocationContext,
): ReadonlySet<Digest> {
  const byKey = lastRevocations(decisions);
  const bundles = Map.groupBy(context.family.bundles.values(), ({ keyid }) => keyid);
  const lost = [...byKey.values()].flatMap((revoke) =>
    beyondTrust(bundles.get(revoke.keyid) ?? [], revoke, context),
  );
  return new Set(lost.map(({ digest }) => digest));
}

/** Keys of which nothing counts, whatever turns up: revoked from the first bundle on, at no time by which one could still be good. */
export function disownedKeys(decisions: readonly Decision[]): ReadonlySet<Digest> {
  const all = [...lastRevocations(decisions).values()];
  return new Set(
    all.flatMap(({ keyid, lastTrusted, compromisedAt }) =>
      lastTrusted === null && compromisedAt === null ? [keyid] : [],
    ),
  );
}

function lastRevocations(decisions: readonly Decision[]): ReadonlyMap<Digest, Revoke> {
  const byKey = new Map<Digest, Revoke>();
  for (const { event } of decisions) if (event.type === "revoke") byKey.set(event.keyid, event);
  return byKey;
}

/** Position decides, never a time that an appliance states; beyond it only an anchor does. */
function beyondTrust(
  signed: readonly Bundle[],
  revoke: Revoke,
  context: RevocationContext,
): readonly Bundle[] {
  const { lastTrusted } = revoke;
  if (lastTrusted === null) return signed.filter(({ digest }) => !isAnchored(digest, revoke, context));
  const good = ancestorsOf(lastTrusted, context.family);
  if (good.size === 0) {
    if (signed.length > 0) reportUnknown(lastTrusted, revoke, context);
    return [];
  }
  // The last one met is the oldest; what lies before it was not given whole, which is told elsewhere.
  const oldest = context.family.bundles.get([...good].at(-1) ?? "");
  return signed.filter(
    (bundle) =>
      !good.has(bundle.digest) &&
      !isAnchored(bundle.digest, revoke, context) &&
      (oldest === undefined || comparePlaces(placeOf(bundle), placeOf(oldest)) >= 0),
  );
}

function isAnchored(
  digest: Digest,
  { compromisedAt }: Revoke,
  { existedBy }: Pick<RevocationContext, "existedBy">,
): boolean {
  const existed = compromisedAt === null ? null : existedBy(digest);
  return compromisedAt !== null && existed !== null && existed <= compromisedAt;
}

function reportUnknown(digest: Digest, { keyid }: Revoke, { mode, findings }: RevocationContext): void {
  const message = `key ${keyid} is trusted as far as bundle ${digest}, which was not given`;
  findings.add(mode === "kit" ? "MISSING_FILE" : "NEIGHBOURS_NOT_GIVEN", null, message);
}

/** Reports each bundle that a revocation leaves uncounted and that no resolved fork dropped. */
export function reportRevoked(
  revoked: ReadonlySet<Digest>,
  dropped: ReadonlySet<Digest>,
  { family, findings }: RevocationContext,
): void {
  for (const digest of revoked) {
    const bundle = family.bundles.get(digest);
    if (bundle === undefined || dropped.has(digest)) continue;
    const message = `${placeText(bundle)} lies beyond what the revocation of key ${bundle.keyid} trusts`;
    findings.add("REVOKED", bundle.path, message);
  }
}
