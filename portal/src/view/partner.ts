import type { Score, Snapshot } from "@compline/core";
import type { FleetEntry } from "./fleet-entry.ts";
import type { Link } from "./results.ts";
import { checkUrl, libraryUrl } from "./urls.ts";

/** The page of the partner. */
export interface PartnerPage {
  readonly sites: readonly {
    readonly link: Link;
    readonly zone: string;
    /** Titles of its frameworks. */
    readonly frameworks: string;
    readonly score: Score;
  }[];
  readonly frameworks: readonly {
    readonly link: Link;
    readonly version: string;
    readonly sites: number;
    /** Over all sites that use it; null when none does. */
    readonly score: Score | null;
  }[];
  readonly rules: readonly {
    readonly check: Link;
    readonly rule: string;
    readonly runbook: string;
    readonly risk: string;
  }[];
}

/** What the partner has: sites, frameworks in use, rules that heal. */
export function partnerPage(snapshot: Snapshot, fleet: readonly FleetEntry[]): PartnerPage {
  return {
    sites: fleet.map(({ link, zone, frameworks, row }) => ({
      link,
      zone,
      frameworks: snapshot.frameworks
        .filter(({ id }) => frameworks.includes(id))
        .map(({ title }) => title)
        .join(", "),
      score: row.score,
    })),
    frameworks: snapshot.frameworks.map(({ id, title, version }) => ({
      link: { text: title, url: libraryUrl(id) },
      version,
      sites: fleet.filter(({ frameworks }) => frameworks.includes(id)).length,
      score: snapshot.partner.frameworkStatus[id]?.score ?? null,
    })),
    rules: snapshot.checks.flatMap(({ name, title, rule }) => {
      if (rule === null) return [];
      const { runbookTitle: runbook, risk } = rule;
      return [{ check: { text: title, url: checkUrl(name) }, rule: rule.name, runbook, risk }];
    }),
  };
}
