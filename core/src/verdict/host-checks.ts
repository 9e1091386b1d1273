import { pairKey } from "../evidence/state.ts";
import type { Digest, Instant, Observed, Verdict } from "../evidence/statement.ts";
import { checksOfSite, type Graph, type SiteNode } from "../graph/graph.ts";
import { durationMs } from "../manifest/duration.ts";
import type { ChainRecord, RecordedRow } from "../snapshot/chain-record.ts";
import type { ReceivedReport, SnapshotInput } from "../snapshot/input.ts";
import { freshUntilMs } from "./freshness.ts";
import type { HostCheck } from "./status.ts";

/** What host-checks are judged from: what was seen, by which checks, and how long ago. */
export type HostCheckInput = Pick<SnapshotInput, "now" | "graph" | "chains" | "reports" | "checkDigests">;

/** What one check on one host came to, and what says so. */
export interface HostCheckVerdict extends HostCheck {
  readonly reason: string | null;
  readonly observed: Observed | null;
  readonly since: Instant | null;
  /** When it was last known to be so. */
  readonly confirmedAt: Instant | null;
  /** From then on it is unknown unless confirmed again. */
  readonly validUntil: Instant | null;
  /** The bundle that says so; for a stale verdict the last one that said anything. */
  readonly bundle: Digest | null;
}

/**
 * What every host-check of a site came to at `now`, in the order of the hosts, then of the checks: nothing is a pass
 * that was not seen, or seen too long ago, or judged by a check that is another one now. What was seen of a host that
 * is not declared here, or by an appliance that is not the host's, counts for nothing.
 */
export function hostCheckVerdicts(input: HostCheckInput, site: SiteNode): readonly HostCheckVerdict[] {
  const checks = declaredChecks(input.graph, site);
  const verdicts: HostCheckVerdict[] = [];
  for (const host of site.document.spec.hosts) {
    const seen = seenBy(site.appliances.get(host.appliance)?.spec.id, input);
    for (const check of checks) {
      if (check.platforms.includes(host.platform)) verdicts.push(verdictOf(host.id, check, seen));
    }
  }
  return verdicts;
}

/** A check as the site asks it. */
interface DeclaredCheck {
  readonly name: string;
  readonly digest: Digest;
  readonly platforms: readonly string[];
  readonly intervalMs: number;
}

function declaredChecks(graph: Graph, site: SiteNode): readonly DeclaredCheck[] {
  const { cadence } = site.document.spec;
  return checksOfSite(graph, site).flatMap((name) => {
    const check = graph.checks.get(name);
    if (check === undefined) return [];
    const { platforms, interval } = check.spec;
    return [{ name, digest: check.digest, platforms, intervalMs: durationMs(cadence ?? interval) }];
  });
}

/** What is known of an appliance's hosts. */
interface Seen extends Pick<HostCheckInput, "now" | "checkDigests"> {
  readonly record: ChainRecord | undefined;
  /** When the rows were last known to hold, but for those that the record's continuation confirms. */
  readonly confirmedAt: Instant | null;
  /** When a verdict confirmed then stops being known, by the check's interval. */
  readonly freshUntil: (confirmedAt: Instant, intervalMs: number) => Instant;
}

function seenBy(appliance: string | undefined, { now, chains, reports, checkDigests }: HostCheckInput): Seen {
  const record = appliance === undefined ? undefined : chains.get(appliance);
  const report = appliance === undefined ? undefined : reports.get(appliance);
  return { now, checkDigests, record, confirmedAt: confirmation(record, report), freshUntil: freshness() };
}

/** Writing times as text is slow, and few differ. */
function freshness(): Seen["freshUntil"] {
  const known = new Map<Instant, Map<number, Instant>>();
  return (confirmedAt, intervalMs) => {
    const byInterval = known.get(confirmedAt) ?? new Map<number, Instant>();
    const ready = byInterval.get(intervalMs);
    if (ready !== undefined) return ready;
    const until = new Date(freshUntilMs(Date.parse(confirmedAt), intervalMs)).toISOString();
    known.set(confirmedAt, byInterval.set(intervalMs, until));
    return until;
  };
}

function verdictOf(host: string, check: DeclaredCheck, seen: Seen): HostCheckVerdict {
  const pair = { host, check: check.name };
  const key = pairKey(host, check.name);
  const recorded = seen.record?.rows.get(key);
  const continued = seen.record?.continued ?? null;
  const confirmedAt = continued?.except.has(key) === false ? continued.at : seen.confirmedAt;
  if (recorded === undefined || seen.confirmedAt === null || confirmedAt === null)
    return unknown(pair, seen.record?.doubt ?? "NEVER_SEEN", nothing);
  const { row, bundle } = recorded;
  if (isOlderCheck(recorded, check, seen))
    return unknown(pair, "OLDER_CHECK", { since: null, confirmedAt, bundle });
  const validUntil = seen.freshUntil(confirmedAt, check.intervalMs);
  if (validUntil <= seen.now && row.verdict !== "unknown")
    return unknown(pair, "STALE", { since: validUntil, confirmedAt, bundle });
  const { verdict, reason, observed, since } = row;
  const until = verdict === "unknown" ? null : validUntil;
  return { ...pair, verdict, reason, observed, since, confirmedAt, validUntil: until, bundle };
}

/** The check changed in git, and the appliance has not looked by the new one yet: what it saw answers another question. */
function isOlderCheck(
  { assignment }: RecordedRow,
  { name, digest }: DeclaredCheck,
  { checkDigests }: Seen,
): boolean {
  const digests = checkDigests.get(assignment);
  return digests !== undefined && digests[name] !== digest;
}

type LastKnown = Pick<HostCheckVerdict, "since" | "confirmedAt" | "bundle">;
const nothing: LastKnown = { since: null, confirmedAt: null, bundle: null };

function unknown(
  { host, check }: Omit<HostCheck, "verdict">,
  reason: string,
  { since, confirmedAt, bundle }: LastKnown,
): HostCheckVerdict {
  const verdict: Verdict = "unknown";
  return { host, check, verdict, reason, observed: null, since, confirmedAt, validUntil: null, bundle };
}

/**
 * When the chain's verdicts were last known to hold: at the end of its last bundle, or at the appliance's last report
 * when that says that nothing newer exists. Where the record ends earlier than the chain, a bundle beyond it may say
 * more of some rows. Times of the appliance count no later than they came in.
 */
function confirmation(record: ChainRecord | undefined, received: ReceivedReport | undefined): Instant | null {
  if (record === undefined || record.confirmedAt === null) return null;
  if (received === undefined) return record.confirmedAt;
  const { report, receivedAt } = received;
  const complete = report.outbox === 0 && report.head !== null && report.head.digest === record.head?.digest;
  if (!complete) return record.confirmedAt;
  const reported = report.asOf < receivedAt ? report.asOf : receivedAt;
  return reported > record.confirmedAt ? reported : record.confirmedAt;
}
