import type { Instant, Verdict } from "../evidence/statement.ts";
import { hostCheckVerdicts } from "../verdict/host-checks.ts";
import { applianceViews } from "./appliance-view.ts";
import type { SnapshotInput } from "./input.ts";
import type { ApplianceState } from "./snapshot.ts";

/** What a fleet is judged by: a snapshot's input without what only pages show. */
export type FleetInput = Pick<
  SnapshotInput,
  "now" | "graph" | "partner" | "chains" | "reports" | "assignmentFacts" | "checkDigests" | "published"
>;

/** How the appliances and verdicts of one partner are, in figures. */
export interface FleetFigures {
  readonly appliances: Readonly<Record<ApplianceState, number>>;
  /** Pairs of a host and a check. */
  readonly pairs: Readonly<Record<Verdict, number>>;
  /**
   * Since when the pair is unknown that has been so for longest. One that was never seen counts from the newest
   * assignment that asks for it, so it is at least that old; of an appliance without one nothing is asked yet.
   */
  readonly oldestUnknown: Instant | null;
  /** Bundles that wait on appliances, as they last said. */
  readonly outbox: number;
}

/** The figures of a partner as of `now`. The same input gives the same figures. */
export function fleetFigures(input: FleetInput): FleetFigures {
  const appliances = { working: 0, behind: 0, silent: 0, never_seen: 0, not_enrolled: 0 };
  const pairs = { pass: 0, fail: 0, error: 0, not_applicable: 0, unknown: 0 };
  let oldestUnknown: Instant | null = null;
  let outbox = 0;
  for (const site of input.graph.partners.get(input.partner)?.sites.values() ?? []) {
    const views = applianceViews(input, site);
    for (const view of views) {
      appliances[view.state] += 1;
      outbox += view.outbox ?? 0;
    }
    const askedAt = new Map(views.map(({ name, published }) => [name, published?.issuedAt ?? null]));
    const boxes = new Map(site.document.spec.hosts.map(({ id, appliance }) => [id, appliance]));
    for (const { host, verdict, since } of hostCheckVerdicts(input, site)) {
      pairs[verdict] += 1;
      if (verdict !== "unknown") continue;
      oldestUnknown = earlier(oldestUnknown, since ?? askedAt.get(boxes.get(host) ?? "") ?? null);
    }
  }
  return { appliances, pairs, oldestUnknown, outbox };
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
