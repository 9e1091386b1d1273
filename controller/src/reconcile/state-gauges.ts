import { Gauge } from "prom-client";
import { version } from "../version.ts";
import type { Metrics } from "../metrics.ts";
import type { Store } from "../store/contract.ts";
import type { GroupCommit } from "../store/group-commit.ts";
import type { PortalState } from "./portal-builds.ts";
import type { World } from "./reconciler.ts";

/** Where the state is read from. */
export interface StateGaugePorts {
  readonly metrics: Pick<Metrics, "registry">;
  readonly store: Pick<Store, "position">;
  readonly group: Pick<GroupCommit, "unanswered">;
  readonly world: () => World | null;
  readonly portal: () => PortalState;
}

/**
 * Adds the gauges of the state to the registry and answers what sets them: called when the metrics are read, so that
 * they are as of then.
 */
export function addStateGauges(ports: StateGaugePorts): () => Promise<void> {
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> =>
    new Gauge({ name, help, labelNames, registers: [ports.metrics.registry] });
  const build = gauge("compline_build_info", "Version of the running controller; always 1.", ["version"]);
  const revision = gauge("compline_source_revision_info", "Revision in force of each source; always 1.", [
    "source",
    "revision",
  ]);
  const accepted = gauge(
    "compline_source_accepted_timestamp_seconds",
    "When the revision in force of a source was accepted.",
    ["source"],
  );
  const conditions = gauge(
    "compline_conditions",
    "Sources and partners that are held or tried again, by kind, type and reason.",
    ["kind", "type", "reason"],
  );
  const queue = gauge("compline_ingest_queue_envelopes", "Envelopes that wait to be on disk.");
  const bundles = gauge("compline_evidence_bundles", "Bundles that are kept.");
  const portalBuilt = gauge(
    "compline_portal_built_timestamp_seconds",
    "The time whose state the served portal shows.",
  );
  build.set({ version }, 1);
  return async () => {
    const world = ports.world();
    for (const one of [revision, accepted, conditions]) one.reset();
    for (const source of world?.sources ?? []) {
      if (source.revision === null || source.acceptedAt === null) continue;
      revision.set({ source: source.name, revision: source.revision.slice(0, 12) }, 1);
      accepted.set({ source: source.name }, seconds(source.acceptedAt));
    }
    for (const { subject, type, reason } of world?.conditions ?? []) {
      if (type !== "Ready") conditions.inc({ kind: subject.split("/")[0] ?? "", type, reason });
    }
    queue.set(ports.group.unanswered);
    bundles.set(await ports.store.position());
    const built = ports.portal().build?.stamp.builtAt;
    if (built !== undefined) portalBuilt.set(seconds(built));
  };
}

function seconds(instant: string): number {
  return Date.parse(instant) / 1000;
}
