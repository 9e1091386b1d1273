import type { Kind, Platform } from "@compline/schemas";
import { type Diagnostic, errorAt } from "../manifest/diagnostic.ts";
import type { AnyDocument, ManifestDocument } from "../manifest/document.ts";
import { quote } from "../manifest/form.ts";
import { nearest } from "../manifest/nearest.ts";
import { type Place, pathForm, placeOf } from "../manifest/place.ts";
import { joinPointer } from "../manifest/yaml.ts";
import { type ByKind, frameworkOfFamily } from "./by-kind.ts";
import type { Graph } from "./graph.ts";

type Targets = ReadonlyMap<string, { readonly path: string }>;

interface Reference {
  readonly from: AnyDocument;
  readonly pointer: string;
  readonly kind: Kind;
  readonly name: string;
  readonly targets: Targets;
}

/** Every name that resolves nowhere, and every pair of things for different platforms. */
export function referenceFindings(byKind: ByKind, graph: Graph, broken: readonly Place[]): Diagnostic[] {
  const references = [
    ...byKind.ControlFamily.flatMap((family) => familyReferences(family, graph)),
    ...byKind.Preset.flatMap((preset) => frameworkReferences(preset, preset.spec.frameworks, graph)),
    ...byKind.Rule.flatMap((rule) => ruleReferences(rule, graph)),
    ...byKind.Drill.map((drill) => reference(drill, "/spec/check", "Check", drill.spec.check, graph.checks)),
    ...byKind.Site.flatMap((site) => siteReferences(site, graph)),
  ];
  const missing = references
    .filter(({ name, targets }) => !targets.has(name))
    .filter((one) => !broken.some((place) => isTarget(one, place)))
    .map(missingName);
  return [...missing, ...homeless(byKind, broken), ...platformFindings(byKind, graph)];
}

function reference(
  from: AnyDocument,
  pointer: string,
  kind: Kind,
  name: string,
  targets: Targets,
): Reference {
  return { from, pointer, kind, name, targets };
}

function familyReferences(family: ManifestDocument<"ControlFamily">, graph: Graph): Reference[] {
  return family.spec.controls.flatMap((control, at) =>
    (control.checks ?? []).map((name, index) =>
      reference(family, `/spec/controls/${at}/checks/${index}`, "Check", name, graph.checks),
    ),
  );
}

function ruleReferences(rule: ManifestDocument<"Rule">, graph: Graph): Reference[] {
  return [
    reference(rule, "/spec/check", "Check", rule.spec.check, graph.checks),
    reference(rule, "/spec/runbook", "Runbook", rule.spec.runbook, graph.runbooks),
  ];
}

function frameworkReferences(
  from: ManifestDocument<"Preset"> | ManifestDocument<"Site">,
  names: readonly string[],
  graph: Graph,
): Reference[] {
  const frameworks = new Map([...graph.frameworks].map(([name, { document }]) => [name, document]));
  return names.map((name, at) =>
    reference(from, joinPointer("/spec/frameworks", at), "Framework", name, frameworks),
  );
}

function siteReferences(site: ManifestDocument<"Site">, graph: Graph): Reference[] {
  const { preset } = site.spec;
  const partner = placeOf(site.path)?.partner ?? "";
  const node = graph.partners.get(partner)?.sites.get(site.name);
  const appliances = node?.appliances;
  return [
    ...frameworkReferences(site, site.spec.frameworks ?? [], graph),
    ...(preset === undefined ? [] : [reference(site, "/spec/preset", "Preset", preset, graph.presets)]),
    // Without its partner a site is not in the graph; then only that is reported.
    ...(appliances === undefined ? [] : site.spec.hosts).map((host, at) =>
      reference(site, `/spec/hosts/${at}/appliance`, "Appliance", host.appliance, appliances ?? new Map()),
    ),
  ];
}

function isTarget({ from, kind, name }: Reference, place: Place): boolean {
  if (place.kind !== kind || place.name !== name) return false;
  const home = placeOf(from.path);
  return kind !== "Appliance" || (home?.partner === place.partner && home?.site === place.site);
}

function missingName({ from, pointer, kind, name, targets }: Reference): Diagnostic {
  const near = nearest(name, targets.keys());
  const hint = near === null ? null : `nearest: ${near} in ${targets.get(near)?.path}`;
  const expected = `the name of ${article(kind)} declared at ${pathForm(kind)}`;
  const at = from.locate(pointer);
  return errorAt({ file: from.path, at, pointer, code: "REF_MISSING", expected, found: quote(name), hint });
}

function article(kind: Kind): string {
  return /^[AEIOU]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

/** Documents in a folder that lacks the document the folder belongs to. */
function homeless(byKind: ByKind, broken: readonly Place[]): Diagnostic[] {
  const declared = new Set([...byKind.Framework, ...byKind.Partner, ...byKind.Site].map(({ path }) => path));
  const known = new Set([...declared, ...broken.filter((place) => place.kind !== "Appliance").map(homePath)]);
  const homes: [AnyDocument, string][] = [
    ...byKind.ControlFamily.map((one): [AnyDocument, string] => [one, frameworkPath(one.path)]),
    ...byKind.Site.map((one): [AnyDocument, string] => [
      one,
      one.path.replace(/[^/]+\/site\.yaml$/, "partner.yaml"),
    ]),
    ...byKind.Appliance.map((one): [AnyDocument, string] => [
      one,
      one.path.replace(/appliances\/.*$/, "site.yaml"),
    ]),
  ];
  return homes
    .filter(([, home]) => !known.has(home))
    .map(([document, home]) => {
      const expected = `${home}, to which this file belongs`;
      return errorAt({
        file: document.path,
        at: document.locate(""),
        code: "REF_MISSING",
        expected,
        found: "no such document",
      });
    });
}

function frameworkPath(familyPath: string): string {
  return `frameworks/${frameworkOfFamily(familyPath)}/framework.yaml`;
}

function homePath(place: Place): string {
  if (place.kind === "Framework") return `frameworks/${place.name}/framework.yaml`;
  const folder = place.kind === "Site" ? `${place.partner}/${place.name}/site` : `${place.partner}/partner`;
  return `sites/${folder}.yaml`;
}

/** A rule, its check and its runbook, and a drill and its check, must be for the same platforms. */
function platformFindings(byKind: ByKind, graph: Graph): Diagnostic[] {
  const rules = byKind.Rule.flatMap((rule) => {
    const { check, runbook, platforms } = rule.spec;
    const runbookPlatform = graph.runbooks.get(runbook)?.spec.platform;
    return platforms.flatMap((platform, at) => [
      ...unfit(rule, `/spec/platforms/${at}`, platform, graph.checks.get(check)?.spec.platforms, check),
      ...unfit(rule, `/spec/platforms/${at}`, platform, runbookPlatform && [runbookPlatform], runbook),
    ]);
  });
  const drills = byKind.Drill.flatMap((drill) => {
    const { check, platform } = drill.spec;
    return unfit(drill, "/spec/platform", platform, graph.checks.get(check)?.spec.platforms, check);
  });
  return [...rules, ...drills];
}

function unfit(
  from: AnyDocument,
  pointer: string,
  platform: Platform,
  allowed: readonly Platform[] | undefined,
  target: string,
): Diagnostic[] {
  if (allowed === undefined || allowed.includes(platform)) return [];
  const expected = `a platform of ${target}: ${allowed.join(", ")}`;
  const at = from.locate(pointer);
  return [errorAt({ file: from.path, at, pointer, code: "REF_PLATFORM", expected, found: platform })];
}
