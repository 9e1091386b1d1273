import type { SigningKey } from "../keys/signing-keys.ts";
import type { LabReport } from "@compline/schemas";
import type { Digest, Instant } from "../evidence/statement.ts";
import type { Graph } from "../graph/graph.ts";
import type { ChainRecord } from "./chain-record.ts";
import type { StoredBundle } from "./recorded-bundles.ts";
import type { ApplianceReport } from "./report.ts";
import type { AssignmentFile, LogView, Notice, PublishedAssignment } from "./snapshot.ts";

/** A report and when it came in, by the controller's clock. */
export interface ReceivedReport {
  readonly report: ApplianceReport;
  readonly receivedAt: Instant;
}

/** What an assignment says of itself. */
export interface AssignmentFacts {
  readonly revision: string;
  readonly generation: number;
  readonly healUntil: Instant;
}

/** A bundle itself: what it says, its exact bytes, and those of the files attached to it that are here, by digest. */
export type Evidence = Pick<StoredBundle, "predicate"> & {
  readonly bytes: Uint8Array;
  readonly attached: ReadonlyMap<Digest, Uint8Array>;
};

/** What a partner's status is made from: a snapshot's input without what only pages show. */
export type StatusInput = Omit<SnapshotInput, "evidence" | "assignments" | "trust" | "log" | "keys" | "lab">;

/** All that a snapshot is made from. Chains and reports are by the appliance's ULID. */
export interface SnapshotInput {
  readonly now: Instant;
  /** Of the accepted revision. */
  readonly graph: Graph;
  /** Name of the partner; it must be in the graph. */
  readonly partner: string;
  readonly revision: string | null;
  /** Bundles accepted so far. */
  readonly position: number;
  /** What the controller has to say; the snapshot adds what follows from its own content. */
  readonly notices: readonly Notice[];
  readonly chains: ReadonlyMap<string, ChainRecord>;
  readonly reports: ReadonlyMap<string, ReceivedReport>;
  /** The newest published assignment of each appliance. */
  readonly published: ReadonlyMap<string, PublishedAssignment>;
  /** By digest, of all that were published. */
  readonly assignmentFacts: ReadonlyMap<Digest, AssignmentFacts>;
  /** By digest; of `neededBundles` all that were not erased meanwhile. */
  readonly evidence: ReadonlyMap<Digest, Evidence>;
  /** By digest; at least `neededAssignments`. */
  readonly assignments: ReadonlyMap<Digest, AssignmentFile>;
  /** By an assignment's digest: the digest of each check by which it judges. One that is missing is not compared. */
  readonly checkDigests: ReadonlyMap<Digest, Readonly<Record<string, Digest>>>;
  /** Exact text of the trust file. */
  readonly trust: string;
  /** The partner's log; null when it has none. */
  readonly log: LogView | null;
  readonly keys: readonly SigningKey[];
  /** What the drills came to, as far as the accepted revision says. */
  readonly lab: LabReport | null;
}

/** The bundles of the partner's appliances that are worth a page. */
export function neededBundles({
  graph,
  partner,
  chains,
}: Pick<SnapshotInput, "graph" | "partner" | "chains">): readonly Digest[] {
  const sites = [...(graph.partners.get(partner)?.sites.values() ?? [])];
  return sites.flatMap(({ appliances }) =>
    [...appliances.values()].flatMap(({ spec }) => {
      const chain = spec.id === undefined ? undefined : chains.get(spec.id);
      return chain?.bundles.map(({ digest }) => digest) ?? [];
    }),
  );
}

/** The assignments that the bundles worth a page and the reports name, sorted. */
export function neededAssignments(input: Pick<SnapshotInput, "chains" | "reports">): readonly Digest[] {
  const needed = new Set<Digest>();
  for (const { bundles } of input.chains.values()) {
    for (const { assignment } of bundles) needed.add(assignment);
  }
  for (const { report } of input.reports.values()) {
    if (report.assignment !== null) needed.add(report.assignment);
  }
  return [...needed].toSorted();
}
