import type { HostView, Score, SiteView, Snapshot } from "@compline/core";
import { HEALING_MODES, textFor } from "../content/texts.ts";
import { type ApplianceCard, applianceCards } from "./appliance.ts";
import { type HealRow, healRows } from "./heals.ts";
import { frameworksOf, siteNamed, statusAt } from "./lookup.ts";
import { type Link, type ResultRow, resultRows } from "./results.ts";
import { coverageText, FEW_FRAMEWORKS, plural } from "./score.ts";
import { frameworkUrl, hostUrl, siteUrl } from "./urls.ts";

/** Rows that the site page shows itself, so that it stays below 100 KB; the rest is one click below. */
const SHOWN = { failing: 15, notSeen: 10, heals: 10, hosts: 30 };

/** The state of one framework at a site. */
export interface FrameworkState {
  readonly link: Link;
  readonly coverage: string;
  readonly score: Score;
}

/** Everything the site page says. */
export interface SitePage {
  readonly site: SiteView;
  /** The answer, in a sentence. */
  readonly answer: string;
  /** What stands beside the answer: what could not be looked at. */
  readonly blind: string | null;
  /** Each kill switch that stops healing here. */
  readonly stops: readonly { readonly where: string; readonly reason: string }[];
  /** How far healing is allowed here, and when, in a sentence. */
  readonly healing: string;
  /** What makes the rest of the page say less than it seems to. */
  readonly warnings: readonly string[];
  readonly frameworks: readonly FrameworkState[];
  readonly failing: readonly ResultRow[];
  readonly notSeen: readonly ResultRow[];
  readonly moreFailing: number;
  readonly moreNotSeen: number;
  readonly heals: readonly HealRow[];
  readonly moreHeals: number;
  readonly hosts: readonly { readonly link: Link; readonly host: HostView }[];
  readonly moreHosts: number;
  readonly appliances: readonly ApplianceCard[];
}

/** The site page of the site with this name. */
export function sitePage(snapshot: Snapshot, name: string | undefined): SitePage {
  const site = siteNamed(snapshot, name);
  const failing = resultRows(snapshot, site, ({ verdict }) => verdict === "fail");
  const notSeen = resultRows(snapshot, site, ({ verdict }) => verdict === "error" || verdict === "unknown");
  return {
    site,
    answer: answerText(site, failing),
    blind: blindText(site.score),
    stops: stopsOf(snapshot, site),
    healing: healingText(site),
    warnings: warningsOf(snapshot, site),
    frameworks: frameworkStates(snapshot, site),
    failing: failing.slice(0, SHOWN.failing),
    notSeen: notSeen.slice(0, SHOWN.notSeen),
    moreFailing: Math.max(0, failing.length - SHOWN.failing),
    moreNotSeen: Math.max(0, notSeen.length - SHOWN.notSeen),
    heals: healRows(snapshot, site).slice(0, SHOWN.heals),
    moreHeals: Math.max(0, site.heals.length - SHOWN.heals),
    hosts: hostsByNeed(site).slice(0, SHOWN.hosts),
    moreHosts: Math.max(0, site.hosts.length - SHOWN.hosts),
    appliances: applianceCards(snapshot, site),
  };
}

function stopsOf({ partner }: Snapshot, site: SiteView): SitePage["stops"] {
  return [
    { where: partner.displayName, killSwitch: partner.killSwitch },
    { where: site.displayName, killSwitch: site.healing.killSwitch },
  ].flatMap(({ where, killSwitch }) =>
    killSwitch?.engaged === true ? [{ where, reason: killSwitch.reason }] : [],
  );
}

function healingText({ healing: { mode, riskCeiling, windows } }: SiteView): string {
  const words = textFor(HEALING_MODES, mode);
  const set = `Healing here is set to ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
  if (mode === "off") return `${set}.`;
  const when =
    windows === null ? "" : `. Only in the maintenance windows: ${windows.map(windowText).join("; ")}`;
  return `${set}, with at most ${riskCeiling} risk${when}.`;
}

type Window = NonNullable<SiteView["healing"]["windows"]>[number];

/** "mon, tue 22:00 to 04:00 (Europe/Berlin)". */
function windowText({ days, start, end, timeZone }: Window): string {
  return `${days.join(", ")} ${start} to ${end} (${timeZone})`;
}

/** Coverage and score of each framework of a site. */
function frameworkStates(snapshot: Snapshot, site: SiteView): readonly FrameworkState[] {
  return frameworksOf(snapshot, site).map((framework) => {
    const { score, controls } = statusAt(site, framework);
    const link = { text: framework.title, url: frameworkUrl(site.name, framework.id) };
    return { link, coverage: coverageText(controls, framework.title), score };
  });
}

/** How far a site is looked at, for pages of a part of it: a line for each framework, or one for all of many. */
export function coverageLines(snapshot: Snapshot, site: SiteView): readonly Link[] {
  const states = frameworkStates(snapshot, site);
  if (states.length <= FEW_FRAMEWORKS)
    return states.map(({ coverage, link }) => ({ text: coverage, url: link.url }));
  const text = coverageText(site.controls, `its ${states.length} frameworks`);
  return [{ text, url: `${siteUrl(site.name)}#state` }];
}

function warningsOf(snapshot: Snapshot, site: SiteView): readonly string[] {
  const former = site.formerHosts.map(
    ({ id, results, bundle }) =>
      `Evidence tells of a host that is no longer declared here: ${id}, ${plural(results, "result")} up to bundle ` +
      `${bundle.slice(0, 12)}. It is counted nowhere.`,
  );
  return [...former, ...applianceWarnings(snapshot, site)];
}

function applianceWarnings(snapshot: Snapshot, site: SiteView): readonly string[] {
  return applianceCards(snapshot, site).flatMap(({ name, state, stateText, chainWhole }) => {
    if (state === "not-enrolled")
      return [`Appliance ${name} is declared, not enrolled: its hosts are not looked at.`];
    const words = `${stateText.charAt(0).toLowerCase()}${stateText.slice(1)}`;
    const silence = state === "silent" ? [`Appliance ${name}: ${words}. Nothing newer is known.`] : [];
    const behind = state === "behind" ? [`Appliance ${name} ${words}: it works by the one before.`] : [];
    const chain = chainWhole === false ? [`The evidence chain of ${name} has a gap or a fork.`] : [];
    return [...silence, ...behind, ...chain];
  });
}

/** Hosts with the most fails first, then with the most that could not be looked at, then by name. */
function hostsByNeed(site: SiteView): SitePage["hosts"] {
  return site.hosts
    .toSorted(
      ({ score: a, name: aName }, { score: b, name: bName }) =>
        b.fail - a.fail || b.error + b.unknown - a.error - a.unknown || aName.localeCompare(bName, "en"),
    )
    .map((host) => ({ host, link: { text: host.name, url: hostUrl(site.name, host.name) } }));
}

function answerText(site: SiteView, failing: readonly ResultRow[]): string {
  if (failing.length === 0) return nothingFailsText(site.score);
  const checks = new Set(failing.map((row) => row.checkName)).size;
  const hosts = new Set(failing.map((row) => row.host.text)).size;
  const verb = checks === 1 ? "fails" : "fail";
  return `${plural(checks, "check")} ${verb} on ${hosts} of ${plural(site.hosts.length, "host")}.`;
}

function nothingFailsText(score: Score): string {
  if (score.total === 0 && score.notApplicable > 0) return "None of the checks applies to a host here.";
  if (score.total === 0) return "Nothing has been looked at here yet.";
  if (score.pass === 0) return "Nothing is known here: there is no pass and no fail.";
  return "Nothing that was looked at fails.";
}

function blindText(score: Score): string | null {
  const parts = [
    score.error > 0 ? `${score.error} could not be looked at` : null,
    score.unknown > 0 ? `${score.unknown} ${score.unknown === 1 ? "is" : "are"} unknown` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `Of ${plural(score.total, "result")}, ${parts.join(" and ")}.`;
}
