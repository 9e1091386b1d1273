import { Counter, Histogram, Registry } from "prom-client";
import type { EvidenceStore } from "./store/contract.ts";

/** Why a request was turned away before a route did its work. */
export type RefusalReason = "unauthorized" | "foreign" | "wrong_host" | "cross_origin" | "too_many";

/** What became of one envelope at ingest. */
export type IngestOutcome = "accepted" | "duplicate" | "fork" | "refused";

/**
 * What the controller counts while it works. Labels are words from closed lists: no name, address or id of a tenant
 * is in any of them. Gauges of the state are set when `/metrics` is read (`reconcile/state-gauges.ts`).
 */
export interface Metrics {
  /** Only what is made with this registry is served. */
  readonly registry: Registry;
  readonly envelopes: Counter<"outcome">;
  readonly envelopesRefused: Counter<"code">;
  readonly ingestSeconds: Histogram;
  readonly commitSeconds: Histogram;
  readonly heals: Counter<"outcome">;
  readonly requestsRefused: Counter<"reason">;
  readonly anchorFailures: Counter<"step">;
  readonly passSeconds: Histogram;
  readonly passFailures: Counter;
  readonly portalBuilds: Counter<"result">;
  readonly portalBuildSeconds: Histogram;
}

const shortSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const longSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Makes the registry and all counters; those of a closed list of words start at 0, so that a first event shows. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const seconds = (name: string, help: string, buckets: number[]): Histogram =>
    new Histogram({ name, help, buckets, registers: [registry] });
  const metrics: Metrics = {
    registry,
    envelopes: counter("compline_ingest_envelopes_total", "Envelopes by what became of them.", ["outcome"]),
    envelopesRefused: counter("compline_ingest_refused_total", "Envelopes not kept, by code.", ["code"]),
    ingestSeconds: seconds(
      "compline_ingest_request_duration_seconds",
      "Time from a whole request with evidence to its answer.",
      shortSeconds,
    ),
    commitSeconds: seconds(
      "compline_store_commit_duration_seconds",
      "Time one group of envelopes took to be on disk.",
      shortSeconds,
    ),
    heals: counter("compline_heals_total", "Heals in the evidence taken in, by outcome.", ["outcome"]),
    requestsRefused: counter(
      "compline_requests_refused_total",
      "Requests turned away before they were served, by reason.",
      ["reason"],
    ),
    anchorFailures: counter(
      "compline_anchor_failures_total",
      "Calls to calendars, and for block headers, that failed, by step; they are tried again.",
      ["step"],
    ),
    passSeconds: seconds(
      "compline_reconcile_pass_duration_seconds",
      "Time one whole pass over the sources took.",
      longSeconds,
    ),
    passFailures: counter("compline_reconcile_failures_total", "Passes that ended with an error."),
    portalBuilds: counter("compline_portal_builds_total", "Builds of the portal, by result.", ["result"]),
    portalBuildSeconds: seconds(
      "compline_portal_build_duration_seconds",
      "Time one build of the portal took.",
      longSeconds,
    ),
  };
  startAtZero(metrics);
  return metrics;
}

const outcomes: readonly IngestOutcome[] = ["accepted", "duplicate", "fork", "refused"];
const reasons: readonly RefusalReason[] = [
  "unauthorized",
  "foreign",
  "wrong_host",
  "cross_origin",
  "too_many",
];

function startAtZero({ anchorFailures, envelopes, heals, requestsRefused, portalBuilds }: Metrics): void {
  for (const outcome of outcomes) envelopes.inc({ outcome }, 0);
  for (const step of ["stamp", "redeem", "confirm"]) anchorFailures.inc({ step }, 0);
  for (const outcome of ["healed", "failed", "escalated", "dry_run"]) heals.inc({ outcome }, 0);
  for (const reason of reasons) requestsRefused.inc({ reason }, 0);
  for (const result of ["done", "failed"]) portalBuilds.inc({ result }, 0);
}

/** A store whose commits are timed. */
export function timedCommits(
  store: Pick<EvidenceStore, "commit">,
  { commitSeconds }: Pick<Metrics, "commitSeconds">,
): Pick<EvidenceStore, "commit"> {
  return {
    commit: async (batch) => {
      const took = commitSeconds.startTimer();
      const results = await store.commit(batch);
      took();
      return results;
    },
  };
}
