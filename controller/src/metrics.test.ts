import { readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FleetFigures, type HealRecord, signCheckpoint, type Snapshot } from "@compline/core";
import { Anchorer } from "./anchor/anchorer.ts";
import { host, makeApi, type TestApi } from "./api/testdata/api.ts";
import { createLog } from "./log.ts";
import { repeat } from "./reconcile/loop.ts";
import { PortalBuilds } from "./reconcile/portal-builds.ts";
import { Reconciler, type World } from "./reconcile/reconciler.ts";
import { resultOf, testHost } from "./testdata/appliance.ts";
import { cosignedBy, makeWitness } from "./testdata/witness.ts";
import { itemOf } from "./store/testdata/items.ts";
import { complaintsAbout, type Family, readExposition } from "./testdata/exposition.ts";
import { reconcilerPorts } from "./testdata/reconciler.ts";

let api: TestApi;
let release: () => void = () => undefined;
beforeEach(async () => {
  api = await makeApi();
});
afterEach(async () => {
  release();
  await api.close();
});

async function get(url: string, headers: Readonly<Record<string, string>> = {}) {
  return await api.app.inject({ url, headers: { host, ...headers } });
}

async function post(bytes: Uint8Array) {
  const headers = { host, "content-type": "application/json" };
  return await api.app.inject({ method: "POST", url: "/v1/evidence", headers, payload: Buffer.from(bytes) });
}

async function scrape(): Promise<string> {
  const token = (await readFile(join(api.folder, "metrics.token"), "utf8")).trim();
  const answer = await get("/metrics", { authorization: `Bearer ${token}` });
  expect([answer.statusCode, answer.headers["content-type"]]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  return answer.body;
}

async function families(): Promise<ReadonlyMap<string, Family>> {
  return new Map(readExposition(await scrape()).map((family) => [family.name, family]));
}

/** The value of one series; 0 when there is none. */
async function valueOf(family: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
  const samples = (await families()).get(family)?.samples ?? [];
  const wanted = JSON.stringify(labels);
  const part = (name: string): boolean => name === family || name === `${family}_count`;
  return samples.find((one) => part(one.name) && JSON.stringify(one.labels) === wanted)?.value ?? 0;
}

const at = "2026-11-23T10:00:00.000Z";

const healed: HealRecord = {
  host: testHost,
  check: "greeting",
  level: "L1",
  rule: "greet",
  runbook: "greet",
  runbookDigest: "0".repeat(64),
  before: "fail",
  after: "pass",
  outcome: "healed",
  errorClass: null,
  skipped: [],
  approval: null,
  startedAt: at,
  endedAt: at,
};

const world: World = {
  revision: "a".repeat(40),
  sources: [{ name: "main", revision: "a".repeat(40), acceptedAt: at }],
  partners: [],
  enrolments: new Map(),
  conditions: [
    { subject: "partner/north", type: "Ready", status: "False" },
    { subject: "partner/north", type: "Stalled", status: "True" },
  ].map((one) => ({ ...one, reason: "PARTNER_FAULT", message: "", revision: null, since: at }) as never),
};

const figures: FleetFigures = {
  appliances: { working: 1, behind: 0, silent: 2, never_seen: 0, not_enrolled: 0 },
  pairs: { pass: 7, fail: 0, error: 0, not_applicable: 0, unknown: 3 },
  oldestUnknown: at,
  outbox: 5,
};

async function failingPass(): Promise<void> {
  const ending = new AbortController();
  const work = async (): Promise<void> => {
    ending.abort();
    throw new Error("down");
  };
  const { metrics } = api;
  await repeat(work, { everyMs: 1, longestMs: 1, log: createLog("silent"), metrics, signal: ending.signal });
}

async function buildPortal(): Promise<void> {
  const program = join(import.meta.dirname, "reconcile/testdata/fake-build.mjs");
  const { folder, metrics } = api;
  const command = [process.execPath, program, folder];
  const builds = new PortalBuilds({
    folder: join(folder, "portal"),
    command,
    log: createLog("silent"),
    metrics,
  });
  await builds.open();
  builds.request({
    position: 1,
    revision: null,
    asOf: at,
    sites: [],
    assignments: [],
  } as unknown as Snapshot); // nothing else of it is looked at
  await builds.idle();
  api.portal = builds.state();
}

async function pass(): Promise<void> {
  const { store, metrics } = api;
  const key = { publicKey: new Uint8Array(), keyid: "", sign: async () => new Uint8Array() };
  await new Reconciler(reconcilerPorts({ sources: [], store, key, clock: Date.now, metrics })).pass();
}

const watcher = makeWitness("owl.example");

/** Three bundles in a log whose checkpoint covers two. */
async function logged(): Promise<void> {
  const origin = "log.north.example";
  await api.store.commit([0, 1, 2].map((seq) => ({ ...itemOf(seq, `${seq}`), log: origin })));
  const sign = async () => new Uint8Array(64);
  const note = await signCheckpoint({ origin, size: 2, root: "0".repeat(64) }, new Uint8Array(32), sign);
  await api.store.putCheckpoint({ log: origin, size: 2, signedAt: at, vkey: "", note });
  const calendars = [{ url: "https://calendar.example", operator: "Larkwell" }];
  const spec = { log: { origin, witnesses: [{ vkey: watcher.vkey }], quorum: 1 }, anchors: { calendars } };
  const graph = { partners: new Map([["north", { document: { spec } }]]) };
  api.world = { ...world, partners: [{ name: "north", graph } as never] };
}

/** Beside it a log that is to be anchored, too, and never was. */
async function neverAnchored(): Promise<void> {
  await anchored();
  const anchors = { calendars: [{ url: "https://calendar.example", operator: "Larkwell" }] };
  const graph = {
    partners: new Map([["south", { document: { spec: { log: { origin: "log.south.example" }, anchors } } }]]),
  };
  const partners = [...(api.world?.partners ?? []), { name: "south", graph } as never];
  api.world = { ...world, partners };
}

/** A witness saw the two bundles that the checkpoint of the same log covers. */
async function witnessed(): Promise<void> {
  await logged();
  const origin = "log.north.example";
  await api.store.putCosigned(
    await cosignedBy(watcher, await api.store.checkpoint(origin), Date.parse(at) / 1000),
  );
}

/** In the same log a root of two bundles that has a block, and one of three that waits for a minute. */
async function anchored(): Promise<void> {
  await logged();
  const anchor = { log: "log.north.example", root: "0".repeat(64), stampedAt: at, ots: new Uint8Array(1) };
  await api.store.putAnchor({ ...anchor, size: 2, state: "attested", confirmation: null });
  await api.store.putAnchor({ ...anchor, size: 3, state: "pending", confirmation: null });
  api.clock.nowMs = Date.parse(at) + 60_000;
}

interface Happening {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly happens: () => Promise<unknown>;
  readonly value: number;
}

/** Each metric, what moves it, and where to. */
const happenings: readonly Happening[] = [
  { name: "compline_build_info", labels: { version: "0.1.0" }, happens: async () => undefined, value: 1 },
  {
    name: "compline_ingest_envelopes_total",
    labels: { outcome: "accepted" },
    happens: async () => await post((await api.mine.seal(0)).bytes),
    value: 1,
  },
  {
    name: "compline_ingest_envelopes_total",
    labels: { outcome: "duplicate" },
    happens: async () => {
      const { bytes } = await api.mine.seal(0);
      await post(bytes);
      await post(bytes);
    },
    value: 1,
  },
  {
    name: "compline_ingest_envelopes_total",
    labels: { outcome: "fork" },
    happens: async () => {
      await post((await api.mine.seal(0)).bytes);
      await post((await api.mine.seal(0, { assignment: "c".repeat(64) })).bytes);
    },
    value: 1,
  },
  {
    name: "compline_ingest_envelopes_total",
    labels: { outcome: "refused" },
    happens: async () => await post(Buffer.from("{}")),
    value: 1,
  },
  {
    name: "compline_ingest_refused_total",
    labels: { code: "NOT_JSON" },
    happens: async () => await post(Buffer.from("no json")),
    value: 1,
  },
  {
    name: "compline_ingest_request_duration_seconds",
    happens: async () => await post((await api.mine.seal(0)).bytes),
    value: 1,
  },
  {
    name: "compline_store_commit_duration_seconds",
    happens: async () => await post((await api.mine.seal(0)).bytes),
    value: 1,
  },
  {
    name: "compline_heals_total",
    labels: { outcome: "healed" },
    happens: async () => {
      const { bytes } = await api.mine.seal(1, { results: [resultOf("pass", at)], heals: [healed] });
      await post(bytes);
      await post(bytes);
    },
    value: 1,
  },
  {
    name: "compline_requests_refused_total",
    labels: { reason: "unauthorized" },
    happens: async () => await get("/v1/sites"),
    value: 1,
  },
  {
    name: "compline_requests_refused_total",
    labels: { reason: "wrong_host" },
    happens: async () => await get("/healthz", { host: "portal.example" }),
    value: 1,
  },
  {
    name: "compline_requests_refused_total",
    labels: { reason: "too_many" },
    happens: async () => {
      for (let n = 0; n <= 100; n++) await post(Buffer.from("unsigned"));
    },
    value: 1,
  },
  {
    name: "compline_requests_refused_total",
    labels: { reason: "foreign" },
    happens: async () => await api.ask(api.mine, { url: `/v1/appliances/${api.other.id}/assignment` }),
    value: 1,
  },
  { name: "compline_reconcile_pass_duration_seconds", happens: pass, value: 1 },
  { name: "compline_reconcile_failures_total", happens: failingPass, value: 1 },
  { name: "compline_portal_builds_total", labels: { result: "done" }, happens: buildPortal, value: 1 },
  {
    name: "compline_portal_builds_total",
    labels: { result: "failed" },
    happens: async () => {
      await writeFile(join(api.folder, "fail"), "");
      await buildPortal();
    },
    value: 1,
  },
  { name: "compline_portal_build_duration_seconds", happens: buildPortal, value: 1 },
  { name: "compline_portal_built_timestamp_seconds", happens: buildPortal, value: Date.parse(at) / 1000 },
  {
    name: "compline_source_revision_info",
    labels: { source: "main", revision: "a".repeat(12) },
    happens: async () => (api.world = world),
    value: 1,
  },
  { name: "compline_log_leaves", happens: logged, value: 3 },
  { name: "compline_log_uncovered_leaves", happens: logged, value: 1 },
  { name: "compline_log_checkpoint_timestamp_seconds", happens: logged, value: Date.parse(at) / 1000 },
  { name: "compline_log_unwitnessed_leaves", happens: logged, value: 3 },
  { name: "compline_log_unwitnessed_leaves", happens: witnessed, value: 1 },
  { name: "compline_log_witnessed_timestamp_seconds", happens: witnessed, value: Date.parse(at) / 1000 },
  {
    name: "compline_source_accepted_timestamp_seconds",
    labels: { source: "main" },
    happens: async () => (api.world = world),
    value: Date.parse(at) / 1000,
  },
  {
    name: "compline_conditions",
    labels: { kind: "partner", type: "Stalled", reason: "PARTNER_FAULT" },
    happens: async () => (api.world = world),
    value: 1,
  },
  {
    name: "compline_ingest_queue_envelopes",
    happens: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      [api.disk, release] = [promise, resolve];
      void api.group.submit(itemOf(1, "waits"));
    },
    value: 1,
  },
  {
    name: "compline_appliances",
    labels: { state: "silent" },
    happens: async () => (api.figures = [figures, figures]),
    value: 4,
  },
  {
    name: "compline_pairs",
    labels: { verdict: "unknown" },
    happens: async () => (api.figures = [figures]),
    value: 3,
  },
  {
    name: "compline_unknown_oldest_age_seconds",
    happens: async () => {
      api.clock.nowMs = Date.parse(at) + 60_000;
      api.figures = [{ ...figures, oldestUnknown: null }, figures];
    },
    value: 60,
  },
  { name: "compline_anchor_newest_timestamp_seconds", happens: anchored, value: Date.parse(at) / 1000 },
  { name: "compline_anchor_newest_timestamp_seconds", happens: neverAnchored, value: 0 },
  { name: "compline_anchor_oldest_pending_age_seconds", happens: anchored, value: 60 },
  {
    name: "compline_anchor_failures_total",
    labels: { step: "stamp" },
    happens: async () => {
      const { store, metrics } = api;
      await new Anchorer({
        store,
        newestRoot: async () => ({ size: 1, root: new Uint8Array(32) }),
        web: {
          fetch: () => Promise.reject(new Error("no way out")),
          deadlineMs: 1000,
          signal: new AbortController().signal,
        },
        headers: null,
        clock: Date.now,
        log: createLog("silent"),
        metrics,
        changed: () => undefined,
      }).round([{ log: "log.other.example", calendars: [], atLeast: 1, intervalMs: 1000 }]);
    },
    value: 1,
  },
  { name: "compline_outbox_bundles", happens: async () => (api.figures = [figures, figures]), value: 10 },
  {
    name: "compline_evidence_bundles",
    happens: async () => await post((await api.mine.seal(0)).bytes),
    value: 1,
  },
];

async function everything(): Promise<void> {
  for (const { happens } of happenings) {
    await happens();
    release();
  }
}

describe("each metric moves when its thing happens", () => {
  for (const { name, labels = {}, happens, value } of happenings) {
    test(`${name}${JSON.stringify(labels)}`, async () => {
      const before = name === "compline_build_info" ? 0 : await valueOf(name, labels);
      await happens();
      expect([before, await valueOf(name, labels)]).toEqual([0, value]);
    });
  }
});

/** Rows of the table in the package's README: name, type, labels. */
function documented(): readonly (readonly string[])[] {
  const readme = readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8");
  const rows = readme.matchAll(/^\| `(compline_[a-z_]+)` \| ([a-z]+) \| ([^|]*) \| ([^|]+) \|$/gm);
  return [...rows].map(([, name = "", type = "", labels = ""]) => [name, type, labels.replaceAll("`", "")]);
}

test("the table in the README names the metrics there are, with type and labels", async () => {
  const known = api.metrics.registry.getMetricsAsArray().map((metric) => {
    const { name, labelNames } = metric as unknown as { name: string; labelNames: readonly string[] };
    const type = metric.constructor.name.toLowerCase();
    return [name, type, labelNames.filter((label) => label !== "le").join(", ")];
  });
  const byName = (rows: readonly (readonly string[])[]) =>
    rows.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  expect(byName(documented())).toEqual(byName(known));
  expect(new Set(happenings.map(({ name }) => name))).toEqual(new Set(known.map(([name]) => name)));
});

test("the text is what a strict reader of the format takes, and its names follow Prometheus' conventions", async () => {
  await everything();
  const found = readExposition(await scrape());
  expect(found.flatMap(complaintsAbout)).toEqual([]);
  expect(found.map(({ name }) => name)).toHaveLength(api.metrics.registry.getMetricsAsArray().length);
});

test("no label tells a tenant's name, address or id", async () => {
  await everything();
  const text = await scrape();
  for (const secret of [api.mine.id, api.mine.site, testHost, "north"]) expect(text).not.toContain(secret);
});

test("/metrics is for whoever shows the token, and for the operator", async () => {
  expect((await get("/metrics")).statusCode).toBe(401);
  expect((await api.ask(api.mine, { url: "/metrics" })).statusCode).toBe(401);
  expect((await get("/metrics", { cookie: await api.signIn() })).statusCode).toBe(200);
  await rm(join(api.folder, "metrics.token"));
  expect((await get("/metrics", { authorization: "Bearer undefined-or-empty" })).statusCode).toBe(401);
});

test("/readyz says 503 and why, in codes only", async () => {
  expect((await get("/readyz")).json()).toEqual({ ready: true, reasons: [] });
  api.notReady = [{ code: "STORE_NOT_WRITABLE", message: "/srv/state is full" }];
  const answer = await get("/readyz");
  expect([answer.statusCode, answer.json()]).toEqual([
    503,
    { ready: false, reasons: ["STORE_NOT_WRITABLE"] },
  ]);
});
