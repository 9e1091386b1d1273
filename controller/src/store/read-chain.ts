import type { EvidenceStore, StoredBundle } from "./contract.ts";

/** Rows that are read from the store at once. */
const PAGE = 500;

/** A whole chain in the order of its places. Throws STORE_IO. */
export async function readChain(
  store: Pick<EvidenceStore, "chainRange">,
  chain: string,
): Promise<readonly StoredBundle[]> {
  const bundles: StoredBundle[] = [];
  let from = { epoch: 0, seq: 0 };
  for (;;) {
    const rows = await store.chainRange({ chain, from, limit: PAGE });
    bundles.push(...rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return bundles;
    from = { epoch: last.epoch, seq: last.seq + 1 };
  }
}
