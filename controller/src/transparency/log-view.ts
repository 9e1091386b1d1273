import { type LogView, readCheckpoint, type WitnessesView, witnessedSize } from "@compline/core";
import type { PartnerSpec } from "@compline/schemas";
import { anchorsViewOf } from "../anchor/anchors-view.ts";
import type { LivePartner } from "../reconcile/accept.ts";
import type { AnchorStore, LogStore } from "../store/contract.ts";

/** What a partner declares of its log; undefined when it has none. */
export function logSpecOf({ graph, name }: Pick<LivePartner, "graph" | "name">): PartnerSpec["log"] {
  return graph.partners.get(name)?.document.spec.log;
}

/** The origin of a partner's log; null when it has none. */
export function logOriginOf(partner: Pick<LivePartner, "graph" | "name">): string | null {
  return logSpecOf(partner)?.origin ?? null;
}

/** How far a partner's log is and how far it is signed; null when it has none. Throws STORE_IO. */
export async function logViewOf(
  partner: LivePartner,
  store: LogStore & AnchorStore,
): Promise<LogView | null> {
  const origin = logOriginOf(partner);
  if (origin === null) return null;
  return {
    origin,
    size: await store.logSize(origin),
    checkpoint: await newestOf(origin, store),
    witnesses: await witnessesViewOf(partner, store),
    anchors: await anchorsViewOf(partner, store),
  };
}

async function newestOf(origin: string, store: LogStore): Promise<LogView["checkpoint"]> {
  const newest = await store.checkpoint(origin);
  const read = newest === null ? null : readCheckpoint(newest.note);
  if (newest === null || read?.ok !== true) return null;
  const { size, root } = read.value;
  return { size, root, signedAt: newest.signedAt };
}

/** Null when no witness is declared. */
async function witnessesViewOf(partner: LivePartner, store: LogStore): Promise<WitnessesView | null> {
  const { origin = "", witnesses = [], quorum = 0 } = logSpecOf(partner) ?? {};
  if (witnesses.length === 0) return null;
  const byKey = new Map((await store.cosigned(origin)).map((one) => [one.witness, one]));
  const seen = witnesses.map(({ vkey }) => {
    const last = byKey.get(vkey);
    return { name: vkey.split("+")[0] ?? "", size: last?.size ?? 0, at: last?.cosignedAt ?? null };
  });
  const size = witnessedSize(
    seen.map((one) => one.size),
    quorum,
  );
  const times = seen.flatMap((one) => (size > 0 && one.size >= size ? (one.at ?? []) : []));
  return { quorum, size, at: times.toSorted()[Math.max(1, quorum) - 1] ?? null, seen };
}
