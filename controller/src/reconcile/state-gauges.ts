import type { FleetFigures, LogView } from "@compline/core";
import { Gauge } from "prom-client";
import type { Clock } from "../clock.ts";
import { version } from "../version.ts";
import type { Metrics } from "../metrics.ts";
import type { AnchorStore, LogStore, Store } from "../store/contract.ts";
import { logViewOf } from "../transparency/log-view.ts";
import type { GroupCommit } from "../store/group-commit.ts";
import type { LivePartner } from "./accept.ts";
import type { PortalState } from "./portal-builds.ts";
import type { World } from "./reconciler.ts";

/** Where the state is read from. */
export interface StateGaugePorts {
  readonly metrics: Pick<Metrics, "registry">;
  readonly store: LogStore & AnchorStore & Pick<Store, "position">;
  readonly group: Pick<GroupCommit, "unanswered">;
  readonly world: () => World | null;
  readonly portal: () => PortalState;
  /** Of each partner in force. */
  readonly figures: () => Promise<readonly FleetFigures[]>;
  readonly clock: Clock;
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
  const appliances = gauge("compline_appliances", "Appliances of all partners by how they are doing.", [
    "state",
  ]);
  const pairs = gauge("compline_pairs", "Pairs of a host and a check by verdict.", ["verdict"]);
  const oldest = gauge(
    "compline_unknown_oldest_age_seconds",
    "For how long the pair is unknown that has been so for longest; 0 when none is.",
  );
  const outbox = gauge("compline_outbox_bundles", "Bundles that wait on appliances, as they last said.");
  const leaves = gauge("compline_log_leaves", "Bundles in the logs of all partners in force.");
  const uncovered = gauge(
    "compline_log_uncovered_leaves",
    "Of these, bundles that no checkpoint covers yet.",
  );
  const signedAt = gauge(
    "compline_log_checkpoint_timestamp_seconds",
    "When the newest checkpoint of any log was signed.",
  );
  const unwitnessed = gauge(
    "compline_log_unwitnessed_leaves",
    "Of the bundles in logs that are watched, those that fewer witnesses saw than are asked for, or none.",
  );
  const witnessedAt = gauge(
    "compline_log_witnessed_timestamp_seconds",
    "When as many witnesses as are asked for, or one, had cosigned; of several watched logs the least recent, 0 before the first.",
  );
  const anchored = gauge(
    "compline_anchor_newest_timestamp_seconds",
    "When the newest root with a block was stamped; of several logs that are to be anchored the least recent, 0 before the first.",
  );
  const waiting = gauge(
    "compline_anchor_oldest_pending_age_seconds",
    "For how long the oldest root waits that no block covers yet; 0 when none does.",
  );
  build.set({ version }, 1);
  return async () => {
    const world = ports.world();
    const figures = await ports.figures();
    for (const one of [revision, accepted, conditions, appliances, pairs]) one.reset();
    for (const source of world?.sources ?? []) {
      if (source.revision === null || source.acceptedAt === null) continue;
      revision.set({ source: source.name, revision: source.revision.slice(0, 12) }, 1);
      accepted.set({ source: source.name }, seconds(source.acceptedAt));
    }
    for (const { subject, type, reason } of world?.conditions ?? []) {
      if (type !== "Ready") conditions.inc({ kind: subject.split("/")[0] ?? "", type, reason });
    }
    for (const [state, count] of totals(figures.map((one) => one.appliances)))
      appliances.set({ state }, count);
    for (const [verdict, count] of totals(figures.map((one) => one.pairs))) pairs.set({ verdict }, count);
    const unknownSince = figures.flatMap(({ oldestUnknown }) => oldestUnknown ?? []).toSorted()[0];
    oldest.set(unknownSince === undefined ? 0 : Math.max(0, ports.clock() / 1000 - seconds(unknownSince)));
    outbox.set(figures.reduce((sum, one) => sum + one.outbox, 0));
    queue.set(ports.group.unanswered);
    bundles.set(await ports.store.position());
    const logs = await logsOf(world?.partners ?? [], ports.store);
    leaves.set(logs.reduce((sum, { size }) => sum + size, 0));
    uncovered.set(logs.reduce((sum, { size, checkpoint }) => sum + size - (checkpoint?.size ?? 0), 0));
    const signed = logs
      .flatMap(({ checkpoint }) => checkpoint?.signedAt ?? [])
      .toSorted()
      .at(-1);
    if (signed !== undefined) signedAt.set(seconds(signed));
    const watched = logs.flatMap(({ size, witnesses }) =>
      witnesses === null ? [] : [{ ...witnesses, all: size }],
    );
    unwitnessed.set(watched.reduce((sum, { size, all }) => sum + all - size, 0));
    const cosigned = watched.map(({ at }) => (at === null ? 0 : seconds(at))).toSorted((a, b) => a - b)[0];
    if (cosigned !== undefined) witnessedAt.set(cosigned);
    const anchors = logs.flatMap((log) => log.anchors ?? []);
    const stamped = anchors.map(({ newest }) => (newest === null ? 0 : seconds(newest.stampedAt)));
    if (stamped.length > 0) anchored.set(Math.min(...stamped));
    const since = anchors.flatMap(({ pendingSince }) => pendingSince ?? []).toSorted()[0];
    waiting.set(since === undefined ? 0 : Math.max(0, ports.clock() / 1000 - seconds(since)));
    const built = ports.portal().build?.stamp.builtAt;
    if (built !== undefined) portalBuilt.set(seconds(built));
  };
}

async function logsOf(
  partners: readonly LivePartner[],
  store: LogStore & AnchorStore,
): Promise<readonly LogView[]> {
  return (await Promise.all(partners.map((partner) => logViewOf(partner, store)))).filter(
    (log) => log !== null,
  );
}

function totals<K extends string>(all: readonly Readonly<Record<K, number>>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [key, count] of all.flatMap((one) => Object.entries<number>(one))) {
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return sums;
}

function seconds(instant: string): number {
  return Date.parse(instant) / 1000;
}
