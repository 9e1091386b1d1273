import type { Assignment } from "@compline/schemas";
import { hexToBytes } from "@noble/hashes/utils.js";
import { keyidOf } from "../evidence/digest.ts";
import type { Digest, Instant } from "../evidence/statement.ts";
import type { SiteNode } from "../graph/graph.ts";
import type { ManifestDocument } from "../manifest/document.ts";
import type { ReceivedReport, SnapshotInput } from "./input.ts";
import type { ApplianceView } from "./snapshot.ts";

type FromAssignment = Pick<ApplianceView, "assignment" | "revision" | "generation" | "healUntil">;

/** The boxes of a site, sorted by name. */
export function applianceViews(input: SnapshotInput, site: SiteNode): readonly ApplianceView[] {
  return [...site.appliances.values()].map((appliance) => applianceView(input, appliance));
}

function applianceView(input: SnapshotInput, { name, spec }: ManifestDocument<"Appliance">): ApplianceView {
  const id = spec.id ?? null;
  const chain = id === null ? undefined : input.chains.get(id);
  const received = id === null ? undefined : input.reports.get(id);
  return {
    name,
    id,
    keyid: spec.publicKey === undefined ? null : keyidOf(hexToBytes(spec.publicKey)),
    enrolled: id !== null,
    lastSeenAt: later(received?.receivedAt ?? null, chain?.head?.receivedAt ?? null),
    outbox: received?.report.outbox ?? null,
    healing: received?.report.healing ?? null,
    ceiling: received?.report.ceiling ?? null,
    ...assignmentFacts(input, received),
    chain: chain?.completeness ?? null,
  };
}

/** What is in force is what the appliance says is, not what was published last. */
function assignmentFacts(input: SnapshotInput, received: ReceivedReport | undefined): FromAssignment {
  const assignment: Digest | null = received?.report.assignment ?? null;
  const file = assignment === null ? undefined : input.assignments.get(assignment);
  if (file === undefined) return { assignment, revision: null, generation: null, healUntil: null };
  // Assignments are the controller's own: it encoded and signed this text.
  const { revision, generation, healUntil } = JSON.parse(file.text) as Assignment;
  return { assignment, revision, generation, healUntil };
}

/** The later of two times; null when there is neither. */
function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
