import type { SiteView, Snapshot } from "@compline/core";
import { bundleUrl, checkUrl, frameworkUrl, hostUrl, libraryUrl, resultsUrl, siteUrl } from "../view/urls.ts";

/** Pages that exist whatever the snapshot says. */
const FIXED = ["/", "/partner/", "/drills/", "/verify/", "/how-evidence-works/", "/404/"];

/** The path of every page of a snapshot, each once, in a stable order. */
export function routes(snapshot: Snapshot): readonly string[] {
  const paths = [
    ...FIXED,
    ...snapshot.checks.map((check) => checkUrl(check.name)),
    ...snapshot.frameworks.map((framework) => libraryUrl(framework.id)),
    ...snapshot.sites.flatMap((site) => siteRoutes(snapshot, site)),
  ];
  return [...new Set(paths)];
}

function siteRoutes(snapshot: Snapshot, site: SiteView): readonly string[] {
  const frameworks = snapshot.frameworks.filter((framework) => site.frameworks.includes(framework.id));
  return [
    siteUrl(site.name),
    resultsUrl(site.name),
    ...site.hosts.map((host) => hostUrl(site.name, host.name)),
    ...frameworks.map((framework) => frameworkUrl(site.name, framework.id)),
    ...site.bundles.map((bundle) => bundleUrl(bundle.digest)),
  ];
}
