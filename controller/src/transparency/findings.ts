import type { LivePartner } from "../reconcile/accept.ts";
import type { Finding } from "../reconcile/conditions.ts";
import { logOriginOf } from "./log-view.ts";
import type { Stall } from "./signer.ts";

/** What is said of partners in force whose log is not signed. */
export function findingsOfLogs(
  partners: readonly LivePartner[],
  stalls: ReadonlyMap<string, Stall>,
): readonly Finding[] {
  return partners.flatMap((partner) => {
    const origin = logOriginOf(partner);
    const stall = origin === null ? undefined : stalls.get(origin);
    if (stall === undefined) return [];
    const { code, shown, kept } = stall;
    return {
      subject: `log/${partner.name}`,
      state: "stalled",
      reason: code,
      detail: `${origin} was shown to others with ${shown} bundles, and ${kept} are kept here`,
      revision: partner.revision,
    };
  });
}
