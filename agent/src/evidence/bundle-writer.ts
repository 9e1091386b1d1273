import { buildObservation, type HealRecord, keyidOf, type Observation, sealStatement } from "@compline/core";
import type { CrashPoint } from "../crash-point.ts";
import { type Clock, toInstant } from "../clock.ts";
import { nodeSha256 } from "../sha256.ts";
import type { Provenance } from "../provenance.ts";
import type { Identity } from "../state/identity.ts";
import type { AgentStore, BundleCommit, ChainHead, Envelope } from "../store/agent-store.ts";
import type { BundlePlan } from "./bundle-plan.ts";
import type { VerdictMap } from "./verdict-map.ts";

/** What the writer is wired to. */
export interface WriterPorts {
  readonly store: AgentStore;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly provenance: Provenance;
  readonly crashPoint: CrashPoint;
}

/** A heal to report; `attempt` is null when nothing was begun on the host. */
export interface ReportedHeal {
  readonly record: HealRecord;
  readonly attempt: BundleCommit["attempts"][number] | null;
}

/** One bundle's content that the plan does not say. */
export interface BundleContent {
  readonly map: VerdictMap;
  readonly site: string;
  readonly policy: Observation["policy"];
  readonly windowStart: number;
  /** Effective now; also the window's end. */
  readonly now: number;
  /** Observations completed inside the window. */
  readonly ran: number;
  readonly heals: readonly ReportedHeal[];
}

/**
 * Signs a bundle and commits it together with the chain's head and the map it leaves. When this returns the bundle
 * is durable and will be sent; when the process dies before, it never left and its place in the chain is free.
 */
export async function writeBundle(
  ports: WriterPorts,
  plan: BundlePlan,
  content: BundleContent,
): Promise<ChainHead> {
  const { store, identity, crashPoint } = ports;
  const before = store.head();
  const keyid = keyidOf(Buffer.from(identity.publicKey, "hex"));
  const envelopes: Envelope[] = [];
  for (const index of plan.files.keys()) {
    const statement = buildObservation(
      describe(ports, plan, { content, before, index, prev: envelopes.at(-1)?.digest ?? before.digest }),
      nodeSha256,
    );
    envelopes.push(await sealStatement(statement, { keyid, sign: identity.sign }, nodeSha256));
  }
  crashPoint("after-sign");
  const head = nextHead(before, plan, content, envelopes);
  const attempts = content.heals.flatMap(({ attempt }) => attempt ?? []);
  store.commitBundle({ envelopes, head, map: content.map, now: content.now, attempts });
  crashPoint("after-outbox");
  return head;
}

interface Place {
  readonly content: BundleContent;
  readonly before: ChainHead;
  readonly index: number;
  readonly prev: string | null;
}

function describe(
  ports: WriterPorts,
  plan: BundlePlan,
  place: Place,
): Parameters<typeof buildObservation>[0] {
  const { content, before, index, prev } = place;
  const last = index === plan.files.length - 1;
  return {
    kind: plan.kind,
    site: content.site,
    chain: { id: ports.identity.id, epoch: before.epoch, seq: before.seq + 1 + index, prev },
    software: ports.provenance.software,
    policy: content.policy,
    window: { start: toInstant(content.windowStart), end: toInstant(content.now) },
    clock: {
      // Nothing here asks the kernel whether the clock is disciplined, so nothing is claimed.
      source: "none",
      offsetMs: null,
      uncertaintyMs: null,
      lastSyncAt: null,
      bootId: ports.provenance.bootId,
      monotonicMs: ports.clock.monotonic(),
    },
    seen: { checkpoint: null, block: null },
    results: plan.files[index] ?? [],
    heals: last ? content.heals.map(({ record }) => record) : [],
    stateAfter: content.map.values(),
    ran: content.ran,
    oldestAt: oldestFresh(content.map),
    parts: plan.files.length === 1 ? null : { part: index + 1, of: plan.files.length },
    attachments: [],
    scrubber: ports.provenance.scrubber,
  };
}

function oldestFresh(map: VerdictMap): string | null {
  const times = [...map.values()].flatMap(({ verdict, observedAt }) =>
    verdict === "unknown" || observedAt === null ? [] : [observedAt],
  );
  return times.length === 0 ? null : toInstant(times.reduce((a, b) => Math.min(a, b)));
}

function nextHead(
  before: ChainHead,
  plan: BundlePlan,
  content: BundleContent,
  envelopes: readonly Envelope[],
): ChainHead {
  const moved = {
    ...before,
    seq: before.seq + envelopes.length,
    digest: envelopes.at(-1)?.digest ?? before.digest,
    windowEnd: content.now,
    bundleAt: content.now,
  };
  if (plan.kind === "delta") return moved;
  return { ...moved, snapshotAt: content.now, snapshotAssignment: content.policy.assignment };
}
