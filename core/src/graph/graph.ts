import type { Control, Host } from "@compline/schemas";
import { compareText } from "../manifest/diagnostic.ts";
import type { ManifestDocument } from "../manifest/document.ts";

/** A framework with its families, in the order of their controls' numbers. */
export interface FrameworkNode {
  readonly document: ManifestDocument<"Framework">;
  readonly families: readonly ManifestDocument<"ControlFamily">[];
}

/** A site with what is declared there. */
export interface SiteNode {
  /** Name of the partner. */
  readonly partner: string;
  readonly document: ManifestDocument<"Site">;
  readonly appliances: ReadonlyMap<string, ManifestDocument<"Appliance">>;
}

/** A partner with its sites by name. */
export interface PartnerNode {
  readonly document: ManifestDocument<"Partner">;
  readonly sites: ReadonlyMap<string, SiteNode>;
}

/** Everything declared, by name, with what leads from one thing to the next. Maps are in the order of names. */
export interface Graph {
  readonly frameworks: ReadonlyMap<string, FrameworkNode>;
  readonly presets: ReadonlyMap<string, ManifestDocument<"Preset">>;
  readonly checks: ReadonlyMap<string, ManifestDocument<"Check">>;
  readonly rules: ReadonlyMap<string, ManifestDocument<"Rule">>;
  readonly runbooks: ReadonlyMap<string, ManifestDocument<"Runbook">>;
  readonly drills: ReadonlyMap<string, ManifestDocument<"Drill">>;
  readonly partners: ReadonlyMap<string, PartnerNode>;
  /** The rules that answer a check's fail, the highest priority first. */
  readonly rulesOfCheck: ReadonlyMap<string, readonly ManifestDocument<"Rule">[]>;
  /** The checks that a framework's controls name and that exist, sorted. */
  readonly checksOfFramework: ReadonlyMap<string, readonly string[]>;
}

/** All controls of a framework, in the framework's order. */
export function controlsOf(framework: FrameworkNode): readonly Control[] {
  return framework.families.flatMap((family) => family.spec.controls);
}

/** The frameworks that a site names, then those that its preset adds, as far as they exist. */
export function frameworksOfSite(graph: Graph, site: SiteNode): readonly FrameworkNode[] {
  const named = site.document.spec.frameworks ?? [];
  const added = presetOfSite(graph, site)?.spec.frameworks ?? [];
  return [...new Set([...named, ...added])].flatMap((name) => graph.frameworks.get(name) ?? []);
}

/** The preset that a site names, when it exists. */
export function presetOfSite(graph: Graph, site: SiteNode): ManifestDocument<"Preset"> | undefined {
  const { preset } = site.document.spec;
  return preset === undefined ? undefined : graph.presets.get(preset);
}

/** The checks that a control of one of the site's frameworks names, sorted. */
export function checksOfSite(graph: Graph, site: SiteNode): readonly string[] {
  const frameworks = frameworksOfSite(graph, site).map(({ document }) => document.name);
  const known = checksOf.get(graph) ?? new Map<string, readonly string[]>();
  checksOf.set(graph, known);
  const key = frameworks.join();
  const checks = known.get(key) ?? sortedChecks(graph, frameworks);
  known.set(key, checks);
  return checks;
}

/** Sites that follow the same frameworks ask for the same checks: they are sorted once for a graph. */
const checksOf = new WeakMap<Graph, Map<string, readonly string[]>>();

function sortedChecks({ checksOfFramework }: Graph, frameworks: readonly string[]): readonly string[] {
  const names = frameworks.flatMap((name) => checksOfFramework.get(name) ?? []);
  return [...new Set(names)].toSorted(compareText);
}

/** The hosts that an appliance looks at, sorted by id. */
export function hostsOfAppliance(site: SiteNode, appliance: string): readonly Host[] {
  return site.document.spec.hosts
    .filter((host) => host.appliance === appliance)
    .toSorted((a, b) => compareText(a.id, b.id));
}

/** What is looked at: host (ULID) and check. */
export type Pair = readonly [host: string, check: string];

/** What an appliance looks at: every host with every check of the site that is meant for its platform, sorted. */
export function pairsOfAppliance(graph: Graph, site: SiteNode, appliance: string): readonly Pair[] {
  return pairsOfHosts(graph, site, hostsOfAppliance(site, appliance));
}

/** What is looked at on some of a site's hosts, in the order of the hosts. */
export function pairsOfHosts(graph: Graph, site: SiteNode, hosts: readonly Host[]): readonly Pair[] {
  const names = checksOfSite(graph, site);
  return hosts.flatMap((host) =>
    names
      .filter((name) => graph.checks.get(name)?.spec.platforms.includes(host.platform) === true)
      .map((name): Pair => [host.id, name]),
  );
}
