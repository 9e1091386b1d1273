import {
  type Attachment,
  buildObservation,
  type HealRecord,
  keyidOf,
  sealStatement,
  transcriptAttachment,
} from "@compline/core/appliance";
import type { CrashPoint } from "../crash-point.ts";
import { type Clock, toInstant } from "../clock.ts";
import { nodeSha256 } from "../sha256.ts";
import type { Provenance } from "../provenance.ts";
import type { Identity } from "../state/identity.ts";
import type { TimeMark } from "../steady-time.ts";
import type { AgentStore, BundleCommit, ChainHead } from "../store/agent-store.ts";
import type { AttachedFile } from "../store/attachments.ts";
import type { Envelope } from "../store/outbox.ts";
import type { BundlePlan } from "./bundle-plan.ts";
import { headerOf, type Place, type Subject } from "./header.ts";
import type { VerdictMap } from "./verdict-map.ts";

/** What the writer is wired to. */
export interface WriterPorts {
  readonly store: AgentStore;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly provenance: Provenance;
  readonly crashPoint: CrashPoint;
}

/** A heal to report; `attempt` is null when nothing was begun on the host, `transcript` when nothing is known of it. */
export interface ReportedHeal {
  readonly record: HealRecord;
  readonly attempt: BundleCommit["attempts"][number] | null;
  readonly transcript: Uint8Array | null;
}

/** One bundle's content that the plan does not say. */
export interface BundleContent extends Subject {
  readonly map: VerdictMap;
  readonly windowStart: number;
  /** Effective now; also the window's end. */
  readonly now: number;
  readonly time: TimeMark;
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
  const attached = content.heals.flatMap(attachmentOf);
  for (const index of plan.files.keys()) {
    const place = { before, index, prev: envelopes.at(-1)?.digest ?? before.digest };
    const statement = buildObservation(describe(ports, plan, { content, place, attached }), nodeSha256);
    envelopes.push(await sealStatement(statement, { keyid, sign: identity.sign }, nodeSha256));
  }
  crashPoint("after-sign");
  const head = nextHead(before, plan, content, envelopes);
  const attempts = content.heals.flatMap(({ attempt }) => attempt ?? []);
  const { map, time, policy } = content;
  store.commitBundle({
    envelopes,
    attachments: attached.map(({ file }) => file),
    assignment: policy.assignment,
    head,
    map,
    time,
    attempts,
    event: null,
  });
  crashPoint("after-outbox");
  return head;
}

interface Part {
  readonly content: BundleContent;
  readonly place: Place;
  readonly attached: readonly Attached[];
}

/** What the bundle says of a file, and the file. */
interface Attached {
  readonly said: Attachment;
  readonly file: AttachedFile;
}

function attachmentOf({ record, transcript }: ReportedHeal): readonly Attached[] {
  if (transcript === null) return [];
  const said = transcriptAttachment(transcript, Date.parse(record.endedAt), nodeSha256);
  return [{ said, file: { digest: said.digest, bytes: transcript } }];
}

function describe(
  ports: WriterPorts,
  plan: BundlePlan,
  { content, place, attached }: Part,
): Parameters<typeof buildObservation>[0] {
  const { index } = place;
  const last = index === plan.files.length - 1;
  return {
    ...headerOf(ports, content, place),
    kind: plan.kind,
    window: { start: toInstant(content.windowStart), end: toInstant(content.now) },
    results: plan.files[index] ?? [],
    heals: last ? content.heals.map(({ record }) => record) : [],
    stateAfter: content.map.values(),
    ran: content.ran,
    oldestAt: oldestFresh(content.map),
    parts: plan.files.length === 1 ? null : { part: index + 1, of: plan.files.length },
    attachments: last ? attached.map(({ said }) => said) : [],
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
