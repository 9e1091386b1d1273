import { compareText } from "../manifest/diagnostic.ts";
import type { StatusInput } from "./input.ts";
import type { ReportedFault } from "./report.ts";
import type { Notice, SiteState } from "./snapshot.ts";

/**
 * Checks whose own expression is at fault on some host: where in the YAML it stands, and on how many hosts there is no
 * verdict for it. Only facts show it, so no validation can. Sorted by check, then by what is wrong.
 */
export function checkNotices(
  { graph: { checks }, reports }: Pick<StatusInput, "graph" | "reports">,
  sites: readonly SiteState[],
): readonly Notice[] {
  const places = placesIn(reports, sites);
  const faulty = sites.flatMap(({ results }) =>
    results.filter(({ reason }) => faultOf(reason) !== undefined),
  );
  const groups = Map.groupBy(faulty, ({ check, reason }) => `${check} ${reason}`);
  return [...groups]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, group]) => {
      const [{ check: name, reason } = { check: "", reason: null }] = group;
      const [check, fault] = [checks.get(name), faultOf(reason)];
      if (check === undefined || fault === undefined) return [];
      const { pointer, offset } = places.get(`${name} ${reason}`) ?? { pointer: fault.pointer, offset: 0 };
      const { line, column } = check.locate(pointer, "value", offset);
      const hosts = group.length === 1 ? "1 host" : `${group.length} hosts`;
      const message = `${check.path}:${line}:${column}: check ${name} has no verdict on ${hosts}: ${fault.says}.`;
      return [{ code: "CHECK_AT_FAULT", message }];
    });
}

/** Evidence says what went wrong, and a report of an appliance where: of each check and reason one place. */
function placesIn(
  reports: StatusInput["reports"],
  sites: readonly SiteState[],
): ReadonlyMap<string, ReportedFault> {
  const appliances = sites.flatMap((site) => site.appliances.map(({ id }) => id));
  const faults = appliances.flatMap((id) => (id === null ? [] : (reports.get(id)?.report.faults ?? [])));
  return new Map(faults.toReversed().map((fault) => [`${fault.check} ${fault.reason}`, fault]));
}

interface Fault {
  readonly says: string;
  /** Where to begin to look without a report. */
  readonly pointer: string;
}

function faultOf(reason: string | null): Fault | undefined {
  return reason === null ? undefined : faults.get(reason);
}

const faults: ReadonlyMap<string, Fault> = new Map([
  ["CEL_ERROR", { says: "an expression of it cannot be evaluated there", pointer: "/spec/assert" }],
  ["CEL_TIMEOUT", { says: "its expressions take longer than 100 ms there", pointer: "/spec/assert" }],
  ["CEL_NOT_BOOLEAN", { says: "an expression of it gives no boolean there", pointer: "/spec/assert" }],
  ["CEL_NOT_INTEGER", { says: "a recorded field gives no whole number there", pointer: "/spec/record" }],
  ["CEL_NOT_ENUM", { says: "a recorded field gives no text there", pointer: "/spec/record" }],
]);
