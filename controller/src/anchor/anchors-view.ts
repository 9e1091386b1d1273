import {
  type AnchorPlan,
  anchorPlanOf,
  type AnchorsView,
  type AnchorView,
  readBlockHeader,
} from "@compline/core";
import { instantOf } from "../clock.ts";
import type { LivePartner } from "../reconcile/accept.ts";
import type { AnchorStore, StoredAnchor } from "../store/contract.ts";

type Declared = Pick<LivePartner, "graph" | "name">;

/** How a partner declares that its log is anchored; null when it does not. */
export function planOf({ graph, name }: Declared): AnchorPlan | null {
  const spec = graph.partners.get(name)?.document.spec;
  return spec === undefined ? null : anchorPlanOf(spec);
}

/** How far a partner's log is anchored; null when it does not declare that it is. Throws STORE_IO. */
export async function anchorsViewOf(partner: Declared, store: AnchorStore): Promise<AnchorsView | null> {
  const plan = planOf(partner);
  if (plan === null) return null;
  const newest = await store.newestAnchor(plan.log, ["attested", "confirmed"]);
  const pending = (await store.anchors(plan.log, ["pending"])).filter(
    ({ size }) => size > (newest?.size ?? 0),
  );
  return {
    calendars: plan.calendars.length,
    newest: newest === null ? null : viewOf(newest),
    pendingSince: pending[0]?.stampedAt ?? null,
  };
}

function viewOf({ size, stampedAt, confirmation }: StoredAnchor): AnchorView {
  const header = confirmation === null ? null : readBlockHeader(confirmation.header);
  if (confirmation === null || header === null) return { size, stampedAt, block: null };
  const { by, height } = confirmation;
  return { size, stampedAt, block: { by, height, hash: header.hash, time: instantOf(header.timeS * 1000) } };
}
