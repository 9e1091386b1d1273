import type { CheckView, FrameworkView, HostView, SiteView, Snapshot, Status } from "@compline/core";

/** The site of an address. A page is rendered only for routes of the snapshot, so it exists. */
export function siteNamed(snapshot: Snapshot, name: string | undefined): SiteView {
  return found(
    snapshot.sites.find((site) => site.name === name),
    `site ${name}`,
  );
}

/** The framework with this id. */
export function frameworkNamed(snapshot: Snapshot, id: string | undefined): FrameworkView {
  return found(
    snapshot.frameworks.find((framework) => framework.id === id),
    `framework ${id}`,
  );
}

/** The check with this name. */
export function checkNamed(snapshot: Snapshot, name: string | undefined): CheckView {
  return found(
    snapshot.checks.find((check) => check.name === name),
    `check ${name}`,
  );
}

/** The host with this name or ULID. */
export function hostNamed(site: SiteView, reference: string | undefined): HostView {
  return found(hostOf(site, reference), `host ${reference}`);
}

/** The host with this name or ULID, or undefined: evidence may name a host that has left the site. */
export function hostOf(site: SiteView, reference: string | undefined): HostView | undefined {
  return site.hosts.find((host) => host.id === reference || host.name === reference);
}

/** The frameworks of a site, in the snapshot's order. */
export function frameworksOf(snapshot: Snapshot, site: SiteView): readonly FrameworkView[] {
  return snapshot.frameworks.filter((framework) => site.frameworks.includes(framework.id));
}

/** What a framework comes to at a site that uses it. */
export function statusAt(site: SiteView, framework: FrameworkView): Status {
  return found(site.frameworkStatus[framework.id], `status of ${framework.id} at ${site.name}`);
}

/** A check's title, or its name when the library no longer has it. */
export function checkTitle(snapshot: Snapshot, name: string): string {
  return snapshot.checks.find((check) => check.name === name)?.title ?? name;
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`unreachable: no ${what} in the snapshot`);
  return value;
}
