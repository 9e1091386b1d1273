import { pairKey } from "../evidence/state.ts";
import type { Digest, Instant, Observed, Verdict } from "../evidence/statement.ts";
import { checksOfSite, type Graph, type SiteNode } from "../graph/graph.ts";
import { durationMs } from "../manifest/duration.ts";
import type { ChainRecord } from "../snapshot/chain-record.ts";
import type { ReceivedReport, SnapshotInput } from "../snapshot/input.ts";
import type { HeldView } from "../snapshot/snapshot.ts";
import type { RecordedRow } from "../snapshot/recorded-rows.ts";
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
  /** Why it is not healed now, as the appliance says, which nobody signed: null here, and where it says nothing. */
  readonly held: HeldView | null;
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
    const seen = seenBy(site.appliances.get(host.appliance)?.spec.id, input, host.id);
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

/** Sites that follow the same frameworks at the same pace ask the same: that is put together once for a list of checks. */
const declaredOf = new WeakMap<readonly string[], Map<string, readonly DeclaredCheck[]>>();

function declaredChecks(graph: Graph, site: SiteNode): readonly DeclaredCheck[] {
  const { cadence } = site.document.spec;
  const names = checksOfSite(graph, site);
  const known = declaredOf.get(names) ?? new Map<string, readonly DeclaredCheck[]>();
  declaredOf.set(names, known);
  const declared =
    known.get(cadence ?? "") ??
    names.flatMap((name) => {
      const check = graph.checks.get(name);
      if (check === undefined) return [];
      const { platforms, interval } = check.spec;
      return [{ name, digest: check.digest, platforms, intervalMs: durationMs(cadence ?? interval) }];
    });
  known.set(cadence ?? "", declared);
  return declared;
}

/** What is known of a host. */
interface Seen extends Pick<HostCheckInput, "now"> {
  /** Of its appliance. */
  readonly record: ChainRecord | undefined;
  /** Those of the host, by check. */
  readonly rows: ReadonlyMap<string, RecordedRow> | undefined;
  /** When the rows were last known to hold, but for those that the record's continuation confirms. */
  readonly confirmedAt: Instant | null;
  /** Whether an assignment judges by another check of this name. */
  readonly isOlder: (assignment: Digest, check: DeclaredCheck) => boolean;
  /** When a verdict confirmed then stops being known, by the check's interval. */
  readonly freshUntil: (confirmedAt: Instant, intervalMs: number) => Instant;
}

function seenBy(
  appliance: string | undefined,
  { now, chains, reports, checkDigests }: HostCheckInput,
  host: string,
): Seen {
  const record = appliance === undefined ? undefined : chains.get(appliance);
  const report = appliance === undefined ? undefined : reports.get(appliance);
  return {
    now,
    record,
    rows: record?.rows.get(host),
    confirmedAt: confirmation(record, report),
    isOlder: olderChecks(checkDigests),
    freshUntil: freshness(),
  };
}

/** Writing times as text is slow, and few differ: most checks have the interval of the one before. */
function freshness(): Seen["freshUntil"] {
  let last = { confirmedAt: "", intervalMs: 0, until: "" };
  const known = new Map<string, Instant>();
  return (confirmedAt, intervalMs) => {
    if (confirmedAt === last.confirmedAt && intervalMs === last.intervalMs) return last.until;
    const key = `${intervalMs} ${confirmedAt}`;
    const until = known.get(key) ?? new Date(freshUntilMs(Date.parse(confirmedAt), intervalMs)).toISOString();
    known.set(key, until);
    last = { confirmedAt, intervalMs, until };
    return until;
  };
}

function verdictOf(host: string, check: DeclaredCheck, seen: Seen): HostCheckVerdict {
  const recorded = seen.rows?.get(check.name);
  const confirmedAt = confirmedAtOf(host, check.name, seen);
  if (recorded === undefined || confirmedAt === null)
    return unknown({ host, check: check.name }, seen.record?.doubt ?? "NEVER_SEEN", nothing);
  const { verdict, reason, observed, since, bundle } = recorded;
  if (seen.isOlder(recorded.assignment, check))
    return unknown({ host, check: check.name }, "OLDER_CHECK", { since: null, confirmedAt, bundle });
  const validUntil = seen.freshUntil(confirmedAt, check.intervalMs);
  if (validUntil <= seen.now && verdict !== "unknown")
    return unknown({ host, check: check.name }, "STALE", { since: validUntil, confirmedAt, bundle });
  const until = verdict === "unknown" ? null : validUntil;
  return {
    host,
    check: check.name,
    verdict,
    reason,
    observed,
    since,
    confirmedAt,
    validUntil: until,
    bundle,
    held: null,
  };
}

function confirmedAtOf(host: string, check: string, seen: Seen): Instant | null {
  const continued = seen.record?.continued ?? null;
  if (continued === null || seen.confirmedAt === null) return seen.confirmedAt;
  return continued.except.has(pairKey(host, check)) ? seen.confirmedAt : continued.at;
}

/**
 * The check changed in git, and the appliance has not looked by the new one yet: what it saw answers another question.
 * Nearly all rows of a host were judged by one assignment.
 */
function olderChecks(checkDigests: HostCheckInput["checkDigests"]): Seen["isOlder"] {
  let last: { assignment: Digest; digests: Readonly<Record<string, Digest>> | undefined } | null = null;
  return (assignment, { name, digest }) => {
    if (last?.assignment !== assignment) last = { assignment, digests: checkDigests.get(assignment) };
    return last.digests !== undefined && last.digests[name] !== digest;
  };
}

type LastKnown = Pick<HostCheckVerdict, "since" | "confirmedAt" | "bundle">;
const nothing: LastKnown = { since: null, confirmedAt: null, bundle: null };

function unknown(
  { host, check }: Omit<HostCheck, "verdict">,
  reason: string,
  { since, confirmedAt, bundle }: LastKnown,
): HostCheckVerdict {
  const verdict: Verdict = "unknown";
  return {
    host,
    check,
    verdict,
    reason,
    observed: null,
    since,
    confirmedAt,
    validUntil: null,
    bundle,
    held: null,
  };
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
