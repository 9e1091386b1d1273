import type { SiteView, SnapshotHead } from "@compline/core";
import { bundleUrl, checkUrl, frameworkUrl, hostUrl, libraryUrl, resultsUrl, siteUrl } from "../view/urls.ts";

/** Pages that exist whatever the snapshot says. */
const FIXED = ["/", "/partner/", "/drills/", "/verify/", "/how-evidence-works/", "/404/"];

/** The path of every page that is about no site in particular, each once, in a stable order. */
export function fleetRoutes({ checks, frameworks }: SnapshotHead): readonly string[] {
  return [
    ...FIXED,
    ...checks.map((check) => checkUrl(check.name)),
    ...frameworks.map((framework) => libraryUrl(framework.id)),
  ];
}

/** The path of every page of a site, each once, in a stable order. */
export function siteRoutes(head: SnapshotHead, site: SiteView): readonly string[] {
  const frameworks = head.frameworks.filter((framework) => site.frameworks.includes(framework.id));
  const paths = [
    siteUrl(site.name),
    resultsUrl(site.name),
    ...site.hosts.map((host) => hostUrl(site.name, host.name)),
    ...frameworks.map((framework) => frameworkUrl(site.name, framework.id)),
    ...site.bundles.map((bundle) => bundleUrl(bundle.digest)),
  ];
  return [...new Set(paths)];
}
