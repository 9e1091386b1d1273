import { join } from "node:path";
import {
  type ApplianceReport,
  effectiveHealing,
  type Override,
  type Suspension,
} from "@compline/core/appliance";
import type { Logger } from "pino";
import { acceptAssignment, type AcceptedAssignment } from "./assignment/accept.ts";
import type { Evaluator } from "./checks/evaluator.ts";
import { type Clock, toInstant } from "./clock.ts";
import { type ControllerClient, createClient } from "./controller/client.ts";
import { createConnection } from "./controller/connection.ts";
import { runPoller } from "./controller/poller.ts";
import { createReports, runReporter } from "./controller/reporter.ts";
import { takeCheckpoint } from "./controller/told-checkpoint.ts";
import { createBackoff } from "./controller/retry.ts";
import { createReview } from "./controller/review.ts";
import { runSender } from "./controller/sender.ts";
import type { CrashPoint } from "./crash-point.ts";
import { Journal } from "./evidence/journal.ts";
import { Signing } from "./evidence/signing.ts";
import { sweepInterrupted } from "./heal/sweep.ts";
import { Loop } from "./loop.ts";
import type { Provenance } from "./provenance.ts";
import type { ApplianceConfig } from "./state/appliance-config.ts";
import { credentialDirectory, readCredential } from "./state/credentials.ts";
import { type Suspending, watchSuspending } from "./state/watch-suspending.ts";
import { readOverride } from "./state/override.ts";
import { readStatus, saveStatus } from "./state/saved-status.ts";
import type { KeyPair } from "./state/identity.ts";
import { type Keys, openKeys } from "./state/keys.ts";
import { type AgentStore, createStore } from "./store/agent-store.ts";
import type { ChainPlace } from "./store/outbox.ts";
import { openDatabase } from "./store/database.ts";
import { quotaOf } from "./store/room.ts";
import { Hosts } from "./transports/hosts.ts";
import { createWake } from "./wake.ts";

/** What all appliances of one process share. */
export interface ProcessPorts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly evaluator: Evaluator;
  readonly provenance: Provenance;
  readonly crashPoint: CrashPoint;
  /** Where systemd has put this service's credentials, when it has. */
  readonly credentialDirectory: string | undefined;
  readonly log: Logger;
}

/** An appliance whose folder was read and whose state is open (and locked). */
export interface OpenAppliance {
  readonly folder: string;
  readonly config: ApplianceConfig;
  readonly keys: Keys;
  readonly store: AgentStore;
}

/** Opens the state; at the first start the identity is born here. @throws AgentError */
export function openAppliance(
  folder: string,
  config: ApplianceConfig,
  crashPoint: CrashPoint,
): OpenAppliance {
  // The lock comes first, so that two agents cannot both give the folder an identity.
  const store = createStore(openDatabase(join(folder, "agent.db")), quotaOf(folder));
  return { folder, config, store, keys: openKeys(folder, store, crashPoint) };
}

/** Runs one appliance until `signal` fires; it asks the controller until it is enrolled. Closes its state at the end. */
export async function runAppliance(
  shared: ProcessPorts,
  appliance: OpenAppliance,
  signal: AbortSignal,
): Promise<void> {
  const { config, keys, store } = appliance;
  const log = shared.log.child({ appliance: config.name });
  try {
    log.info({ id: keys.chain.id, publicKey: keys.chain.publicKey }, "appliance opened");
    await runLoops({ ...shared, log }, appliance, signal);
  } finally {
    store.close();
  }
}

async function runLoops(shared: ProcessPorts, appliance: OpenAppliance, signal: AbortSignal): Promise<void> {
  const { clock, crashPoint, evaluator, log, provenance, random } = shared;
  const { folder, config, keys, store } = appliance;
  const { id } = keys.chain;
  const [work, send, poll, report] = [createWake(), createWake(), createWake(), createWake()];
  const retry = createWake();
  const stored = await readStored(appliance, log);
  const credentials = credentialDirectory(folder, shared.credentialDirectory);
  const hosts = new Hosts({ folder, credentials: (name) => readCredential(credentials, name) });
  await sweepInterrupted(folder, hosts, stored?.assignment.hosts ?? []);
  const journal = new Journal({ store, identity: keys.chain, clock, provenance, crashPoint });
  const onBundle = (): void => {
    send.notify();
    report.notify();
  };
  const { ceiling, controllerKey } = config;
  const suspending = watchSuspending(
    folder,
    { log, onChange: () => [work, report].forEach((each) => each.notify()) },
    signal,
  );
  const signing = new Signing();
  const ports = {
    journal,
    store,
    keys,
    signing,
    evaluator,
    clock,
    crashPoint,
    hosts,
    folder,
    ceiling,
    log,
    onBundle,
  };
  const loop = new Loop(
    {
      ...ports,
      isSuspended: () => suspending.now()?.suspended === true,
      allowed: () => readOverride(folder),
      wake: work,
    },
    stored,
  );
  const startedAt = toInstant(journal.now());
  let lastContactAt = readStatus(folder)?.lastContactAt ?? null;
  const connection = createConnection(log, [retry, poll], () => {
    lastContactAt = toInstant(clock.now());
  });
  const clientBy = (key: KeyPair): ControllerClient =>
    createClient({
      controller: config.controller,
      certificate: config.certificate,
      appliance: id,
      signer: {
        get publicKey() {
          return key.publicKey;
        },
        sign: (message) => key.sign(message),
        now: () => clock.now(),
      },
    });
  const client = clientBy(keys.requests);
  const review = createReview({
    keys,
    askBy: (key, until) => clientBy(key).fetchHead(until),
    monotonic: () => clock.monotonic(),
    onSettled: () => [work, poll, report].forEach((each) => each.notify()),
    log,
  });
  const wire = { client, connection, log };
  const reports = createReports({
    ...wire,
    report: () => ({
      ...reportOf(appliance, { loop, journal, suspending }),
      startedAt,
      software: nameOf(provenance),
    }),
    onReport: (told) => {
      const effectiveNow = toInstant(journal.now());
      const { refused } = store.outbox();
      const rotation = keys.pending();
      const room = store.usage();
      saveStatus(folder, { report: told, refused, room, rotation, lastContactAt, effectiveNow });
    },
    onCheckpoint: (note) => takeCheckpoint(note, { store, log }),
  });
  await Promise.all([
    loop.run(signal).finally(() => hosts.retain([])),
    runSender(
      {
        ...wire,
        store,
        reports,
        review,
        keys,
        backoff: createBackoff(random),
        wake: send,
        retry,
        crashPoint,
        signing,
        now: () => clock.now(),
        onCompared: () => work.notify(),
        onEmpty: () => report.notify(),
      },
      signal,
    ),
    runPoller(
      {
        ...wire,
        backoff: createBackoff(random),
        wake: poll,
        controllerKey,
        appliance: id,
        current: () => loop.newestAssignment,
        onAccepted: (accepted) => loop.offer(accepted),
      },
      signal,
    ),
    runReporter(
      {
        reports,
        connection,
        wake: report,
        cadenceMs: () => shortestInterval(loop.assignment),
      },
      signal,
    ),
  ]);
}

/** The assignment of the last run, judged again: the file it lies in is as little trusted as the wire. */
async function readStored(
  { store, config, keys }: OpenAppliance,
  log: Logger,
): Promise<AcceptedAssignment | null> {
  const stored = store.assignment();
  if (stored === null) return null;
  // By the key that it was accepted under: after repinning it stays until another comes.
  const { controllerKey } = stored;
  const repinned = stored.repinned || controllerKey !== config.controllerKey;
  const result = await acceptAssignment(stored, { controllerKey, appliance: keys.chain.id, current: null });
  if (result.ok) return { ...result.accepted, repinned };
  log.error(
    { code: result.code, detail: result.detail, digest: stored.digest },
    "stored assignment refused; waiting for another",
  );
  return null;
}

interface Working {
  readonly loop: Loop;
  readonly journal: Journal;
  readonly suspending: Suspending;
}

function reportOf(
  { folder, config, store }: OpenAppliance,
  { loop, journal, suspending }: Working,
): Omit<ApplianceReport, "startedAt" | "software"> {
  const { epoch, seq, digest } = journal.head;
  const { nextRunAt, assignment } = loop;
  const { ceiling } = config;
  return {
    schemaVersion: "1",
    asOf: toInstant(loop.confirmedAt),
    head: digest === null ? null : { ...lastPlace(store, { epoch, seq }), digest },
    outbox: store.outbox().waiting,
    assignment: assignment?.digest ?? null,
    healing: effectiveHealing(assignment?.assignment ?? null, { ceiling, stops: loop.stops }, journal.now()),
    ceiling,
    suspension: suspensionOf(suspending),
    override: overrideOf(folder, store, journal.steady()),
    held: loop.held,
    faults: loop.faults,
    nextRunAt: nextRunAt === null ? null : toInstant(nextRunAt),
    checkpoint: store.checkpoint()?.note ?? null,
  };
}

/** At the very beginning of an epoch the newest bundle is the rotation that opened it. */
function lastPlace(store: AgentStore, place: ChainPlace): ChainPlace {
  const rotation = store.rotation();
  return place.seq >= 0 || rotation === null ? place : { epoch: place.epoch - 1, seq: rotation.seq };
}

/** What the chain says is allowed now, in the words of the person who did. */
function overrideOf(folder: string, store: AgentStore, steady: number): Override | null {
  const stored = store.override();
  const decision = readOverride(folder);
  const isInForce = stored !== null && steady < stored.until && decision?.since === stored.since;
  return isInForce ? decision : null;
}

function suspensionOf(suspending: Suspending): Suspension | null {
  const decision = suspending.now();
  return decision?.suspended === true ? { since: decision.since, reason: decision.reason } : null;
}

function nameOf({ software: { name, version } }: Provenance): ApplianceReport["software"] {
  return { name, version };
}

function shortestInterval(accepted: AcceptedAssignment | null): number {
  const intervals = Object.values(accepted?.assignment.intervals ?? {});
  return intervals.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
