import { isObservation, type Observation, type Verdict } from "../evidence/statement.ts";
import { readTranscript, TRANSCRIPT_CLASS } from "../evidence/transcript.ts";
import { declaredWindows } from "../assignment/windows.ts";
import { frameworksOfSite, type SiteNode } from "../graph/graph.ts";
import type { ControlIndex } from "../verdict/control-index.ts";
import { scoreOfCounts } from "../verdict/score.ts";
import { siteStatus } from "../verdict/status.ts";
import { applianceViews } from "./appliance-view.ts";
import type { ChainRecord } from "./chain-record.ts";
import type { RecordedBundle } from "./recorded-bundles.ts";
import { formerHosts } from "./former-hosts.ts";
import { noVerdicts, siteHistory, type VerdictCounts } from "./history.ts";
import type { Evidence, SnapshotInput, StatusInput } from "./input.ts";
import { siteResults } from "./results.ts";
import type { BundleView, HealView, HostView, ResultView, SiteState, TranscriptView } from "./snapshot.ts";

const newestHeals = 50;
const text = new TextDecoder();

/** How one site is; the index is that of the graph's controls. */
export function siteState(input: StatusInput, index: ControlIndex, site: SiteNode): SiteState {
  const { id, displayName, timeZone, healing, killSwitch } = site.document.spec;
  const results = siteResults(input, site);
  const frameworks = frameworksOfSite(input.graph, site).map(({ document }) => document.name);
  const chains = chainsOf(input, site);
  return {
    id,
    name: site.document.name,
    displayName,
    timeZone,
    frameworks,
    healing: {
      mode: healing.mode,
      riskCeiling: healing.riskCeiling,
      windows: declaredWindows(healing.windows, timeZone),
      killSwitch: killSwitch ?? null,
    },
    ...siteStatus(index, frameworks, results),
    hosts: hostViews(input, site, results),
    formerHosts: formerHosts(
      site,
      chains.map(([, chain]) => chain),
    ),
    appliances: applianceViews(input, site),
    results,
    history: siteHistory(
      id,
      chains.map(([, { days }]) => days),
      input.now,
    ),
    heals: healViews(id, chains),
    newestBundle: newestOf(chains.flatMap(([, chain]) => bundlesAt(id, chain)))?.digest ?? null,
  };
}

/** The bundles of a site that are worth a page, newest first. */
export function siteBundles(input: SnapshotInput, site: SiteNode): readonly BundleView[] {
  const views = chainsOf(input, site).flatMap(([appliance, chain]) =>
    bundlesAt(site.document.spec.id, chain).flatMap((bundle) => {
      const evidence = input.evidence.get(bundle.digest);
      return evidence === undefined ? [] : [bundleView(appliance, bundle, evidence)];
    }),
  );
  return views.toSorted((a, b) => newerFirst(a.window.end, b.window.end) || b.chain.seq - a.chain.seq);
}

function newestOf(bundles: readonly RecordedBundle[]): RecordedBundle | undefined {
  return bundles.reduce<RecordedBundle | undefined>(
    (newest, one) => (newest === undefined || isNewer(one, newest) ? one : newest),
    undefined,
  );
}

function isNewer(a: RecordedBundle, b: RecordedBundle): boolean {
  return a.endedAt > b.endedAt || (a.endedAt === b.endedAt && a.chain.seq > b.chain.seq);
}

type NamedChain = readonly [appliance: string, chain: ChainRecord];

function chainsOf(input: StatusInput, site: SiteNode): readonly NamedChain[] {
  return [...site.appliances.values()].flatMap(({ name, spec }): NamedChain[] => {
    const chain = spec.id === undefined ? undefined : input.chains.get(spec.id);
    return chain === undefined ? [] : [[name, chain]];
  });
}

function hostViews(input: StatusInput, site: SiteNode, results: readonly ResultView[]): readonly HostView[] {
  const counts = countsByHost(results);
  return site.document.spec.hosts.map(({ id, name, platform, appliance, transport }) => {
    const chainId = site.appliances.get(appliance)?.spec.id;
    const report = chainId === undefined ? undefined : input.reports.get(chainId)?.report;
    const score = scoreOfCounts(counts.get(id) ?? noVerdicts());
    const practice = transport.root !== undefined;
    return { id, name, platform, appliance, practice, score, nextRunAt: report?.nextRunAt ?? null };
  });
}

function countsByHost(results: readonly ResultView[]): ReadonlyMap<string, VerdictCounts> {
  const counts = new Map<string, Record<Verdict, number>>();
  for (const { host, verdict } of results) {
    const own = counts.get(host) ?? noVerdicts();
    own[verdict] += 1;
    counts.set(host, own);
  }
  return counts;
}

/** An appliance that moved brings its chain along; what it saw elsewhere stays with that site. */
function bundlesAt(site: string, { bundles }: ChainRecord): readonly RecordedBundle[] {
  return bundles.filter((bundle) => bundle.site === site);
}

function healViews(site: string, chains: readonly NamedChain[]): readonly HealView[] {
  const heals = chains.flatMap(([, chain]) => {
    const here = new Set(bundlesAt(site, chain).map(({ digest }) => digest));
    return chain.heals.filter(({ bundle }) => here.has(bundle));
  });
  return heals.toSorted((a, b) => newerFirst(a.endedAt, b.endedAt)).slice(0, newestHeals);
}

function newerFirst(a: string, b: string): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}

function bundleView(
  appliance: string,
  { digest, receivedAt, leaf, late, contested, keyid }: RecordedBundle,
  { predicate, bytes, attached }: Evidence,
): BundleView {
  const { kind, chain, software, policy } = predicate;
  const { revision, assignment } = policy;
  const common = {
    digest,
    kind,
    chain,
    leaf,
    appliance,
    receivedAt,
    late,
    contested,
    keyid,
    revision,
    assignment,
    software,
    envelope: text.decode(bytes),
  };
  if (!isObservation(predicate)) {
    return {
      ...common,
      event: predicate.event.type,
      window: { start: predicate.at, end: predicate.at },
      coverage: null,
      results: [],
      heals: [],
      transcripts: [],
    };
  }
  const { window, coverage, results, heals } = predicate;
  const transcripts = transcriptViews(predicate, attached);
  return { ...common, event: null, window, coverage, results, heals, transcripts };
}

function transcriptViews(
  { attachments }: Observation,
  attached: Evidence["attached"],
): readonly TranscriptView[] {
  return attachments
    .filter((one) => one.class === TRANSCRIPT_CLASS)
    .map(({ digest, retainUntil }) => {
      const bytes = attached.get(digest);
      return { digest, retainUntil, transcript: bytes === undefined ? null : readTranscript(bytes) };
    });
}
