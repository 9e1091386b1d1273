import { frameworkOfFamily } from "../graph/by-kind.ts";
import { placeOf } from "../manifest/place.ts";
import type { Change } from "./read-change.ts";

/**
 * Where the documents are that the changed ones refer to or belong to, and those that may not have the same name. A
 * path is the name, so each is found without reading a file. `*` stands for one part of a path.
 */
export function targetsOf({ after }: Change): readonly string[] {
  return [
    ...after.Check.map(({ name }) => checkPath(name)),
    ...after.Runbook.map(({ name }) => runbookPath(name)),
    ...after.Drill.flatMap(({ name, spec }) => [`runbooks/*/${name}.drill.yaml`, checkPath(spec.check)]),
    ...after.Rule.flatMap(({ spec }) => [
      checkPath(spec.check),
      runbookPath(spec.runbook),
      // A drill mostly stands beside the runbook that it is for.
      `runbooks/*/${spec.runbook}.drill.yaml`,
    ]),
    ...after.ControlFamily.flatMap(({ path, spec }) => [
      frameworkPath(frameworkOfFamily(path)),
      // A control's number is unique over the families of a framework.
      `frameworks/${frameworkOfFamily(path)}/controls/*.yaml`,
      ...spec.controls.flatMap(({ checks }) => (checks ?? []).map(checkPath)),
    ]),
    ...after.Preset.flatMap(({ spec }) => spec.frameworks.map(frameworkPath)),
    ...after.Site.flatMap(({ path, spec }) => [
      `sites/${placeOf(path)?.partner}/partner.yaml`,
      ...(spec.frameworks ?? []).map(frameworkPath),
      ...(spec.preset === undefined ? [] : [`frameworks/presets/${spec.preset}.yaml`]),
      ...spec.hosts.map(({ appliance }) => path.replace(/site\.yaml$/, `appliances/${appliance}.yaml`)),
    ]),
    ...after.Appliance.map(({ path }) => path.replace(/appliances\/.*$/, "site.yaml")),
  ];
}

function frameworkPath(name: string): string {
  return `frameworks/${name}/framework.yaml`;
}

function checkPath(name: string): string {
  return `policies/checks/*/${name}.yaml`;
}

function runbookPath(name: string): string {
  return `runbooks/*/${name}.yaml`;
}
