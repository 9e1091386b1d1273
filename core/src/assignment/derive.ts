import type { Assignment, CheckSpec, Host, RuleSpec, RunbookSpec } from "@compline/schemas";
import { sliceDigest } from "../evidence/assignment.ts";
import type { Instant } from "../evidence/statement.ts";
import {
  checksOfSite,
  frameworksOfSite,
  type Graph,
  hostsOfAppliance,
  type Pair,
  pairsOfHosts,
  presetOfSite,
  type SiteNode,
} from "../graph/graph.ts";
import { compareText } from "../manifest/diagnostic.ts";
import type { AnyDocument, ManifestDocument } from "../manifest/document.ts";
import { durationMs } from "../manifest/duration.ts";
import { declaredWindows, expandWindows } from "./windows.ts";

/** An appliance by its place in the tree. */
export interface ApplianceTarget {
  readonly partner: string;
  readonly site: string;
  readonly appliance: string;
}

/** What an assignment says about its own making. */
export interface AssignmentStamp {
  readonly generation: number;
  readonly revision: string;
  readonly issuedAt: Instant;
  readonly healUntil: Instant;
  /** True when a kill switch is engaged that the graph does not know: one read from a tree that was refused. */
  readonly killSwitch?: boolean;
}

/** The longest an appliance stays silent. */
const heartbeatMs = 2 * 3_600_000;

/** Every appliance that has an identity and a key, sorted by partner, site and name. */
export function enrolledAppliances(graph: Graph): readonly ApplianceTarget[] {
  return [...graph.partners].flatMap(([partner, { sites }]) =>
    [...sites].flatMap(([site, { appliances }]) =>
      [...appliances.values()]
        .filter((appliance) => appliance.spec.id !== undefined)
        .map(({ name }) => ({ partner, site, appliance: name })),
    ),
  );
}

/**
 * Everything an appliance must do, from the graph alone: anyone with the same files derives the same. Null when the
 * appliance is not declared or not enrolled.
 */
export function deriveAssignment(
  graph: Graph,
  target: ApplianceTarget,
  stamp: AssignmentStamp,
): Assignment | null {
  const partner = graph.partners.get(target.partner);
  const site = partner?.sites.get(target.site);
  const appliance = site?.appliances.get(target.appliance);
  if (partner === undefined || site === undefined || appliance?.spec.id === undefined) return null;
  const hosts = hostsOfAppliance(site, target.appliance);
  const work = workOf(graph, site, hosts);
  const declared = [partner.document, site.document, appliance, ...frameworkFiles(graph, site)];
  // Also checks for other platforms: then one that is not listed was left out.
  const checks = checksOfSite(graph, site).flatMap((name) => graph.checks.get(name) ?? []);
  const files = fileList([...declared, ...checks, ...work.rules, ...work.runbooks]);
  const engaged = [partner.document.spec.killSwitch, site.document.spec.killSwitch].some(
    (one) => one?.engaged,
  );
  const { healing, timeZone } = site.document.spec;
  const windows = declaredWindows(healing.windows, timeZone);
  return {
    schemaVersion: "1",
    partner: partner.document.spec.id,
    site: site.document.spec.id,
    appliance: appliance.spec.id,
    generation: stamp.generation,
    revision: stamp.revision,
    issuedAt: stamp.issuedAt,
    healUntil: stamp.healUntil,
    slice: sliceDigest(files),
    files,
    pairs: work.pairs.map(([host, check]): [string, string] => [host, check]),
    checks: byName(work.checks, ({ digest }) => digest),
    rules: byName(work.rules, ({ digest }) => digest),
    runbooks: byName(work.runbooks, ({ digest }) => digest),
    healing: {
      mode: healing.mode,
      riskCeiling: healing.riskCeiling,
      killSwitch: engaged || stamp.killSwitch === true,
      windows: expandWindows(windows, stamp.issuedAt, stamp.healUntil),
      declaredWindows: windows,
    },
    hosts: hosts.map(({ id, name, platform, transport }) => ({ id, name, platform, transport })),
    intervals: byName(work.checks, ({ spec }) => durationMs(site.document.spec.cadence ?? spec.interval)),
    definitions: {
      checks: byName(work.checks, ({ spec }): CheckSpec => spec),
      rules: byName(work.rules, ({ spec }): RuleSpec => spec),
      runbooks: byName(work.runbooks, ({ spec }): RunbookSpec => spec),
    },
    heartbeatMs,
    library: { manifest: null, signature: null },
  };
}

interface Work {
  readonly pairs: readonly Pair[];
  readonly checks: readonly ManifestDocument<"Check">[];
  readonly rules: readonly ManifestDocument<"Rule">[];
  readonly runbooks: readonly ManifestDocument<"Runbook">[];
}

/** The pairs, and only those checks, rules and runbooks that a pair needs, each sorted by name. */
function workOf(graph: Graph, site: SiteNode, hosts: readonly Host[]): Work {
  const pairs = pairsOfHosts(graph, site, hosts);
  const platforms = new Set(hosts.map(({ platform }) => platform));
  const checkNames = sortedNames(pairs.map(([, check]) => check));
  const rules = checkNames
    .flatMap((name) => graph.rulesOfCheck.get(name) ?? [])
    .filter((rule) => rule.spec.platforms.some((platform) => platforms.has(platform)))
    .toSorted((a, b) => compareText(a.name, b.name));
  const runbookNames = sortedNames(rules.map((rule) => rule.spec.runbook));
  return {
    pairs,
    checks: checkNames.flatMap((name) => graph.checks.get(name) ?? []),
    rules,
    runbooks: runbookNames.flatMap((name) => graph.runbooks.get(name) ?? []),
  };
}

function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted(compareText);
}

/** The frameworks are part of the slice, and the preset that names them: they say which checks the site needs. */
function frameworkFiles(graph: Graph, site: SiteNode): readonly AnyDocument[] {
  const preset = presetOfSite(graph, site);
  const frameworks = frameworksOfSite(graph, site);
  return [
    ...(preset === undefined ? [] : [preset]),
    ...frameworks.flatMap(({ document, families }) => [document, ...families]),
  ];
}

function fileList(documents: readonly AnyDocument[]): [string, string][] {
  return documents
    .map(({ path, sha256 }): [string, string] => [path, sha256])
    .toSorted(([a], [b]) => compareText(a, b));
}

function byName<D extends { readonly name: string }, V>(
  documents: readonly D[],
  value: (of: D) => V,
): Record<string, V> {
  return Object.fromEntries(documents.map((document) => [document.name, value(document)]));
}
