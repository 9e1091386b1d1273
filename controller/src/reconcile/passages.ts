import type { TrustKey } from "@compline/core";
import type { EvidenceStore, StoredBundle } from "../store/contract.ts";
import { readChain } from "../store/read-chain.ts";

/**
 * Keys as they are, but for those of appliances that moved: an appliance goes on at another site when it took that site's
 * assignment, and what it signed until then comes later than git's word. So a period at a site ends, and the next one
 * begins, with the first bundle for the other. Throws STORE_IO.
 */
export async function byPassages(
  keys: readonly TrustKey[],
  store: Pick<EvidenceStore, "chainRange">,
): Promise<readonly TrustKey[]> {
  const ofOwner = Map.groupBy(keys, ({ appliance }) => appliance);
  const moved = [...ofOwner].filter(([, own]) => own.some(({ site }) => site !== own[0]?.site));
  const turned = await Promise.all(
    moved.map(async ([owner, own]) => [owner, turn(own, await readChain(store, owner))] as const),
  );
  const places = new Map(turned);
  return [...ofOwner].flatMap(([owner, own]) => places.get(owner) ?? own);
}

/** `keys` are one appliance's in the order in which git had them. */
function turn(keys: readonly TrustKey[], chain: readonly StoredBundle[]): readonly TrustKey[] {
  const passages = passagesOf(keys, chain);
  return keys.map((key, at) => {
    const next = keys.findIndex(
      ({ publicKey, site }, later) => later > at && publicKey === key.publicKey && site !== key.site,
    );
    const passage = passages.get(at);
    return {
      ...key,
      from: passage === undefined ? key.from : Math.max(key.from, passage),
      to: next === -1 ? key.to : (passages.get(next) ?? keys[next]?.to ?? null),
    };
  });
}

/** The leaf of the first bundle for a period's site, by the period, where the chain came from another site. */
function passagesOf(keys: readonly TrustKey[], chain: readonly StoredBundle[]): ReadonlyMap<number, number> {
  const passages = new Map<number, number>();
  let stay = 0;
  for (const { site, leaf } of chain) {
    if (site === keys[stay]?.site) continue;
    const next = keys.findIndex((key, at) => at > stay && key.site === site);
    if (next === -1) continue;
    if (leaf !== null) passages.set(next, leaf);
    stay = next;
  }
  return passages;
}
