import {
  type Action,
  compareDiagnostics,
  type FormerPlaces,
  type Notice,
  parseDocument,
  type ParsedFile,
  plannedAction,
  type PlanReport,
} from "@compline/core";
import { enrolmentsOf } from "../../reconcile/enrolments.ts";
import { foresee, type Foresight } from "../../reconcile/foresee.ts";
import type { LivePartner } from "../../reconcile/accept.ts";
import { readObservedFile } from "../observed.ts";
import { decisionErrors, refusedDecisions } from "./decisions.ts";
import { forecastOf } from "./forecast.ts";
import { type Parse, type PlanRequest, readSides, type Sides } from "./sides.ts";

/** A plan, and the very actions that publishing would do. */
export interface MadePlan {
  readonly report: PlanReport;
  readonly actions: readonly Action[];
}

/** Makes the plan. Reads only; throws what `readSides` and `readObservedFile` throw. */
export async function makePlan(request: PlanRequest, nowMs: number): Promise<MadePlan> {
  const observed = request.observed === undefined ? null : await readObservedFile(request.observed);
  const sides = await readSides(request, rememberingParse(), nowMs);
  const { base, head } = sides;
  const foresight = foresee(base.before, { loaded: head.loaded, at: base.at, source: base.source }, nowMs);
  const places = formerPlaces(base.before.sources.flat());
  const { actions } = foresight;
  const decisions = await decisionErrors(request.repo, sides);
  const report: PlanReport = {
    schemaVersion: "1",
    base: base.side,
    head: head.side,
    notices: noticesOf(sides, foresight),
    refused: [...foresight.refused, ...refusedDecisions(decisions)],
    diagnostics: [
      ...head.loaded.diagnostics.filter(({ severity }) => severity === "error"),
      ...decisions,
    ].toSorted(compareDiagnostics),
    actions: actions.map((action) => plannedAction(action, places)),
    forecast: observed === null ? null : forecastOf(observed, { before: base.before, foresight, nowMs }),
  };
  return { report, actions };
}

function rememberingParse(): Parse {
  const known = new Map<string, { readonly text: string; readonly parsed: ParsedFile }>();
  return (file) => {
    const before = known.get(file.path);
    if (before?.text === file.text) return before.parsed;
    const parsed = parseDocument(file);
    known.set(file.path, { text: file.text, parsed });
    return parsed;
  };
}

function formerPlaces(inForce: readonly LivePartner[]): FormerPlaces {
  const enrolments = [...enrolmentsOf(inForce).values()];
  return new Map(
    enrolments.map(({ appliance, name, siteName, partner }) => [
      appliance,
      { partner: partner.name, site: siteName, appliance: name },
    ]),
  );
}

function noticesOf({ base, contained }: Sides, { partners }: Foresight): readonly Notice[] {
  const notices: Notice[] = [];
  if (base.side.kind === "nothing") {
    const message = "Nothing was accepted yet and there is no commit to compare with: everything is new.";
    notices.push({ code: "NOTHING_BEFORE", message });
  }
  if (base.refused.length > 0) {
    const names = base.refused.map(({ partner }) => partner ?? "the library").join(", ");
    const message = `Of what the plan starts from, this would itself be refused, and is taken not to be in force: ${names}.`;
    notices.push({ code: "BASE_REFUSED", message });
  }
  if (!contained) {
    const message =
      "What is planned does not contain what it is compared with: what only the latter has looks as if it went away. Merge or rebase first.";
    notices.push({ code: "BASE_NOT_CONTAINED", message });
  }
  return [...notices, ...notEnrolled(partners)];
}

function notEnrolled(partners: readonly LivePartner[]): readonly Notice[] {
  const names = partners.flatMap(({ name, graph }) => {
    const sites = [...(graph.partners.get(name)?.sites.values() ?? [])];
    return sites.flatMap(({ document, appliances }) =>
      [...appliances.values()]
        .filter(({ spec }) => spec.id === undefined)
        .map((appliance) => `${name}/${document.name} ${appliance.name}`),
    );
  });
  if (names.length === 0) return [];
  const message = `Declared, not enrolled, and without work until they are: ${names.join(", ")}.`;
  return [{ code: "NOT_ENROLLED", message }];
}
