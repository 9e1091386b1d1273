import type { AnchorPlan } from "@compline/core";
import type { StoredAnchor } from "../store/contract.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A promise that was not kept for this long is not waited for: a newer root covers every leaf of the older one. */
const patienceMs = 24 * hourMs;

/** Whether a root of `size` leaves is to be stamped now. A time that is still to come says that the clock was set back. */
export function isStampDue(
  { size, nowMs }: { readonly size: number; readonly nowMs: number },
  newest: StoredAnchor | null,
  { intervalMs }: AnchorPlan,
): boolean {
  if (newest === null) return size > 0;
  if (size <= newest.size) return false;
  const ageMs = nowMs - Date.parse(newest.stampedAt);
  const waitMs = newest.state === "pending" ? Math.min(intervalMs, patienceMs) : intervalMs;
  return ageMs < 0 || ageMs >= waitMs;
}

/** How long to wait after the n-th failure in a row, from 1. */
export function retryMs(failures: number): number {
  return Math.min(minuteMs * 2 ** (failures - 1), hourMs);
}

/** How long to wait between two questions about a promise: the older it is, the longer. */
export function askAgainMs({ stampedAt }: Pick<StoredAnchor, "stampedAt">, nowMs: number): number {
  return Math.max(10 * minuteMs, (nowMs - Date.parse(stampedAt)) / 8);
}
