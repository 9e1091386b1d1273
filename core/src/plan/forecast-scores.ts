import { pairKey } from "../evidence/state.ts";
import { frameworksOfSite, type Graph, pairsOfHosts, type SiteNode } from "../graph/graph.ts";
import { compareText } from "../manifest/diagnostic.ts";
import { type ControlIndex, controlIndex } from "../verdict/control-index.ts";
import type { Score } from "../verdict/score.ts";
import { type HostCheck, type SiteStatus, siteStatus } from "../verdict/status.ts";
import { type GraphOfPartner, judgedBy, type ObservedPlace, type ScoreMove } from "./forecast.ts";

/** What is in force before and after a plan. */
export interface BothSides {
  readonly before: readonly GraphOfPartner[];
  readonly after: readonly GraphOfPartner[];
}

interface DeclaredSite {
  readonly graph: Graph;
  readonly index: ControlIndex;
  readonly site: SiteNode;
}

/**
 * How scores move. A pair keeps its observed verdict while the same check is looked at on the same host by the same
 * appliance; any other is unknown until it is looked at, and an unknown is no pass. A site that was in force and was
 * not observed is left out, and named in `notKnown`.
 */
export function scoreMoves(
  { before, after }: BothSides,
  places: ReadonlyMap<string, ObservedPlace>,
): { readonly moves: readonly ScoreMove[]; readonly notKnown: readonly string[] } {
  const [old, now] = [sitesById(before), sitesById(after)];
  const ids = [...new Set([...old.keys(), ...now.keys()])];
  const isKnown = (id: string): boolean => !old.has(id) || places.has(id);
  const statusOf = (declared: DeclaredSite | undefined, id: string): SiteStatus | null =>
    declared === undefined ? null : foreseenStatus(declared, places.get(id));
  const moves = ids
    .filter(isKnown)
    .flatMap((id) =>
      movesOf(nameOf(now.get(id) ?? old.get(id)), statusOf(old.get(id), id), statusOf(now.get(id), id)),
    );
  const notKnown = ids.filter((id) => !isKnown(id)).map((id) => nameOf(old.get(id)).join("/"));
  return { moves: moves.toSorted(byPlace), notKnown };
}

/** Partners of one tree share a graph, which is indexed once. */
function sitesById(partners: readonly GraphOfPartner[]): ReadonlyMap<string, DeclaredSite> {
  const declared = new Map<string, DeclaredSite>();
  for (const [graph, own] of Map.groupBy(partners, (partner) => partner.graph)) {
    const index = controlIndex(graph);
    const sites = own.flatMap(({ name }) => [...(graph.partners.get(name)?.sites.values() ?? [])]);
    for (const site of sites) declared.set(site.document.spec.id, { graph, index, site });
  }
  return declared;
}

type SiteName = readonly [partner: string, site: string];

function nameOf(declared: DeclaredSite | undefined): SiteName {
  if (declared === undefined) throw new Error("unreachable: a site is on one of both sides");
  return [declared.site.partner, declared.site.document.name];
}

function foreseenStatus(declared: DeclaredSite, place: ObservedPlace | undefined): SiteStatus {
  const frameworks = frameworksOfSite(declared.graph, declared.site).map(({ document }) => document.name);
  return siteStatus(declared.index, frameworks, verdictsOf(declared, place));
}

function verdictsOf({ graph, site }: DeclaredSite, place: ObservedPlace | undefined): readonly HostCheck[] {
  const { hosts } = site.document.spec;
  const pairs = pairsOfHosts(graph, site, hosts);
  if (place === undefined) return pairs.map(([host, check]) => ({ host, check, verdict: "unknown" }));
  const seen = new Map(place.site.results.map(({ host, check, verdict }) => [pairKey(host, check), verdict]));
  const lookedAtBy = new Map(
    place.site.appliances.flatMap(({ id, hosts: of }) => of.map((host) => [host, id])),
  );
  const asked = new Map(hosts.map(({ id, appliance }) => [id, site.appliances.get(appliance)?.spec.id]));
  return pairs.map(([host, check]) => {
    const same =
      asked.get(host) !== undefined &&
      asked.get(host) === lookedAtBy.get(host) &&
      judgedBy(place, check) === graph.checks.get(check)?.digest;
    return { host, check, verdict: (same ? seen.get(pairKey(host, check)) : undefined) ?? "unknown" };
  });
}

function movesOf(
  [partner, site]: SiteName,
  before: SiteStatus | null,
  after: SiteStatus | null,
): readonly ScoreMove[] {
  const frameworks = new Set([before, after].flatMap((status) => Object.keys(status?.frameworkStatus ?? {})));
  const move = (framework: string | null): ScoreMove => {
    const of = (status: SiteStatus | null): Score | null =>
      (framework === null ? status : status?.frameworkStatus[framework])?.score ?? null;
    return { partner, site, framework, before: of(before), after: of(after) };
  };
  return [null, ...frameworks].map(move).filter((one) => !isSame(one.before, one.after));
}

function isSame(a: Score | null, b: Score | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function byPlace(a: ScoreMove, b: ScoreMove): number {
  return (
    compareText(a.partner, b.partner) ||
    compareText(a.site, b.site) ||
    compareText(a.framework ?? "", b.framework ?? "")
  );
}
