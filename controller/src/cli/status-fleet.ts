import type { PartnerView, SiteState } from "@compline/core";
import { describeScore, frameworkLines } from "./status-lines.ts";

/** More sites than these are not told whole: that of a thousand would be fifty thousand lines. */
const toldWhole = 10;

/** So many of a fleet are named, those with most to look at. */
const named = 20;

/** Whether so many sites are told in short, unless everything is asked for. */
export function isFleet(sites: readonly unknown[]): boolean {
  return sites.length > toldWhole;
}

/** A partner with many sites: what it comes to, the sites with most fails, and how many more there are. */
export function fleetLines(
  partner: Pick<PartnerView, "score" | "frameworkStatus">,
  sites: readonly Pick<SiteState, "name" | "displayName" | "score">[],
): readonly string[] {
  const worst = sites.toSorted(mostToLookAt);
  const [told, left] = [worst.slice(0, named), worst.slice(named)];
  const clean = left.filter(({ score }) => score.total > 0 && score.pass === score.total).length;
  return [
    `${sites.length} sites: ${describeScore(partner.score)}`,
    ...frameworkLines(partner),
    ...told.map(({ displayName, name, score }) => `  ${displayName} (${name}): ${describeScore(score)}`),
    ...(left.length === 0
      ? []
      : [`  ${left.length} more sites with no more fails than these, ${clean} of them pass in everything`]),
    "  --site NAME tells of one site what fails and why; --all tells that of every one",
  ];
}

function mostToLookAt(
  one: Pick<SiteState, "name" | "score">,
  two: Pick<SiteState, "name" | "score">,
): number {
  const [a, b] = [one.score, two.score];
  return b.fail - a.fail || b.error - a.error || b.unknown - a.unknown || (one.name < two.name ? -1 : 1);
}
