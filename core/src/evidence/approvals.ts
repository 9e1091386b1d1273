import type { Findings } from "./finding.ts";
import { pairKey } from "./state.ts";
import type { ApplianceEvent, Digest, HealRecord } from "./statement.ts";

/** The reason of an `override` by which a person on the box lets each failing pair be healed once more. */
const LIFTED = "PAUSES_LIFTED";

/** What people on a box allowed, as far as its chain was walked. */
export interface Approvals {
  /** Pairs that were healed by each event, by its digest. */
  readonly used: Map<Digest, Set<string>>;
  /** False once something before is missing, in which an event may be. */
  isWhole: boolean;
}

/** Approvals at the beginning of a chain. */
export function createApprovals(): Approvals {
  return { used: new Map(), isWhole: true };
}

/** Remembers an event that allows heals. */
export function takeApproval({ used }: Approvals, digest: Digest, { event }: ApplianceEvent): void {
  if (event.type === "override" && event.reason === LIFTED) used.set(digest, new Set());
}

/**
 * Holds each heal that names an approval against the events before it in its chain: one lets each pair be healed once.
 * FORMAT.md section 5.4.
 */
export function judgeApprovals(
  heals: readonly HealRecord[],
  { used, isWhole }: Approvals,
  { path, findings }: { readonly path: string; readonly findings: Findings },
): void {
  for (const { approval, host, check } of heals) {
    if (approval === null) continue;
    const pairs = used.get(approval);
    const key = pairKey(host, check);
    if (pairs === undefined && !isWhole)
      findings.add("APPROVAL_NOT_GIVEN", null, `the heal of ${check} on ${host} names ${approval}`);
    else if (pairs === undefined)
      findings.add(
        "HEAL_NOT_APPROVED",
        path,
        `the heal of ${check} on ${host} names ${approval}, which is no override before it that lets heals run`,
      );
    else if (pairs.has(key))
      findings.add("HEAL_NOT_APPROVED", path, `${approval} let ${check} on ${host} be healed once already`);
    pairs?.add(key);
  }
}
