import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PowLimit } from "@compline/core";
import type { FastifyInstance } from "fastify";
import { anchorLogs } from "./anchor/anchor-logs.ts";
import { type Address, originOf } from "./api/address.ts";
import { AuthorityBook } from "./authority/book.ts";
import { DecisionRecall } from "./authority/recall.ts";
import { Allowance, failuresPerMinute } from "./api/allowance.ts";
import { enrolmentsNow } from "./api/ports.ts";
import { makeAllowances } from "./api/limits.ts";
import { createServer } from "./api/server.ts";
import { RequestVerifier } from "./api/signed/request-verifier.ts";
import { folderSignIn } from "./api/sign-in.ts";
import { type Clock, instantOf } from "./clock.ts";
import { loadAssignmentKey } from "./config/assignment-key.ts";
import { type Config, type StatePaths, statePaths } from "./config/config.ts";
import { openMetricsToken } from "./config/metrics-token.ts";
import { lockState } from "./config/state-lock.ts";
import { loadTls } from "./config/tls.ts";
import type { CrashPoint } from "./crash-point.ts";
import { threadedEngine } from "./crypto.ts";
import { ControllerError } from "./errors.ts";
import { KitDesk, kitThread } from "./kit/kit-desk.ts";
import type { Log } from "./log.ts";
import { createMetrics, timedCommits } from "./metrics.ts";
import type { Source } from "./reconcile/accept.ts";
import type { Enrolments } from "./reconcile/enrolments.ts";
import { answerAsOf } from "./reconcile/as-of.ts";
import { Loader } from "./reconcile/load.ts";
import { repeat } from "./reconcile/loop.ts";
import { NoticeFile } from "./reconcile/notices.ts";
import { PortalBuilds } from "./reconcile/portal-builds.ts";
import { Publications } from "./reconcile/publications.ts";
import { Readiness } from "./reconcile/readiness.ts";
import { Reconciler, type World } from "./reconcile/reconciler.ts";
import { SnapshotFeed } from "./reconcile/snapshot-feed.ts";
import { ChainBook, KEEP_AFTER_BYTES } from "./reconcile/chain-book.ts";
import { SnapshotMaker } from "./reconcile/snapshot-maker.ts";
import { addStateGauges } from "./reconcile/state-gauges.ts";
import { Mirror } from "./source/mirror.ts";
import { HighWater } from "./transparency/high-water.ts";
import { CheckpointSigner } from "./transparency/signer.ts";
import { WitnessBranches } from "./transparency/witness-branches.ts";
import { WitnessNotes } from "./transparency/witness-notes.ts";
import type { Store } from "./store/contract.ts";
import { GroupCommit } from "./store/group-commit.ts";
import { openSqliteStore } from "./store/sqlite-store.ts";

/** What the process gives a controller. */
export interface ControllerPorts {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly crashPoint: CrashPoint;
  /** The program that builds the portal, with its first arguments. */
  readonly portalCommand: readonly string[];
  /** The least work of a block header; the main chain's, unless a test injects less. */
  readonly powLimit?: PowLimit;
}

/** A controller that runs. */
export interface Controller {
  readonly url: string;
  /** Answers what is under way, writes what was taken in, and ends everything it started. */
  close(): Promise<void>;
}

const pollMs = 1000;
const longestWaitMs = 60_000;

/**
 * Starts a controller: opens the store and the mirrors, makes one pass, and listens. A source that cannot be read
 * does not keep it from starting. Throws STATE_IN_USE, KEY_INVALID, CONFIG_INVALID (files of `tls`),
 * STORE_VERSION, STORE_IO, GIT_FAILED, PORT_IN_USE.
 */
export async function startController(ports: ControllerPorts): Promise<Controller> {
  const { config, log, clock } = ports;
  const paths = statePaths(config.state);
  const ending = new AbortController();
  await mkdir(config.state, { recursive: true, mode: 0o700 });
  const lock = lockState(paths.lock);
  const key = await loadAssignmentKey(paths.assignmentKey);
  const tls = await loadTls(config, paths);
  if (tls !== null)
    log.info({ certificate: tls.file }, "https; appliances are enrolled with this certificate");
  const store = openSqliteStore(paths.store, "write");
  const metrics = createMetrics();
  const portal = new PortalBuilds({ folder: paths.portal, command: ports.portalCommand, log, metrics });
  await portal.open();
  const sources = await openSources(config, paths);
  const publications = new Publications();
  const notices = new NoticeFile(paths.notices);
  const engine = threadedEngine();
  const signer = new CheckpointSigner({
    store,
    keys: paths.logKeys,
    highWater: await HighWater.open(paths.highWater),
    engine,
    clock,
    log,
    crashPoint: ports.crashPoint,
  });
  const witnesses = new WitnessNotes({
    mirrors: paths.mirrors,
    branches: new WitnessBranches(paths.mirrors, config.sources, clock),
    signer,
    store,
    engine,
    changed: () => feed.changed(),
  });
  const group = new GroupCommit(timedCommits(store, metrics));
  const book = new ChainBook(store, { keepAfterBytes: KEEP_AFTER_BYTES });
  const authority = new AuthorityBook({ store, group, sources, log, erased: (chain) => book.forget(chain) });
  const reconciler = new Reconciler({
    sources,
    store,
    key,
    publications,
    authority,
    recall: new DecisionRecall({ book: authority, sources, engine, clock, log }),
    logTroubles: () => ({ stalls: signer.stalls(), unread: witnesses.unread() }),
    clock,
    log,
    metrics,
    crashPoint: ports.crashPoint,
    drained: () => group.drain(),
    changed: () => feed.changed(),
  });
  const maker = new SnapshotMaker({
    store,
    book,
    notices,
    clock,
    world: () => reconciler.world(),
    ruling: (partner) => authority.ruling(partner),
  });
  const feed = new SnapshotFeed({ build: () => maker.make(), portal, clock, log });
  const failures = new Allowance(failuresPerMinute, clock);
  const world = (): World | null => reconciler.world();
  const enrolments = (): Enrolments | null => world()?.enrolments ?? null;
  let port: number | null = null;
  const address = (): Address => ({
    scheme: tls === null ? "http" : "https",
    host: config.host,
    port: (port ??= portOf(app)) ?? config.port,
  });
  const { app } = await createServer({
    log,
    clock,
    address,
    tls,
    store,
    group,
    engine,
    failures,
    allowances: makeAllowances(clock),
    enrolments,
    publications,
    assignmentKey: key,
    assignmentCame: () => reconciler.publishAnew(),
    authority,
    snapshot: () => maker.make(),
    asOf: (question) =>
      answerAsOf({ store, mirrors: { folder: paths.mirrors, sources: config.sources }, clock }, question),
    kits: new KitDesk(kitThread(config.state)),
    logOf: (partner) => logsIn(world()).get(partner) ?? null,
    heard: async (origin, note) => void (await signer.hear(origin, note)),
    revision: () => reconciler.world()?.revision ?? null,
    portal: () => portal.state(),
    readiness: new Readiness({ store, mirrors: sources.map(({ mirror }) => mirror), world, clock }),
    metrics,
    observeState: addStateGauges({
      metrics,
      store,
      group,
      world,
      portal: () => portal.state(),
      figures: () => maker.figures(),
      clock,
    }),
    changed: () => feed.changed(),
    crashPoint: ports.crashPoint,
    requests: new RequestVerifier({
      enrolments: () => enrolmentsNow({ enrolments }),
      isRevoked: (keyid) => authority.revoked(keyid) !== null,
      engine,
      clock,
      failures,
    }),
    signIn: folderSignIn(paths.login, store, clock),
    cookieName: `compline-${config.port}`,
    metricsToken: await openMetricsToken(paths.metricsToken),
  });
  const tick = async (): Promise<void> => {
    await reconciler.tick();
    if (await eraseDue(store, { clock, log })) feed.changed();
    if (await notices.moved()) feed.changed();
  };
  await tick().catch((error: unknown) => log.error({ err: error }, "the first pass failed"));
  await listen(app, config);
  const pace = { everyMs: pollMs, longestMs: longestWaitMs, log, metrics, signal: ending.signal };
  const loop = repeat(tick, pace);
  const anchoring = anchorLogs({ ...ports, store, pace, world, changed: () => feed.changed() });
  const watching = repeat(() => witnesses.look(world()?.partners ?? []), pace);
  const signing = repeat(
    () => signer.sign([...logsIn(world()).values()].filter((origin) => witnesses.hasRead(origin))),
    pace,
  );
  return {
    url: originOf(address()),
    close: async () => {
      ending.abort();
      await app.close();
      await Promise.all([loop, watching, signing, anchoring, feed.close(), portal.close(), group.drain()]);
      for (const { mirror } of sources) mirror.close();
      await store.close();
      lock.release();
    },
  };
}

/** Attachments end when the bundles that name them say so. Answers whether any did. */
async function eraseDue(
  store: Store,
  { clock, log }: Pick<ControllerPorts, "clock" | "log">,
): Promise<boolean> {
  const erased = await store.eraseAttachments(instantOf(clock()));
  if (erased > 0) log.info({ erased }, "attachments were erased: their time is over");
  return erased > 0;
}

/** Logs in force, by the partner's ULID. */
function logsIn(world: World | null): ReadonlyMap<string, string> {
  const partners = world?.partners.flatMap(
    ({ graph, name }) => graph.partners.get(name)?.document.spec ?? [],
  );
  return new Map(partners?.flatMap(({ id, log }) => (log === undefined ? [] : [[id, log.origin]])));
}

async function openSources(config: Config, paths: StatePaths): Promise<readonly Source[]> {
  return await Promise.all(
    config.sources.map(async (address) => {
      const mirror = await Mirror.open(address, join(paths.mirrors, `${address.name}.git`));
      return { mirror, loader: new Loader(mirror) };
    }),
  );
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    // Fastify's own line would have the address in its message.
    await app.listen({ host, port, listenTextResolver: () => "listening" });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException; // what net throws
    if (code !== "EADDRINUSE") throw cause;
    const message = `port ${port} is in use by another program; choose another one with --port`;
    throw new ControllerError("PORT_IN_USE", message, { cause });
  }
}

function portOf(app: FastifyInstance): number | null {
  const address = app.server.address();
  return address === null || typeof address === "string" ? null : address.port;
}
