import type { KillSwitch } from "@compline/schemas";
import type { Instant } from "../evidence/statement.ts";
import type { PartnerNode } from "../graph/graph.ts";
import type { ApplianceDoubt } from "./appliance-doubts.ts";
import type { ApplianceState, Notice, OverrideView, SiteState } from "./snapshot.ts";

/** What a reader must know first, as far as it follows from what the snapshot shows. */
export function ownNotices(partner: PartnerNode, sites: readonly SiteState[]): readonly Notice[] {
  return [
    ...killSwitchNotices(partner, sites),
    ...sites.flatMap(applianceNotices),
    ...sites.flatMap(doubtNotices),
  ];
}

function killSwitchNotices({ document }: PartnerNode, sites: readonly SiteState[]): readonly Notice[] {
  const { displayName, killSwitch } = document.spec;
  const text = (where: string, { reason }: KillSwitch): string => `Healing is stopped at ${where}: ${reason}`;
  return [
    ...(killSwitch?.engaged === true
      ? [{ code: "KILL_SWITCH", message: text(displayName, killSwitch) }]
      : []),
    ...sites.flatMap(({ id, displayName: where, healing: { killSwitch: own } }) =>
      own?.engaged === true ? [{ code: "KILL_SWITCH", message: text(where, own), site: id }] : [],
    ),
  ];
}

function applianceNotices({ id: site, displayName, appliances }: SiteState): readonly Notice[] {
  return appliances.flatMap(({ name, state, stateSince, suspension, override }) => {
    const who = `Appliance ${name} at ${displayName}`;
    const notice = (code: string, message: string, since: Instant | null): Notice =>
      since === null ? { code, message, site } : { code, message, site, since };
    const text = texts[state];
    const own = text === null ? [] : [notice(text.code, `${who} ${text.says}.`, stateSince)];
    if (override !== null) own.push(notice("HEALS_OVERRIDDEN", overrideText(who, override), override.since));
    if (suspension === null) return own;
    const reason = suspension.reason === null ? "." : `: ${suspension.reason}`;
    const says = `${who} was suspended on the box; it looks and signs, and heals nothing${reason}`;
    return [...own, notice("APPLIANCE_SUSPENDED", says, suspension.since)];
  });
}

function overrideText(who: string, { until, reason }: OverrideView): string {
  return `${who} may heal each fail once more until ${until}, although its own pauses hold it back; a person on the box says: ${reason}`;
}

const texts: Readonly<Record<ApplianceState, { readonly code: string; readonly says: string } | null>> = {
  working: null,
  behind: { code: "ASSIGNMENT_NOT_TAKEN", says: "does not work by the assignment that was published for it" },
  silent: { code: "APPLIANCE_SILENT", says: "has been silent" },
  never_seen: { code: "APPLIANCE_SILENT", says: "has not been heard of yet" },
  not_enrolled: { code: "NOT_ENROLLED", says: "is declared, not enrolled" },
};

function doubtNotices({ id: site, displayName, appliances }: SiteState): readonly Notice[] {
  return appliances.flatMap(({ name, doubts }) =>
    doubts.map((code) => ({
      code,
      message: `Appliance ${name} at ${displayName} ${doubtTexts[code]}`,
      site,
    })),
  );
}

const doubtTexts: Readonly<Record<ApplianceDoubt, string>> = {
  ASSIGNMENT_UNKNOWN:
    "works by an assignment that this controller does not have: the controller's state may come from an old backup. " +
    "The appliance takes nothing older; a commit that changes its work gives it a newer one, and `compline-agent repin` on " +
    "the box lets it take an older one, once.",
  EVIDENCE_MISSING:
    "says that evidence was accepted which is not here: the controller's state may come from an old backup.",
  CHAIN_SET_BACK:
    "says it has signed less than is kept here: its state may come from an old backup. While it knows, it looks, and " +
    "signs and heals nothing. Put its newest state folder back, or enrol it anew in a new folder.",
};
