import type { ApplianceView, SiteView, Snapshot } from "@compline/core";
import { HEALING_MODES, HEALING_REASONS, textFor } from "../content/texts.ts";
import { plural } from "./score.ts";
import { between } from "./time.ts";

/** How an appliance is doing, in words. */
export interface ApplianceCard {
  readonly name: string;
  readonly state: "working" | "behind" | "silent" | "not-enrolled";
  /** "Working", "Silent for 3 h", "Does not take its assignment, for 1 h", "Declared, not enrolled". */
  readonly stateText: string;
  readonly lastSeenAt: string | null;
  readonly outbox: string;
  readonly healing: string;
  readonly healingWhy: string | null;
  readonly suspension: ApplianceView["suspension"];
  readonly override: ApplianceView["override"];
  readonly ceiling: string;
  readonly healUntil: string | null;
  readonly keyid: string | null;
  readonly assignment: string | null;
  /** Whether the assignment's file is part of this site. */
  readonly hasAssignment: boolean;
  readonly chain: string;
  readonly chainWhole: boolean | null;
  /** The newest bundle of its chain that has a page, or null. */
  readonly newestBundle: string | null;
}

/** How the appliances of a site are doing. */
export function applianceCards(snapshot: Snapshot, site: SiteView): readonly ApplianceCard[] {
  return site.appliances.map((appliance) => cardOf(snapshot, site, appliance));
}

/** True when an enrolled appliance has not been heard from for too long, or never. */
export function isSilent({ state }: Pick<ApplianceView, "state">): boolean {
  return state === "silent" || state === "never_seen";
}

function cardOf(snapshot: Snapshot, site: SiteView, appliance: ApplianceView): ApplianceCard {
  const silent = isSilent(appliance);
  return {
    name: appliance.name,
    state: CARD_STATES[appliance.state],
    stateText: stateText(appliance, snapshot.asOf),
    lastSeenAt: appliance.lastSeenAt,
    outbox: appliance.outbox === null ? "no data" : waitingText(appliance.outbox, silent),
    healing: appliance.healing === null ? "no data" : textFor(HEALING_MODES, appliance.healing.mode),
    healingWhy: whyText(appliance),
    suspension: appliance.suspension,
    override: appliance.override,
    ceiling: ceilingText(appliance),
    healUntil: appliance.healUntil,
    keyid: appliance.keyid,
    assignment: appliance.assignment,
    hasAssignment: snapshot.assignments.some(({ digest }) => digest === appliance.assignment),
    ...chainText(appliance),
    newestBundle: newestBundle(site, appliance),
  };
}

const CARD_STATES: Readonly<Record<ApplianceView["state"], ApplianceCard["state"]>> = {
  working: "working",
  behind: "behind",
  silent: "silent",
  never_seen: "silent",
  not_enrolled: "not-enrolled",
};

function stateText(appliance: ApplianceView, asOf: string): string {
  const { state, stateSince } = appliance;
  const long = stateSince === null ? null : between(stateSince, asOf);
  if (state === "not_enrolled") return "Declared, not enrolled";
  if (state === "never_seen") return "Never heard from";
  if (state === "silent") return `Silent for ${long}`;
  if (state === "behind") return `Does not take the assignment that was published for it, for ${long}`;
  return "Working";
}

/** Of a silent appliance nobody knows what it has signed since. */
function waitingText(outbox: number, silent: boolean): string {
  if (silent)
    return `${plural(outbox, "bundle")} when it was last heard from; what it signed since is not known`;
  return outbox === 0
    ? "empty: everything it signed has arrived"
    : `${plural(outbox, "bundle")} waiting to be sent`;
}

/** What lowered its healing mode, in words, or null when nothing did. */
export function whyText(appliance: ApplianceView): string | null {
  const reasons = appliance.healing?.reasons ?? [];
  return reasons.length === 0 ? null : reasons.map((reason) => textFor(HEALING_REASONS, reason)).join("; ");
}

function ceilingText(appliance: ApplianceView): string {
  if (appliance.ceiling === null) return "no data";
  const { mode, risk, argv, hosts } = appliance.ceiling;
  const which = hosts === "practice" ? "only practice hosts may be changed" : "every host may be changed";
  return `mode ${mode}, risk ${risk}, running commands ${argv ? "allowed" : "not allowed"}, ${which}`;
}

function chainText(appliance: ApplianceView): {
  readonly chain: string;
  readonly chainWhole: boolean | null;
} {
  const chain = appliance.chain;
  if (chain === null) return { chain: "no bundle yet", chainWhole: null };
  const span = `${chain.from.epoch}-${chain.from.seq} to ${chain.to.epoch}-${chain.to.seq}, ${plural(chain.count, "bundle")}`;
  const late = chain.late === 0 ? "" : `, ${chain.late} received late`;
  if (chain.gaps === 0 && chain.forks === 0)
    return { chain: `${span}, no gap, no fork${late}`, chainWhole: true };
  const dropped = chain.dropped === 0 ? "" : ` (it says that it dropped ${chain.dropped} for want of room)`;
  return {
    chain: `${span}, ${plural(chain.gaps, "gap")}${dropped}, ${plural(chain.forks, "fork")}${late}`,
    chainWhole: false,
  };
}

function newestBundle(site: SiteView, appliance: ApplianceView): string | null {
  const to = appliance.chain?.to;
  const newest = site.bundles.find(
    ({ chain, appliance: of }) => of === appliance.name && chain.epoch === to?.epoch && chain.seq === to.seq,
  );
  return newest?.digest ?? null;
}
