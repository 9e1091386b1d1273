import type { ObservedPartner, ObservedSite, ObservedState } from "@compline/schemas";
import type { ApplianceTarget } from "../assignment/derive.ts";
import type { Instant } from "../evidence/statement.ts";
import type { Graph } from "../graph/graph.ts";
import type { HoldCode } from "../heal/hold.ts";
import type { HealPlan } from "../heal/situation.ts";
import type { Score } from "../verdict/score.ts";

/** What follows from observed verdicts when a plan is published, and what does not. */
export interface Forecast {
  /** The time of the observed verdicts. */
  readonly asOf: Instant;
  /** Scores that move; by partner and site, that of the whole site first. */
  readonly scores: readonly ScoreMove[];
  /** Fails that are treated in another way than before; by partner, site, host and check. */
  readonly heals: readonly HealMove[];
  /** How many other fails of the appliances that something is published for are treated as before. */
  readonly sameHeals: number;
  /** `partner/site` of what nothing follows for: it was not observed, or a box's own limits are not known. */
  readonly notKnown: readonly string[];
}

/** A score before and after. */
export interface ScoreMove {
  readonly partner: string;
  readonly site: string;
  /** Null: over every host and check of the site. */
  readonly framework: string | null;
  /** Null: there was no such site, or it did not use the framework. */
  readonly before: Score | null;
  readonly after: Score | null;
}

/** A failing pair, and what is done about it before and after. */
export interface HealMove {
  readonly target: ApplianceTarget;
  /** Name of the host. */
  readonly host: string;
  readonly check: string;
  /** Null: not assigned before, or judged by another check. */
  readonly before: HealForecast | null;
  /** Null: the check changes, so whether it fails is not known here. */
  readonly after: HealForecast | null;
}

/** What is done about a failing pair. */
export interface HealForecast {
  /** The first one whose condition holds would run; at most the last one has no condition. */
  readonly heals: readonly (HealPlan & { readonly conditional: boolean })[];
  /** Why nothing runs when none of them does; null when the last one has no condition. */
  readonly hold: { readonly code: HoldCode; readonly until: Instant | null } | null;
}

/** A partner that is in force, and the graph it is declared in. */
export interface GraphOfPartner {
  readonly name: string;
  readonly graph: Graph;
}

/** An observed site, and the partner it is of. */
export interface ObservedPlace {
  readonly partner: ObservedPartner;
  readonly site: ObservedSite;
}

/** Observed sites by ULID. */
export function observedPlaces({ partners }: ObservedState): ReadonlyMap<string, ObservedPlace> {
  return new Map(
    partners.flatMap((partner) => partner.sites.map((site) => [site.id, { partner, site }] as const)),
  );
}

/** The digest of the check that a known verdict was judged by. */
export function judgedBy({ partner }: ObservedPlace, check: string): string | undefined {
  return Object.hasOwn(partner.checks, check) ? partner.checks[check] : undefined;
}
