import type { Snapshot } from "@compline/core";
import { type FrameworkState, frameworkStates } from "./site.ts";
import type { Link } from "./results.ts";
import { libraryUrl, siteUrl } from "./urls.ts";

/** The page of the partner. */
export interface PartnerPage {
  readonly sites: readonly {
    readonly link: Link;
    readonly zone: string;
    readonly states: readonly FrameworkState[];
  }[];
  readonly frameworks: readonly {
    readonly link: Link;
    readonly version: string;
    readonly sites: number;
  }[];
  readonly rules: readonly {
    readonly check: Link;
    readonly rule: string;
    readonly runbook: string;
    readonly risk: string;
  }[];
}

/** What the partner has: sites, frameworks in use, rules that heal. */
export function partnerPage(snapshot: Snapshot): PartnerPage {
  return {
    sites: snapshot.sites.map((site) => ({
      link: { text: site.displayName, url: siteUrl(site.name) },
      zone: site.timeZone,
      states: frameworkStates(snapshot, site),
    })),
    frameworks: snapshot.frameworks.map((framework) => ({
      link: { text: framework.title, url: libraryUrl(framework.id) },
      version: framework.version,
      sites: snapshot.sites.filter((site) => site.frameworks.includes(framework.id)).length,
    })),
    rules: snapshot.checks.flatMap(({ name, title, rule }) =>
      rule === null
        ? []
        : [
            {
              check: { text: title, url: `/checks/${name}/` },
              rule: rule.name,
              runbook: rule.runbookTitle,
              risk: rule.risk,
            },
          ],
    ),
  };
}
