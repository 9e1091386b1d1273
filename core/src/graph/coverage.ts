import type { Kind } from "@compline/schemas";
import { type Diagnostic, warningAt } from "../manifest/diagnostic.ts";
import type { ManifestDocument } from "../manifest/document.ts";
import { quote } from "../manifest/form.ts";
import { type Place, pathForm } from "../manifest/place.ts";
import type { ByKind } from "./by-kind.ts";

/**
 * Checks that nothing leads to: no control names them, or a rule heals them and no drill shows that it does. While a
 * file that could lead to them is broken, nothing is said: that file's own fault is reported.
 */
export function coverageFindings(byKind: ByKind, broken: readonly Place[]): Diagnostic[] {
  const isBroken = (kind: Kind): boolean => broken.some((place) => place.kind === kind);
  return [
    ...(isBroken("ControlFamily") ? [] : unusedChecks(byKind)),
    ...(isBroken("Drill") ? [] : undrilledChecks(byKind)),
  ];
}

function unusedChecks({ Check, ControlFamily }: ByKind): Diagnostic[] {
  const controls = ControlFamily.flatMap((family) => family.spec.controls);
  const named = new Set(controls.flatMap((control) => control.checks ?? []));
  const expected = `a control that names the check, at ${pathForm("ControlFamily")}`;
  return Check.filter(({ name }) => !named.has(name)).map((check) =>
    warningAt({
      ...nameOf(check),
      code: "REF_UNUSED",
      expected,
      found: `none that names ${quote(check.name)}`,
    }),
  );
}

/** A rule of another owner than the agent only reports, so nothing is healed that a drill could show. */
function undrilledChecks({ Check, Rule, Drill }: ByKind): Diagnostic[] {
  const healed = new Set(Rule.filter(({ spec }) => spec.owner === "agent").map(({ spec }) => spec.check));
  const drilled = new Set(Drill.map(({ spec }) => spec.check));
  const expected = `a drill that breaks what a rule heals, at ${pathForm("Drill")}`;
  return Check.filter(({ name }) => healed.has(name) && !drilled.has(name)).map((check) =>
    warningAt({ ...nameOf(check), code: "REF_UNDRILLED", expected, found: `none for ${quote(check.name)}` }),
  );
}

function nameOf(check: ManifestDocument<"Check">) {
  const pointer = "/metadata/name";
  return { file: check.path, at: check.locate(pointer), pointer };
}
