import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FleetFigures } from "@compline/core";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { AuthorityBook } from "../../authority/book.ts";
import { loadAssignmentKey } from "../../config/assignment-key.ts";
import { threadedEngine } from "../../crypto.ts";
import { openMetricsToken } from "../../config/metrics-token.ts";
import { KitDesk, kitThread, type MakeKitApart } from "../../kit/kit-desk.ts";
import { createLog } from "../../log.ts";
import { createMetrics, type Metrics, timedCommits } from "../../metrics.ts";
import type { LivePartner } from "../../reconcile/accept.ts";
import { answerAsOf } from "../../reconcile/as-of.ts";
import type { Enrolment } from "../../reconcile/enrolments.ts";
import type { PortalState } from "../../reconcile/portal-builds.ts";
import { Publications } from "../../reconcile/publications.ts";
import type { NotReady } from "../../reconcile/readiness.ts";
import type { World } from "../../reconcile/reconciler.ts";
import { addStateGauges } from "../../reconcile/state-gauges.ts";
import type { Store } from "../../store/contract.ts";
import { GroupCommit } from "../../store/group-commit.ts";
import { openSqliteStore } from "../../store/sqlite-store.ts";
import { makeAppliance, type TestAppliance, type TestRequest } from "../../testdata/appliance.ts";
import { Allowance, failuresPerMinute } from "../allowance.ts";
import type { DeclaredRoute } from "../authorization.ts";
import { type Allowances, makeAllowances } from "../limits.ts";
import { createServer } from "../server.ts";
import { RequestVerifier } from "../signed/request-verifier.ts";
import { folderSignIn } from "../sign-in.ts";

/** A server for tests, driven by `app.inject`, with a real store, real credentials and two enrolled appliances. */
export interface TestApi {
  readonly app: FastifyInstance;
  readonly routes: readonly DeclaredRoute[];
  readonly allowances: Allowances;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly group: GroupCommit;
  readonly publications: Publications;
  readonly mine: TestAppliance;
  readonly other: TestAppliance;
  /** An appliance that no reviewed file enrols. */
  readonly stranger: TestAppliance;
  /** By the appliance's ULID: whom reviewed files enrol now. */
  readonly enrolments: Map<string, Enrolment>;
  /** What authorities decided; of no partner until it is updated. */
  readonly authority: AuthorityBook;
  readonly folder: string;
  /** Milliseconds; tests move it. */
  clock: { nowMs: number };
  portal: PortalState;
  notReady: readonly NotReady[];
  world: World | null;
  figures: readonly FleetFigures[];
  /** Commits wait for it. */
  disk: Promise<void>;
  /** Crash points that were passed, and how often `changed` was called. */
  readonly passed: string[];
  /** Makes kits; tests put another in its place. */
  makeKit: MakeKitApart;
  /** Checkpoints that appliances brought, with the log they are of. */
  readonly heard: (readonly [string, string])[];
  /** Makes a one-time token. */
  addToken(token: string): Promise<void>;
  /** Sends a request that an appliance signs. */
  ask(by: TestAppliance, request: Omit<TestRequest, "host">): Promise<LightMyRequestResponse>;
  /** Signs a browser in and answers its cookie header. */
  signIn(): Promise<string>;
  close(): Promise<void>;
}

/** The Host header that the server takes. */
export const host = "127.0.0.1:8480";

const site = "01J000000000000000000S1TE0";

/** The partner of the enrolled appliances, and its log. */
export const partnerId = "01J00000000000000000000PP0";
export const logOrigin = "log.example/p";

/** Starts one; nothing listens. */
export async function makeApi(): Promise<TestApi> {
  const folder = await mkdtemp(join(tmpdir(), "compline-api-"));
  const store = openSqliteStore(join(folder, "compline.db"), "write");
  const publications = new Publications();
  const metrics = createMetrics();
  const disk: Pick<Store, "commit"> = {
    commit: async (batch) => {
      await api.disk;
      return await store.commit(batch);
    },
  };
  const group = new GroupCommit(timedCommits(disk, metrics));
  const [mine, other, stranger] = ["A1", "A2", "A3"].map((end) => makeAppliance(`01J0000000000000000000BX${end}`, site));
  if (mine === undefined || other === undefined || stranger === undefined) throw new Error("unreachable: made three");
  await mkdir(join(folder, "login"));
  const api: Omit<TestApi, "app" | "routes" | "allowances"> = {
    store,
    metrics,
    group,
    publications,
    mine,
    other,
    stranger,
    enrolments: new Map([mine, other].map((appliance) => [appliance.id, enrolmentOf(appliance)])),
    authority: new AuthorityBook({ store, group, sources: [], log: createLog("silent"), erased: () => undefined }),
    folder,
    clock: { nowMs: Date.now() },
    portal: { build: null, failed: false },
    notReady: [],
    world: null,
    figures: [],
    disk: Promise.resolve(),
    passed: [],
    makeKit: kitThread(folder),
    heard: [],
    addToken: (token) => writeFile(join(folder, "login", sha256(token)), ""),
    ask: async (by, request) => {
      const { method = "GET", url, body } = request;
      const headers = await by.signed({ host, ...request });
      const payload = body === undefined ? {} : { payload: body };
      return await app.inject({ method: method as "GET", url, headers, ...payload });
    },
    signIn: () => signIn(api, app),
    close: async () => {
      await app.close();
      await group.drain();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
  const clock = (): number => api.clock.nowMs;
  const { enrolments, authority } = api;
  const engine = threadedEngine();
  const failures = new Allowance(failuresPerMinute, clock);
  const allowances = makeAllowances(clock);
  const { app, routes } = await createServer({
    log: createLog("silent"),
    clock,
    address: () => ({ scheme: "http", host: "127.0.0.1", port: 8480 }),
    tls: null,
    store,
    group,
    engine,
    failures,
    allowances,
    enrolments: () => enrolments,
    publications,
    assignmentKey: await loadAssignmentKey(join(folder, "assignment.key")),
    assignmentCame: () => void api.passed.push("assignment came"),
    authority,
    snapshot: async () => null,
    asOf: (question) => answerAsOf({ store, mirrors: { folder, sources: [] }, clock }, question),
    kits: new KitDesk(async (question, signal) => await api.makeKit(question, signal)),
    logOf: (partner) => (partner === partnerId ? logOrigin : null),
    heard: async (log, note) => void api.heard.push([log, note]),
    revision: () => "a".repeat(40),
    portal: () => api.portal,
    readiness: { reasons: async () => api.notReady },
    metrics,
    observeState: addStateGauges({
      metrics,
      store,
      group,
      world: () => api.world,
      portal: () => api.portal,
      figures: async () => api.figures,
      clock,
    }),
    changed: () => api.passed.push("changed"),
    crashPoint: (name) => api.passed.push(name),
    requests: new RequestVerifier({ enrolments: () => enrolments, isRevoked: (keyid) => authority.revoked(keyid) !== null, engine, clock, failures }),
    signIn: folderSignIn(join(folder, "login"), store, clock),
    cookieName: "compline-8480",
    metricsToken: await openMetricsToken(join(folder, "metrics.token")),
  });
  return Object.assign(api, { app, routes, allowances });
}

function enrolmentOf({ id, publicKey, keyid }: TestAppliance): Enrolment {
  // The API reads nothing of the partner.
  const partner = { name: "p", source: "s", revision: "a".repeat(40) } as LivePartner;
  const log = logOrigin;
  const place = { site, sites: new Set([site]), siteName: "s", partner, log };
  return { appliance: id, name: id.toLowerCase(), ...place, publicKey, keyid };
}

async function signIn(api: Pick<TestApi, "addToken">, app: FastifyInstance): Promise<string> {
  const token = "a-token-for-the-operator";
  await api.addToken(token);
  const answer = await app.inject({ url: `/session?token=${token}`, headers: { host } });
  return String(answer.headers["set-cookie"]).split(";")[0] ?? "";
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
