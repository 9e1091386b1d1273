import type { PartnerNode } from "../graph/graph.ts";
import type { ApplianceState, Notice, SiteView } from "./snapshot.ts";

/** What a reader must know first, as far as it follows from what the snapshot shows. */
export function ownNotices(partner: PartnerNode, sites: readonly SiteView[]): readonly Notice[] {
  return [...killSwitchNotices(partner, sites), ...sites.flatMap(applianceNotices)];
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

function applianceNotices({ displayName, appliances }: SiteView): readonly Notice[] {
  return appliances.flatMap(({ name, state, stateSince }) => {
    const text = texts[state];
    if (text === null) return [];
    const notice = { code: text.code, message: `Appliance ${name} at ${displayName} ${text.says}.` };
    return [stateSince === null ? notice : { ...notice, since: stateSince }];
  });
}

const texts: Readonly<Record<ApplianceState, { readonly code: string; readonly says: string } | null>> = {
  working: null,
  behind: { code: "ASSIGNMENT_NOT_TAKEN", says: "does not work by the assignment that was published for it" },
  silent: { code: "APPLIANCE_SILENT", says: "has been silent" },
  never_seen: { code: "APPLIANCE_SILENT", says: "has not been heard of yet" },
  not_enrolled: { code: "NOT_ENROLLED", says: "is declared, not enrolled" },
};
