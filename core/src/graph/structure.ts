import type { Kind } from "@compline/schemas";
import { compareText, type Diagnostic } from "../manifest/diagnostic.ts";
import type { AnyDocument, ManifestDocument } from "../manifest/document.ts";
import { placeOf } from "../manifest/place.ts";
import { anchorFindings } from "./anchors.ts";
import { byHandFindings } from "./by-hand.ts";
import { type ByKind, frameworkOfFamily, groupByKind } from "./by-kind.ts";
import { collectorFindings } from "./collectors.ts";
import { coverageFindings } from "./coverage.ts";
import { duplicateFindings } from "./duplicates.ts";
import { exercisedFindings } from "./exercised.ts";
import { controlsOf, type FrameworkNode, type Graph, type PartnerNode, type SiteNode } from "./graph.ts";
import { overlapFindings } from "./overlaps.ts";
import { referenceFindings } from "./references.ts";

/** A graph and what is wrong in it, in no order; `byKind` is the documents by path. */
export interface Structure {
  readonly graph: Graph;
  readonly byKind: ByKind;
  readonly diagnostics: readonly Diagnostic[];
}

/** The graph of documents and all that is wrong with it but expressions, whose language takes long to load. */
export function structureOf(documents: readonly AnyDocument[], broken: readonly string[]): Structure {
  const byKind = byPath(documents);
  const graph = graphOfKinds(byKind);
  const places = broken.flatMap((path) => placeOf(path) ?? []);
  const diagnostics = [
    ...duplicateFindings(byKind),
    ...referenceFindings(byKind, graph, places),
    ...collectorFindings(byKind),
    ...overlapFindings(byKind),
    ...anchorFindings(byKind),
    ...byHandFindings(byKind, graph),
    ...coverageFindings(byKind, places),
    ...exercisedFindings(byKind, graph, places),
  ];
  return { graph, byKind, diagnostics };
}

/** The graph alone, of whatever resolves. */
export function graphOf(documents: readonly AnyDocument[]): Graph {
  return graphOfKinds(byPath(documents));
}

function byPath(documents: readonly AnyDocument[]): ByKind {
  return groupByKind(documents.toSorted((a, b) => compareText(a.path, b.path)));
}

function graphOfKinds(byKind: ByKind): Graph {
  const checks = byName(byKind.Check);
  const frameworks = frameworksOf(byKind);
  return {
    frameworks,
    presets: byName(byKind.Preset),
    checks,
    rules: byName(byKind.Rule),
    runbooks: byName(byKind.Runbook),
    drills: byName(byKind.Drill),
    partners: partnersOf(byKind),
    rulesOfCheck: rulesOfCheck(byKind.Rule),
    checksOfFramework: new Map([...frameworks].map(([name, node]) => [name, checkNames(node, checks)])),
  };
}

/** Of two documents with one name the first counts; the second is reported. */
function byName<K extends Kind>(documents: readonly ManifestDocument<K>[]): Map<string, ManifestDocument<K>> {
  const named = new Map<string, ManifestDocument<K>>();
  for (const document of documents.toSorted((a, b) => compareText(a.name, b.name))) {
    if (!named.has(document.name)) named.set(document.name, document);
  }
  return named;
}

function frameworksOf(byKind: ByKind): Map<string, FrameworkNode> {
  const families = Map.groupBy(byKind.ControlFamily, (family) => frameworkOfFamily(family.path));
  return new Map(
    byKind.Framework.map((document) => [
      document.name,
      { document, families: (families.get(document.name) ?? []).toSorted(byPlace) },
    ]),
  );
}

const numbering = new Intl.Collator("en", { numeric: true });

/** Families stand in the framework's own order: the one they declare, else the one that the numbers of their controls show. */
function byPlace(a: ManifestDocument<"ControlFamily">, b: ManifestDocument<"ControlFamily">): number {
  const [one, two] = [a.spec.controls[0]?.id ?? "", b.spec.controls[0]?.id ?? ""];
  const declared = (a.spec.order ?? 0) - (b.spec.order ?? 0);
  return declared || numbering.compare(one, two) || compareText(a.path, b.path);
}

function checkNames(framework: FrameworkNode, checks: ReadonlyMap<string, unknown>): readonly string[] {
  const names = controlsOf(framework).flatMap((control) => control.checks ?? []);
  return [...new Set(names)].filter((name) => checks.has(name)).toSorted(compareText);
}

function rulesOfCheck(rules: ByKind["Rule"]): Map<string, ManifestDocument<"Rule">[]> {
  const sorted = rules.toSorted((a, b) => b.spec.priority - a.spec.priority || compareText(a.name, b.name));
  return Map.groupBy(sorted, (rule) => rule.spec.check);
}

function partnersOf(byKind: ByKind): Map<string, PartnerNode> {
  const appliances = Map.groupBy(byKind.Appliance, (appliance) => siteKey(appliance.path));
  const sites = Map.groupBy(byKind.Site, (site) => partnerOfPath(site.path));
  const node = (document: ManifestDocument<"Site">): SiteNode => ({
    partner: partnerOfPath(document.path),
    document,
    appliances: byName(appliances.get(siteKey(document.path)) ?? []),
  });
  return new Map(
    byKind.Partner.map((document) => {
      const own = sites.get(document.name) ?? [];
      return [document.name, { document, sites: new Map(own.map((site) => [site.name, node(site)])) }];
    }),
  );
}

function partnerOfPath(path: string): string {
  return placeOf(path)?.partner ?? "";
}

function siteKey(path: string): string {
  const place = placeOf(path);
  return `${place?.partner}/${place?.site}`;
}
