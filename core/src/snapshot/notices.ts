import type { PartnerNode } from "../graph/graph.ts";
import type { Notice, SiteView } from "./snapshot.ts";

/** An appliance reports at least every 30 seconds; after this long without any word it is silent. */
const silentAfterMs = 10 * 60_000;

/** What a reader must know first, as far as it follows from what the snapshot shows. */
export function ownNotices(
  partner: PartnerNode,
  sites: readonly SiteView[],
  nowMs: number,
): readonly Notice[] {
  return [...killSwitchNotices(partner, sites), ...sites.flatMap((site) => applianceNotices(site, nowMs))];
}

function killSwitchNotices({ document }: PartnerNode, sites: readonly SiteView[]): readonly Notice[] {
  const { displayName, killSwitch } = document.spec;
  const switches = [
    { where: displayName, killSwitch: killSwitch ?? null },
    ...sites.map((site) => ({ where: site.displayName, killSwitch: site.healing.killSwitch })),
  ];
  return switches.flatMap(({ where, killSwitch: one }) => {
    if (one === null || !one.engaged) return [];
    return [{ code: "KILL_SWITCH", message: `Healing is stopped at ${where}: ${one.reason}` }];
  });
}

function applianceNotices({ displayName, appliances }: SiteView, nowMs: number): readonly Notice[] {
  return appliances.flatMap(({ name, enrolled, lastSeenAt }) => {
    if (!enrolled) {
      return [
        { code: "NOT_ENROLLED", message: `Appliance ${name} at ${displayName} is declared, not enrolled.` },
      ];
    }
    if (lastSeenAt !== null && nowMs - Date.parse(lastSeenAt) < silentAfterMs) return [];
    const since = lastSeenAt === null ? "has not been heard of yet" : `has been silent since ${lastSeenAt}`;
    return [{ code: "APPLIANCE_SILENT", message: `Appliance ${name} at ${displayName} ${since}.` }];
  });
}
