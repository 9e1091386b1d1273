import {
  type AnchorsView,
  type AnchorView,
  type ApplianceView,
  type ChainView,
  type LogView,
  type SiteState,
  type StatusView,
  type Verdict,
} from "@compline/core";
import type { PortalAge } from "../reconcile/portal-age.ts";
import { editsNotice } from "../start/follow.ts";
import type { Condition } from "../store/contract.ts";
import { fleetLines, isFleet } from "./status-fleet.ts";
import { controlLines, describeScore, formerHostLines, frameworkLines } from "./status-lines.ts";
import { describeHeal, resultLines } from "./status-rows.ts";

/** Everything that `status` tells. */
export interface Known {
  readonly running: string | null;
  readonly edits: number;
  readonly conditions: readonly Condition[];
  readonly snapshot: StatusView | null;
  /** The framework whose controls are listed. */
  readonly framework: string | null;
  /** Whether one site was named: it is told whole, and of many only what does not pass. */
  readonly isOneSite: boolean;
  /** Whether every host-check and every notice is told. */
  readonly all: boolean;
  /** The log of the partner that is told of; null when it has none. */
  readonly log: LogView | null;
  readonly portal: PortalAge;
  /** Partners in force that are not told of, because none was named. */
  readonly others: readonly string[];
}

/** All of it as text for people. */
export function printText(known: Known): string {
  const { running, edits, snapshot, others } = known;
  const head = running === null ? "not running; this is what was known last" : `running at ${running}`;
  if (snapshot === null)
    return [head, "no revision was accepted yet", ...conditionLines(known.conditions)].join("\n");
  return [
    head,
    `revision ${snapshot.revision?.slice(0, 12)}, ${snapshot.position} bundles, as of ${snapshot.asOf}, valid until ${snapshot.validUntil}`,
    ...(edits === 0 ? [] : [`! ${editsNotice(edits).message}`]),
    ...(others.length === 0
      ? []
      : [`! this is partner ${snapshot.partner.name}; name another one by --partner: ${others.join(", ")}`]),
    ...noticeLines(snapshot, known.all),
    ...conditionLines(known.conditions),
    ...logLines(snapshot, known.log),
    ...portalLines(snapshot, known.portal),
    ...sitesLines(known, snapshot),
  ].join("\n");
}

function sitesLines(known: Known, { sites, partner }: StatusView): readonly string[] {
  if (!known.all && known.framework === null && isFleet(sites)) return ["", ...fleetLines(partner, sites)];
  return sites.flatMap((site) => [
    "",
    ...siteLines(
      site,
      [...controlLinesOf(known, site), ...site.appliances.map(describeAppliance)],
      known.all,
    ),
  ]);
}

/** Of each kind of notice so many are told, and of the rest how many there are. */
const toldOfEach = 3;

function noticeLines({ notices }: StatusView, all: boolean): string[] {
  const byCode = Map.groupBy(
    notices.filter(({ code }) => code !== "UNCOMMITTED_EDITS"),
    ({ code }) => code,
  );
  return [...byCode].flatMap(([code, own]) => {
    const lines = own.map(
      ({ message, since }) => `! ${message}${since === undefined ? "" : ` Since ${since}.`}`,
    );
    // A line that stands for one notice says less than that notice.
    const left = own.length - toldOfEach;
    if (all || left <= 1) return lines;
    return [
      ...lines.slice(0, toldOfEach),
      `! ${left} more notices of this kind (${code}); --all or -o json lists every one.`,
    ];
  });
}

function conditionLines(conditions: readonly Condition[]): string[] {
  return conditions
    .filter(({ type }) => type !== "Ready")
    .map(
      ({ subject, type, reason, message, since }) =>
        `! ${subject} ${type} since ${since}: ${message} (${reason})`,
    );
}

/** That it is not signed at all, and why, is a condition. */
function logLines({ asOf }: StatusView, log: LogView | null): string[] {
  if (log === null) return [];
  const { origin, size, checkpoint, anchors } = log;
  const name = `log ${origin}: ${size} bundles`;
  const more = [...witnessLines(log), `  ${anchorLine(anchors, asOf)}`];
  if (checkpoint === null) return [`${name}, no checkpoint signed yet`, ...more];
  const ageS = Math.max(0, Math.round((Date.parse(asOf) - Date.parse(checkpoint.signedAt)) / 1000));
  const short = size - checkpoint.size;
  const rest = short === 0 ? "all of them" : `${checkpoint.size}; ${short} are not covered yet`;
  return [
    `${name}; the newest checkpoint, signed ${checkpoint.signedAt} (${ageS} s ago), covers ${rest}`,
    ...more,
  ];
}

function witnessLines({ size, witnesses }: LogView): string[] {
  if (witnesses === null) return ["  seen by nobody elsewhere: partner.yaml declares no witnesses"];
  const { quorum, size: witnessed, seen } = witnesses;
  return [
    ...seen.map(({ name, size: saw, at }) =>
      at === null
        ? `  ${name} saw nothing yet`
        : `  ${name} saw the first ${saw}, ${at}; ${size - saw} came after that`,
    ),
    ...(quorum === 0 ? [] : [`  witnessed by the ${quorum} that are asked for: the first ${witnessed}`]),
  ];
}

function anchorLine(anchors: AnchorsView | null, asOf: string): string {
  if (anchors === null) return "not anchored: partner.yaml declares no calendars";
  const { newest, pendingSince } = anchors;
  if (newest === null)
    return `nothing is anchored yet${pendingSince === null ? "" : `; a root waits for a block since ${withAge(pendingSince, asOf)}`}`;
  const waits =
    pendingSince === null ? "" : `; a newer root waits for a block since ${withAge(pendingSince, asOf)}`;
  const { size, stampedAt, block } = newest;
  const seen = block === null ? "no block header was held against it" : describeBlock(block);
  return `anchored: the first ${size} bundles, stamped ${withAge(stampedAt, asOf)}; ${seen}${waits}`;
}

function withAge(at: string, asOf: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(asOf) - Date.parse(at)) / 60_000));
  const age = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return `${at} (${age} ago)`;
}

/** In words that keep apart what was shown by whom. */
function describeBlock({ by, height, time }: NonNullable<AnchorView["block"]>): string {
  if (by === "node") return `confirmed by your own node: block ${height} of ${time}`;
  const from = by === "explorer" ? "an explorer" : "a file";
  return `matches the header of block ${height} of ${time} from ${from}, which has the work of its time`;
}

/** A build takes seconds, and waits for more changes; what is newer than this is on its way. */
const buildingMs = 60_000;

function portalLines({ asOf }: StatusView, { shown, behindSince, failed }: PortalAge): string[] {
  const isOld = behindSince !== null && Date.parse(asOf) - Date.parse(behindSince) > buildingMs;
  if (shown !== null && failed === null && !isOld) return [];
  const what =
    shown === null
      ? "The portal was not built yet"
      : `The portal shows revision ${shown.revision?.slice(0, 12)} and ${shown.position} bundles, as of ${shown.builtAt}`;
  const newer = behindSince === null ? "" : `; there is newer since ${behindSince}`;
  const why =
    failed === null ? "" : `; the build for ${failed.builtAt} failed, and the controller's log says why`;
  return [`! ${what}${newer}${why}.`];
}

function controlLinesOf({ snapshot, framework }: Known, site: SiteState): readonly string[] {
  return snapshot === null || framework === null ? [] : controlLines(snapshot.frameworks, site, framework);
}

/** A site without what is only known of now. */
type SiteOfAnyTime = Omit<SiteState, "appliances" | "history">;

/** What a site comes to, with lines about its controls and appliances; of its host-checks all, or what is to be looked at. */
export function siteLines(site: SiteOfAnyTime, more: readonly string[], all: boolean): string[] {
  const listed = site.results.filter(({ verdict }) => all || !unremarkable.has(verdict));
  const elsewhere = site.results.filter(({ verdict }) => verdict === "not_applicable").length;
  return [
    `${site.displayName} (${site.name}): ${describeScore(site.score)}`,
    ...frameworkLines(site),
    ...formerHostLines(site),
    ...more.map((line) => `  ${line}`),
    ...resultLines(site, listed).map((line) => `  ${line}`),
    ...(all || elsewhere === 0
      ? []
      : [`  not listed: ${elsewhere} that do not apply (--all lists everything)`]),
    ...site.heals.slice(0, 3).map((heal) => `  ${describeHeal(site, heal)}`),
  ];
}

/** Most of what a site without faults has; there are counts of it. */
const unremarkable: ReadonlySet<Verdict> = new Set(["pass", "not_applicable"]);

function describeAppliance(appliance: ApplianceView): string {
  const { name, state, lastSeenAt, outbox, healing, chain } = appliance;
  if (state === "not_enrolled") return `appliance ${name}: declared, not enrolled`;
  const mode =
    healing === null
      ? "healing not known"
      : `healing ${healing.mode}${healing.reasons.length > 0 ? ` (${healing.reasons.join(", ")})` : ""}`;
  const place =
    chain === null
      ? "no bundle yet"
      : `chain to ${chain.to.epoch}-${chain.to.seq}, ${gapsText(chain)}, ${chain.forks} forks, ${chain.late} late`;
  return `appliance ${name}: ${describeState(appliance)}, seen ${lastSeenAt ?? "never"}, ${outbox ?? "?"} waiting to be sent, ${mode}, ${place}`;
}

/** Missing bundles of a chain, and how many of them its appliance owns up to. */
export function gapsText({ gaps, dropped }: Pick<ChainView, "gaps" | "dropped">): string {
  return `${gaps} gaps${dropped === 0 ? "" : ` (the box says it dropped ${dropped})`}`;
}

function describeState({ state, stateSince, published }: ApplianceView): string {
  if (state === "silent") return `silent since ${stateSince}`;
  if (state === "never_seen") return "never heard of";
  if (state === "behind")
    return `does not take assignment ${published?.digest.slice(0, 12)}, published ${stateSince}`;
  return "working";
}
