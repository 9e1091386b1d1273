import type {
  ObservedAppliance,
  ObservedHeal,
  ObservedPartner,
  ObservedSite,
  ObservedState,
} from "@compline/schemas";
import type { BoxStop } from "../heal/guards.ts";
import type { ApplianceView, HealView, SiteState, StatusView } from "./snapshot.ts";

/** What of some partners' snapshots a plan can use: verdicts, guards and heals; no evidence and nothing observed. */
export function observedState(
  snapshots: readonly StatusView[],
  at: Pick<StatusView, "asOf" | "position">,
): ObservedState {
  const { asOf, position } = at;
  return { schemaVersion: "1", asOf, position, partners: snapshots.map(observedPartner) };
}

function observedPartner({ partner, revision, checks, sites }: StatusView): ObservedPartner {
  return {
    id: partner.id,
    name: partner.name,
    revision,
    // A verdict by an older check is shown as unknown, so these are what every known one was judged by.
    checks: Object.fromEntries(checks.map(({ name, digest }) => [name, digest])),
    sites: sites.map(observedSite),
  };
}

function observedSite(site: SiteState): ObservedSite {
  return {
    id: site.id,
    name: site.name,
    appliances: site.appliances.flatMap((appliance) => observedAppliance(site, appliance)),
    results: site.results.map(({ host, check, verdict, reason, since }) => ({
      host,
      check,
      verdict,
      reason,
      since,
    })),
    heals: site.heals.flatMap(observedHeal),
  };
}

function observedAppliance({ hosts }: SiteState, appliance: ApplianceView): readonly ObservedAppliance[] {
  const { id, name, ceiling } = appliance;
  if (id === null) return [];
  const own = hosts.filter((host) => host.appliance === name).map((host) => host.id);
  return [{ id, hosts: own, ceiling, stops: stopsOf(appliance) }];
}

/** All that can stop a box at once. */
export const OBSERVED_STOPS: readonly BoxStop[] = [
  "SUSPENDED",
  "REPINNED",
  "KEY_PENDING",
  "CHAIN_SET_BACK",
  "DISK_FULL",
];

/** Evidence tells of a suspension, too; nothing but the box's report tells of the others. */
function stopsOf({ suspension, healing }: ApplianceView): BoxStop[] {
  return OBSERVED_STOPS.filter((stop) =>
    stop === "SUSPENDED" ? suspension !== null : healing?.reasons.includes(stop),
  );
}

/** Those that budgets and cooldowns count. */
function observedHeal({ host, check, rule, outcome, startedAt }: HealView): readonly ObservedHeal[] {
  if (rule === null || (outcome !== "healed" && outcome !== "failed")) return [];
  return [{ host, check, rule, outcome, startedAt }];
}
