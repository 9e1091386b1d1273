import type { ApplianceView, SiteView, Snapshot } from "@compline/core";
import { HEALING_MODES, HEALING_REASONS, textFor } from "../content/texts.ts";
import { plural } from "./score.ts";
import { between } from "./time.ts";

/** An appliance reports at least every 30 s; after this it is called silent. */
const SILENT_AFTER_MS = 10 * 60_000;

/** How an appliance is doing, in words. */
export interface ApplianceCard {
  readonly name: string;
  readonly state: "working" | "silent" | "not-enrolled";
  /** "Working", "Silent for 3 h", "Declared, not enrolled". */
  readonly stateText: string;
  readonly lastSeenAt: string | null;
  readonly outbox: string;
  readonly healing: string;
  readonly healingWhy: string | null;
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

/** True when an enrolled appliance has not been heard from for too long. */
export function isSilent(appliance: ApplianceView, asOf: string): boolean {
  if (!appliance.enrolled) return false;
  return (
    appliance.lastSeenAt === null || Date.parse(asOf) - Date.parse(appliance.lastSeenAt) > SILENT_AFTER_MS
  );
}

function cardOf(snapshot: Snapshot, site: SiteView, appliance: ApplianceView): ApplianceCard {
  const silent = isSilent(appliance, snapshot.asOf);
  return {
    name: appliance.name,
    state: appliance.enrolled ? (silent ? "silent" : "working") : "not-enrolled",
    stateText: stateText(appliance, snapshot.asOf),
    lastSeenAt: appliance.lastSeenAt,
    outbox: appliance.outbox === null ? "no data" : waitingText(appliance.outbox, silent),
    healing: appliance.healing === null ? "no data" : textFor(HEALING_MODES, appliance.healing.mode),
    healingWhy: whyText(appliance),
    ceiling: ceilingText(appliance),
    healUntil: appliance.healUntil,
    keyid: appliance.keyid,
    assignment: appliance.assignment,
    hasAssignment: snapshot.assignments.some(({ digest }) => digest === appliance.assignment),
    ...chainText(appliance),
    newestBundle: newestBundle(site, appliance),
  };
}

function stateText(appliance: ApplianceView, asOf: string): string {
  if (!appliance.enrolled) return "Declared, not enrolled";
  if (appliance.lastSeenAt === null) return "Never heard from";
  return isSilent(appliance, asOf) ? `Silent for ${between(appliance.lastSeenAt, asOf)}` : "Working";
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
  if (chain.gaps === 0 && chain.forks === 0) return { chain: `${span}, no gap, no fork`, chainWhole: true };
  return {
    chain: `${span}, ${plural(chain.gaps, "gap")}, ${plural(chain.forks, "fork")}`,
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
