import type { SiteNode } from "../graph/graph.ts";
import { compareText } from "../manifest/diagnostic.ts";
import type { ChainRecord } from "./chain-record.ts";
import type { FormerHost } from "./snapshot.ts";

/**
 * Hosts that a site no longer declares and that its appliances' evidence still tells of, sorted by id. They are shown,
 * so that nothing seems lost, and count for nothing. What an appliance saw at another site stays with that site.
 */
export function formerHosts({ document }: SiteNode, chains: readonly ChainRecord[]): readonly FormerHost[] {
  const { id: site, hosts } = document.spec;
  const declared = new Set(hosts.map(({ id }) => id));
  const former = new Map<string, FormerHost>();
  for (const { rows, bundles } of chains) {
    // Newest first, so the first bundle that a host's row is in is the newest.
    const order = new Map(
      bundles.filter((bundle) => bundle.site === site).map(({ digest }, at) => [digest, at]),
    );
    for (const [id, ofHost] of rows) {
      if (declared.has(id)) continue;
      for (const { bundle } of ofHost.values()) {
        if (!order.has(bundle)) continue;
        const known = former.get(id);
        const isNewer = known === undefined || (order.get(bundle) ?? 0) < (order.get(known.bundle) ?? 0);
        former.set(id, { id, results: (known?.results ?? 0) + 1, bundle: isNewer ? bundle : known.bundle });
      }
    }
  }
  return [...former.values()].toSorted((a, b) => compareText(a.id, b.id));
}
