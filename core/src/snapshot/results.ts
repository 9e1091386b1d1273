import { pairKey } from "../evidence/state.ts";
import type { Instant } from "../evidence/statement.ts";
import { type Pair, pairsOfHosts, type SiteNode } from "../graph/graph.ts";
import { durationMs } from "../manifest/duration.ts";
import { freshUntilMs } from "../verdict/freshness.ts";
import { silentAfterMs } from "./appliance-view.ts";
import type { ChainRecord, RecordedRow } from "./chain-record.ts";
import type { ReceivedReport, SnapshotInput } from "./input.ts";
import type { HeldView, ResultView } from "./snapshot.ts";

/** What is needed of a snapshot's input to see what its pairs came to. */
export type ResultInput = Pick<SnapshotInput, "now" | "graph" | "chains" | "reports" | "checkDigests">;

/**
 * What every pair of a site came to at `now`: nothing is a pass that was not seen, or seen too long ago, or judged by
 * a check that is another one now.
 */
export function siteResults(input: ResultInput, site: SiteNode): readonly ResultView[] {
  const { hosts } = site.document.spec;
  return hosts.flatMap((host) => {
    const chainId = site.appliances.get(host.appliance)?.spec.id;
    const record = chainId === undefined ? undefined : input.chains.get(chainId);
    const report = chainId === undefined ? undefined : input.reports.get(chainId);
    const seen = { ...input, record, report, held: heldPairs(report, input.now), site };
    return pairsOfHosts(input.graph, site, [host]).map((pair) => resultOf(pair, seen));
  });
}

interface Seen extends Pick<ResultInput, "now" | "graph" | "checkDigests"> {
  readonly record: ChainRecord | undefined;
  readonly report: ReceivedReport | undefined;
  readonly held: ReadonlyMap<string, HeldView>;
  readonly site: SiteNode;
}

function resultOf([host, check]: Pair, seen: Seen): ResultView {
  const key = pairKey(host, check);
  const recorded = seen.record?.rows.get(key);
  const confirmedAt = confirmation(key, seen);
  if (recorded === undefined || confirmedAt === null) {
    return unknown({ host, check, reason: seen.record?.doubt ?? "NEVER_SEEN" });
  }
  const { row, bundle } = recorded;
  if (isOlderCheck(recorded, check, seen)) {
    return unknown({ host, check, reason: "OLDER_CHECK", confirmedAt, bundle });
  }
  const validUntil = freshUntil(confirmedAt, check, seen);
  if (validUntil <= seen.now && row.verdict !== "unknown") {
    return unknown({ host, check, reason: "STALE", since: validUntil, confirmedAt, bundle });
  }
  const { verdict, reason, observed, since } = row;
  const until = verdict === "unknown" ? null : validUntil;
  const held = verdict === "fail" ? (seen.held.get(key) ?? null) : null;
  return { host, check, verdict, reason, observed, since, confirmedAt, validUntil: until, bundle, held };
}

/** What a box that is silent said is no longer true. */
function heldPairs(received: ReceivedReport | undefined, now: Instant): Seen["held"] {
  if (received === undefined || Date.parse(now) - Date.parse(received.receivedAt) >= silentAfterMs)
    return new Map();
  return new Map(
    received.report.held.map(({ host, check, code, until }) => [pairKey(host, check), { code, until }]),
  );
}

/** The check changed in git, and the appliance has not looked by the new one yet: what it saw answers another question. */
function isOlderCheck({ assignment }: RecordedRow, check: string, { checkDigests, graph }: Seen): boolean {
  const digests = checkDigests.get(assignment);
  return digests !== undefined && digests[check] !== graph.checks.get(check)?.digest;
}

function unknown(known: Pick<ResultView, "host" | "check" | "reason"> & Partial<ResultView>): ResultView {
  const nothing = {
    observed: null,
    since: null,
    confirmedAt: null,
    validUntil: null,
    bundle: null,
    held: null,
  };
  return { verdict: "unknown", ...nothing, ...known };
}

/**
 * When a pair's verdict was last known to hold: at the end of the chain's last bundle; at the appliance's last report
 * when that says that nothing newer exists; where the record ends earlier than the chain, at its end when the bundle
 * beyond it says so. Times of the appliance count no later than they came in.
 */
function confirmation(key: string, { record, report: received }: Seen): Instant | null {
  if (record === undefined || record.confirmedAt === null) return null;
  const { continued } = record;
  if (continued !== null && !continued.except.has(key)) return continued.at;
  if (received === undefined) return record.confirmedAt;
  const { report, receivedAt } = received;
  const complete = report.outbox === 0 && report.head !== null && report.head.digest === record.head?.digest;
  if (!complete) return record.confirmedAt;
  const reported = report.asOf < receivedAt ? report.asOf : receivedAt;
  return reported > record.confirmedAt ? reported : record.confirmedAt;
}

function freshUntil(confirmedAt: Instant, check: string, { graph, site }: Seen): Instant {
  const interval = site.document.spec.cadence ?? graph.checks.get(check)?.spec.interval ?? "0s";
  return new Date(freshUntilMs(Date.parse(confirmedAt), durationMs(interval))).toISOString();
}
