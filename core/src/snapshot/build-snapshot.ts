import { hexToBytes } from "@noble/hashes/utils.js";
import { keyidOf } from "../evidence/digest.ts";
import type { Instant } from "../evidence/statement.ts";
import type { PartnerNode } from "../graph/graph.ts";
import { controlIndex } from "../verdict/control-index.ts";
import { partnerStatus, type SiteStatus } from "../verdict/status.ts";
import { checkViews, frameworksInUse, frameworkView } from "./catalogue.ts";
import { checkNotices } from "./check-notices.ts";
import { neededAssignments, type SnapshotInput, type StatusInput } from "./input.ts";
import { ownNotices } from "./notices.ts";
import { siteBundles, siteState } from "./site-view.ts";
import type { PartnerView, ResultView, SiteState, SiteView, Snapshot, StatusView } from "./snapshot.ts";

/** Without any verdict to run out, a snapshot is worth looking at for so long. */
const longestValidMs = 10 * 60_000;

/** One partner's snapshot. The same input gives the same snapshot, byte for byte. */
export function buildSnapshot(input: SnapshotInput): Snapshot {
  const status = buildStatus(input);
  const nodes = [...partnerOf(input).sites.values()];
  return {
    ...status,
    sites: nodes.map((node, at) => viewOf(status.sites[at], siteBundles(input, node))),
    assignments: neededAssignments(partnerSlice(input, status.sites)).flatMap(
      (digest) => input.assignments.get(digest) ?? [],
    ),
    trust: input.trust,
    log: input.log,
    keys: input.keys,
    lab: input.lab,
  };
}

function viewOf(state: SiteState | undefined, bundles: SiteView["bundles"]): SiteView {
  if (state === undefined) throw new Error("unreachable: every site has a state");
  return { ...state, bundles };
}

function partnerOf({ graph, partner: name }: StatusInput): PartnerNode {
  const partner = graph.partners.get(name);
  if (partner === undefined) throw new Error(`unreachable: no partner ${name} in the graph`);
  return partner;
}

/**
 * How things are at one partner: its snapshot without evidence, assignments and trust file. `wanted` chooses the results
 * that it lists: nearly all of a large fleet's pass, and those who look at its counts need not hold them. Of what is not
 * listed there are no notices, and only of checks without a verdict there are any.
 */
export function buildStatus(
  input: StatusInput,
  wanted: (result: ResultView) => boolean = () => true,
): StatusView {
  const partner = partnerOf(input);
  const frameworks = frameworksInUse(input.graph, partner);
  const index = controlIndex(input.graph);
  const deadlines: Instant[] = [];
  const sites = [...partner.sites.values()].map((site) => {
    const state = siteState(input, index, site);
    deadlines.push(...earliestOf(state.results));
    return { ...state, results: state.results.filter(wanted) };
  });
  const notices = [...input.notices, ...ownNotices(partner, sites), ...checkNotices(input, sites)];
  return {
    schemaVersion: "1",
    asOf: input.now,
    validUntil: validUntil(input.now, deadlines),
    revision: input.revision,
    position: input.position,
    notices,
    partner: { ...partnerView(partner), ...partnerStatus(sites) },
    frameworks: frameworks.map(frameworkView),
    checks: checkViews(input.graph, frameworks),
    sites,
  };
}

/** Only this partner's chains and reports: another's assignments are none of its business. */
function partnerSlice(
  input: StatusInput,
  sites: readonly SiteState[],
): Pick<SnapshotInput, "chains" | "reports"> {
  const ids = new Set(sites.flatMap(({ appliances }) => appliances.map(({ id }) => id)));
  const own = <V>(map: ReadonlyMap<string, V>): Map<string, V> =>
    new Map([...map].filter(([id]) => ids.has(id)));
  return { chains: own(input.chains), reports: own(input.reports) };
}

function partnerView({ document }: PartnerNode): Omit<PartnerView, keyof SiteStatus> {
  const { id, displayName, killSwitch, log, authority } = document.spec;
  const authorityKeyid = authority === undefined ? null : keyidOf(hexToBytes(authority.publicKey));
  const { name } = document;
  return {
    id,
    name,
    displayName,
    killSwitch: killSwitch ?? null,
    logOrigin: log?.origin ?? null,
    authorityKeyid,
  };
}

/** The first deadline of some results; none when nothing of them is known. */
function earliestOf(results: readonly ResultView[]): readonly Instant[] {
  let first: Instant | null = null;
  for (const { validUntil: next } of results)
    if (next !== null && (first === null || next < first)) first = next;
  return first === null ? [] : [first];
}

/** The next time at which a verdict stops being known. All those shown lie after now. */
function validUntil(now: Instant, deadlines: readonly Instant[]): Instant {
  const latest = new Date(Date.parse(now) + longestValidMs).toISOString();
  return deadlines.reduce((first, next) => (next < first ? next : first), deadlines[0] ?? latest);
}
