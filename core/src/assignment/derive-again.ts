import type { JudgedAssignment } from "../evidence/assignment.ts";
import type { TimeWindow } from "../evidence/statement.ts";
import { controlsOf, frameworksOfSite, type Graph } from "../graph/graph.ts";
import { graphOf } from "../graph/structure.ts";
import { type ParsedFile, parseDocument, type SourceFile } from "../manifest/parse-document.ts";
import { type ApplianceTarget, deriveAssignment } from "./derive.ts";
import { sameJson } from "./same-json.ts";

/** What deriving an assignment again came to; `unknown` when this program cannot tell. */
export type DerivedAgain =
  | { readonly kind: "same" }
  | { readonly kind: "differs" | "unknown"; readonly message: string };

const HOUR_MS = 3_600_000;
/** No controller lets a box heal nearly as long, and maintenance windows are expanded over all of it. */
const MOST_MS = 100 * 24 * HOUR_MS;
/** Tables of time zones of different ages differ by no more. */
const ZONES_DIFFER_MS = 3 * HOUR_MS;

/**
 * Derives an assignment again from the files that it says it follows from, given as they are, and compares. What is
 * taken from the assignment itself is what no file says: revision, generation, times, and a kill switch that was read
 * from a newer tree. Files that it does not name may be missing without being missed, but for checks that a control
 * names. `parse` may remember.
 */
export function deriveAgain(
  assignment: JudgedAssignment,
  files: readonly SourceFile[],
  parse: (file: SourceFile) => ParsedFile = parseDocument,
): DerivedAgain {
  const { issuedAt, healUntil } = assignment;
  if (Date.parse(healUntil) - Date.parse(issuedAt) > MOST_MS)
    return { kind: "unknown", message: `it lets a box heal for more than ${MOST_MS / 24 / HOUR_MS} days` };
  const parsed = files.map((file) => parse(file));
  const broken = parsed.find(({ document }) => document === null);
  if (broken !== undefined) return differs(`${broken.path} is no document of the desired state`);
  const graph = graphOf(parsed.flatMap(({ document }) => document ?? []));
  const target = targetOf(graph, assignment.appliance);
  if (target === null) return differs(`no file enrols appliance ${assignment.appliance}`);
  const lacking = lackingCheck(graph, target);
  if (lacking !== null) return differs(lacking);
  return compare(graph, target, assignment);
}

function compare(graph: Graph, target: ApplianceTarget, assignment: JudgedAssignment): DerivedAgain {
  const { generation, revision, issuedAt, healUntil, healing } = assignment;
  const killSwitch = healing.killSwitch === true;
  const derived = deriveAssignment(graph, target, { generation, revision, issuedAt, healUntil, killSwitch });
  if (derived === null) throw new Error("unreachable: the target is enrolled in this graph");
  const other = differences(withoutWindows(derived), withoutWindows(assignment));
  if (other.length > 0) return differs(`the files give another ${other.join(", ")}`);
  return compareWindows(derived.healing.windows, healing.windows);
}

function differs(message: string): DerivedAgain {
  return { kind: "differs", message };
}

function targetOf(graph: Graph, id: string): ApplianceTarget | null {
  for (const [partner, { sites }] of graph.partners)
    for (const [site, { appliances }] of sites)
      for (const { name, spec } of appliances.values())
        if (spec.id === id) return { partner, site, appliance: name };
  return null;
}

/** A check that a control of the site names and that is not among the files: it may have been left out. */
function lackingCheck(graph: Graph, { partner, site }: ApplianceTarget): string | null {
  const node = graph.partners.get(partner)?.sites.get(site);
  const controls = node === undefined ? [] : frameworksOfSite(graph, node).flatMap(controlsOf);
  for (const { id, checks = [] } of controls) {
    const lacking = checks.find((check) => !graph.checks.has(check));
    if (lacking !== undefined) return `control ${id} names check ${lacking}, whose file it does not list`;
  }
  return null;
}

function withoutWindows({
  healing,
  ...rest
}: {
  readonly healing: object;
}): Readonly<Record<string, unknown>> {
  return { ...rest, healing: { ...healing, windows: null } };
}

/** Names of the members that are not the same. */
function differences(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter(
    (name) => Object.hasOwn(a, name) !== Object.hasOwn(b, name) || !sameJson(a[name], b[name]),
  );
}

/** Windows are expanded by the time zones that a machine knows, and those change. */
function compareWindows(
  derived: readonly TimeWindow[] | null,
  given: readonly TimeWindow[] | null,
): DerivedAgain {
  if (sameJson(derived, given)) return { kind: "same" };
  const isNear = (a: string | undefined, b: string): boolean =>
    a !== undefined && Math.abs(Date.parse(a) - Date.parse(b)) <= ZONES_DIFFER_MS;
  const near =
    derived?.length === given?.length &&
    given?.every(
      ({ start, end }, at) => isNear(derived?.[at]?.start, start) && isNear(derived?.[at]?.end, end),
    );
  if (near === true)
    return {
      kind: "unknown",
      message: "its maintenance windows are others by the time zones that this program knows",
    };
  return differs("the files give other maintenance windows");
}
