import { hexToBytes } from "@noble/hashes/utils.js";
import { keyidOf } from "../evidence/digest.ts";
import type { Digest, Instant } from "../evidence/statement.ts";
import type { SiteNode } from "../graph/graph.ts";
import type { ManifestDocument } from "../manifest/document.ts";
import { type ApplianceDoubt, chainDoubts } from "./appliance-doubts.ts";
import type { ChainRecord } from "./chain-record.ts";
import type { ReceivedReport, SnapshotInput } from "./input.ts";
import type { Override, Suspension } from "./report.ts";
import type { ApplianceState, ApplianceView, PublishedAssignment, SuspensionView } from "./snapshot.ts";

type FromAssignment = Pick<ApplianceView, "assignment" | "revision" | "generation" | "healUntil">;

/** An appliance reports at least every 30 seconds; after this long without any word it is silent. */
export const silentAfterMs: number = 10 * 60_000;

/** A new assignment is taken in seconds; after this long without, the appliance does not want it or cannot take it. */
const behindAfterMs = 10 * 60_000;

/** What is needed of a snapshot's input to see how its appliances are. */
export type ApplianceInput = Pick<
  SnapshotInput,
  "now" | "chains" | "reports" | "assignmentFacts" | "published"
>;

/** The boxes of a site, sorted by name. */
export function applianceViews(input: ApplianceInput, site: SiteNode): readonly ApplianceView[] {
  return [...site.appliances.values()].map((appliance) => applianceView(input, appliance));
}

function applianceView(input: ApplianceInput, { name, spec }: ManifestDocument<"Appliance">): ApplianceView {
  const id = spec.id ?? null;
  const chain = id === null ? undefined : input.chains.get(id);
  const received = id === null ? undefined : input.reports.get(id);
  const lastSeenAt = later(received?.receivedAt ?? null, chain?.head?.receivedAt ?? null);
  const published = id === null ? null : (input.published.get(id) ?? null);
  const isEnrolled = id !== null;
  return {
    name,
    id,
    keyid: spec.publicKey === undefined ? null : keyidOf(hexToBytes(spec.publicKey)),
    enrolled: isEnrolled,
    ...stateOf(
      { isEnrolled, lastSeenAt, published, reported: received?.report.assignment ?? null },
      input.now,
    ),
    lastSeenAt,
    outbox: received?.report.outbox ?? null,
    healing: received?.report.healing ?? null,
    ceiling: received?.report.ceiling ?? null,
    suspension: suspensionView(chain?.suspended ?? null, received?.report.suspension ?? null),
    override: overrideView(chain?.overridden ?? null, received?.report.override ?? null),
    published,
    ...assignmentFacts(input, received),
    chain: chain?.completeness ?? null,
    doubts: [...assignmentDoubts(input, received), ...chainDoubts(received, chain)],
  };
}

function assignmentDoubts(
  { assignmentFacts: known }: ApplianceInput,
  received: ReceivedReport | undefined,
): readonly ApplianceDoubt[] {
  const assignment = received?.report.assignment ?? null;
  return assignment === null || known.has(assignment) ? [] : ["ASSIGNMENT_UNKNOWN"];
}

function suspensionView(
  signed: ChainRecord["suspended"],
  reported: Suspension | null,
): SuspensionView | null {
  if (signed !== null) return { ...signed, reason: reported?.reason ?? null };
  return reported === null ? null : { ...reported, bundle: null };
}

/** The event is signed after the person spoke, so an older one is of another override. */
function overrideView(
  signed: ChainRecord["overridden"],
  reported: Override | null,
): ApplianceView["override"] {
  if (reported === null) return null;
  return { ...reported, bundle: signed !== null && signed.since >= reported.since ? signed.bundle : null };
}

interface Known {
  readonly isEnrolled: boolean;
  readonly lastSeenAt: Instant | null;
  readonly published: PublishedAssignment | null;
  readonly reported: Digest | null;
}

function stateOf(
  { isEnrolled, lastSeenAt, published, reported }: Known,
  now: Instant,
): { readonly state: ApplianceState; readonly stateSince: Instant | null } {
  if (!isEnrolled) return { state: "not_enrolled", stateSince: null };
  if (lastSeenAt === null) return { state: "never_seen", stateSince: null };
  const nowMs = Date.parse(now);
  if (nowMs - Date.parse(lastSeenAt) >= silentAfterMs) return { state: "silent", stateSince: lastSeenAt };
  if (published === null || published.digest === reported) return { state: "working", stateSince: null };
  if (nowMs - Date.parse(published.issuedAt) < behindAfterMs) return { state: "working", stateSince: null };
  return { state: "behind", stateSince: published.issuedAt };
}

/** What is in force is what the appliance says is, not what was published last. */
function assignmentFacts(input: ApplianceInput, received: ReceivedReport | undefined): FromAssignment {
  const assignment: Digest | null = received?.report.assignment ?? null;
  const facts = assignment === null ? undefined : input.assignmentFacts.get(assignment);
  return { assignment, ...(facts ?? { revision: null, generation: null, healUntil: null }) };
}

/** The later of two times; null when there is neither. */
function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
