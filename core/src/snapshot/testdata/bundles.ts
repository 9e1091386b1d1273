import type { ApplianceEvent, HealRecord, Observation, ObservationResult, Verdict } from "../../evidence/statement.ts";
import { sampleUlid } from "../../testdata/sample-tree.ts";
import type { StoredBundle } from "../recorded-bundles.ts";

const site: string = sampleUlid("site clinic");
/** The box of the samples below, and its chain. */
export const box: string = sampleUlid("box clinic");
/** The host of the samples below. */
export const desk: string = sampleUlid("desk clinic");

/** A time of the sample day. */
export function at(minute: number): string {
  return new Date(Date.UTC(2026, 10, 23, 18, minute)).toISOString();
}

/** What a sample bundle says. */
export interface SampleBundle {
  readonly seq: number;
  readonly epoch?: number;
  readonly kind?: "snapshot" | "delta" | "event";
  readonly event?: "suspend" | "resume" | ApplianceEvent["event"];
  readonly results?: readonly ObservationResult[];
  readonly heals?: readonly HealRecord[];
  readonly parts?: Observation["parts"];
  readonly attachments?: Observation["attachments"];
  /** When its window ends, in minutes; it is received then too. */
  readonly minute?: number;
  readonly received?: number;
  readonly fork?: boolean;
  readonly site?: string;
}

/** A row of results for the sample host. */
export function row(check: string, verdict: Verdict, observed: ObservationResult["observed"] = null): ObservationResult {
  const reason = verdict === "pass" || verdict === "fail" ? null : "TIMEOUT";
  return { host: desk, check, verdict, reason, observed, since: at(0), exception: null };
}

/** A heal of the sample host. */
export function heal(check: string, before: Verdict, after: Verdict | null): HealRecord {
  return {
    host: desk,
    check,
    level: "L1",
    rule: check,
    runbook: `fix-${check}`,
    runbookDigest: "c".repeat(64),
    before,
    after,
    outcome: after === "pass" ? "healed" : "failed",
    errorClass: null,
    skipped: [],
    approval: null,
    startedAt: at(1),
    endedAt: at(2),
  };
}

/** A stored bundle; its digest follows from its place. */
export function bundle(sample: SampleBundle): StoredBundle {
  const { epoch = 0, seq, fork = false, minute = seq, received = minute } = sample;
  const name = `${epoch}-${seq}${fork ? "-fork" : ""}`;
  return {
    digest: `digest ${name}`,
    predicate: sample.kind === "event" ? event(sample) : observation(sample),
    keyid: "d".repeat(64),
    receivedAt: at(received),
    leaf: null,
    fork,
  };
}

/** The bytes of a stored bundle; they follow from its digest. */
export function bytesOf({ digest }: StoredBundle): Uint8Array {
  return new TextEncoder().encode(digest.replace("digest", "envelope"));
}

function header({ epoch = 0, seq, site: where = site }: SampleBundle): Omit<ApplianceEvent, "kind" | "at" | "event"> {
  return {
    schema: "1",
    site: where,
    chain: { id: box, epoch, seq, prev: null },
    software: { name: "agent", version: "1", digest: "e".repeat(64) },
    policy: { revision: "a".repeat(40), assignment: "f".repeat(64) },
    clock: { source: "none", offsetMs: null, uncertaintyMs: null, lastSyncAt: null, bootId: "b", monotonicMs: 0 },
    seen: { checkpoint: null, block: null },
  };
}

function event(sample: SampleBundle): ApplianceEvent {
  const { minute = sample.seq, event: type = "suspend" } = sample;
  return { ...header(sample), kind: "event", at: at(minute), event: typeof type === "string" ? { type } : type };
}

function observation(sample: SampleBundle): Observation {
  const { seq, kind = "delta", results = [], heals = [], parts = null, attachments = [], minute = seq } = sample;
  return {
    ...header(sample),
    kind: kind === "snapshot" ? "snapshot" : "delta",
    window: { start: at(minute), end: at(minute) },
    coverage: { expected: 1, fresh: 1, ran: 1, oldestAt: null },
    results,
    heals,
    state: { count: 1, digest: "0".repeat(64) },
    parts,
    attachments,
    scrubber: { version: "1", digest: "0".repeat(64) },
  };
}
