import { sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ApplianceReport, buildObservation, keyidOf, type ObservationResult, sealStatement } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { statePaths } from "../config/config.ts";
import { nodeSha256 } from "../crypto.ts";
import type { AssignmentEntry, IngestItem, StoredAssignment, StoredReport } from "../store/contract.ts";
import { ChainBook, KEEP_AFTER_BYTES } from "../reconcile/chain-book.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { DesiredFiles } from "./desired.ts";
import { makeStateOf, openReconciler, type WideState } from "./wide-controller.ts";
import { type Box, boxOf, document, partnerFile, range, siteFiles } from "./wide-tree.ts";

/** How large a fleet: each site has ten hosts, every check is meant for each, every framework asks for every check. */
export interface FleetSize {
  readonly sites: number;
  readonly checks: number;
  readonly frameworks: number;
}

const controlsOfFramework = 110;
const evidenceAgeMs = 5 * 60_000;

/** A state folder with a fleet in force, and signed evidence of every pair, five minutes old. */
export async function makeFleet(size: FleetSize): Promise<WideState> {
  const wide = await makeStateOf(fleetFiles(size));
  const { reconciler, close } = await openReconciler(wide);
  await reconciler.tick();
  await close();
  const store = openSqliteStore(statePaths(wide.controller).store, "write");
  const published = new Map((await store.latestAssignments()).map((stored) => [stored.appliance, stored]));
  const nowMs = Date.now() - evidenceAgeMs;
  let items: IngestItem[] = [];
  for (const n of range(size.sites)) {
    const box = boxOf(n);
    const assignment = published.get(box.id);
    if (assignment === undefined) throw new Error("unreachable: every box of the fleet is enrolled");
    const stored = await store.assignment(assignment.digest);
    if (stored === null) throw new Error("unreachable: it is the latest of that box");
    items.push(await firstBundle(box, stored, nowMs));
    if (items.length < 100 && n < size.sites - 1) continue;
    await store.commit(items);
    await Promise.all(items.map((item) => store.putReport(reportOf(item, published))));
    items = [];
  }
  // As the controller does when it takes so much in.
  await new ChainBook(store, { keepAfterBytes: KEEP_AFTER_BYTES }).update();
  await store.close();
  return wide;
}

function fleetFiles({ sites, checks, frameworks }: FleetSize): DesiredFiles {
  const check = readFileSync(join(import.meta.dirname, "../../../policies/checks/linux/sshd-root-login.yaml"), "utf8");
  const names = range(frameworks).map((n) => `frame-${n}`);
  return Object.fromEntries([
    ...range(checks).map((n) => [
      `policies/checks/linux/check-${n}.yaml`,
      check.replace("name: sshd-root-login", `name: check-${n}`).replace("interval: 5m", "interval: 1d"),
    ]),
    ...names.flatMap((name) => frameworkFiles(name, checks)),
    partnerFile,
    ...range(sites).flatMap((n) => siteFiles(n, `[${names.join(", ")}]`)),
  ]);
}

/** Every control is shown by two checks, and every check shows something. */
function frameworkFiles(name: string, checks: number): readonly (readonly [string, string])[] {
  const spec = "title: Fleet\nversion: '1'\nsource: https://fleet.example/\nlicence: none\nrestricted: false\nstatus: mapped\nreview: none";
  const controls = range(controlsOfFramework).map(
    (n) =>
      `  - id: F.${n}\n    title: Control ${n}\n    nature: host\n    requirement: required\n    checks: [check-${n % checks}, check-${(n + 7) % checks}]\n`,
  );
  return [
    [`frameworks/${name}/framework.yaml`, document("Framework", name, spec)],
    [
      `frameworks/${name}/controls/all.yaml`,
      document("ControlFamily", "all", `title: All\ncontrols:\n${controls.join("")}`),
    ],
  ];
}

async function firstBundle(box: Box, { digest, bytes }: StoredAssignment, nowMs: number): Promise<IngestItem> {
  const { pairs, revision } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Assignment; // what was published
  const at = new Date(nowMs).toISOString();
  const rows = pairs.map(([host, check], n) => rowOf(host, check, { n, at }));
  const keyid = keyidOf(box.publicKey);
  const statement = buildObservation(
    {
      kind: "snapshot",
      site: box.site,
      chain: { id: box.id, epoch: 0, seq: 0, prev: null },
      software: { name: "compline-agent", version: "0.1.0", digest: "0".repeat(64) },
      policy: { revision, assignment: digest },
      window: { start: at, end: at },
      clock: { source: "none", offsetMs: null, uncertaintyMs: null, lastSyncAt: null, bootId: "boot", monotonicMs: 1 },
      seen: { checkpoint: null, block: null },
      results: rows,
      heals: [],
      stateAfter: rows,
      ran: rows.length,
      oldestAt: at,
      parts: null,
      attachments: [],
      scrubber: { version: "0", digest: "0".repeat(64) },
    },
    nodeSha256,
  );
  const signer = { keyid, sign: async (message: Uint8Array) => new Uint8Array(sign(null, message, box.privateKey)) };
  const sealed = await sealStatement(statement, signer, nodeSha256);
  return { ...sealed, chain: box.id, epoch: 0, seq: 0, site: box.site, keyid, receivedAt: at, log: null };
}

/** One in twenty fails, one in fifty is an error. */
function rowOf(host: string, check: string, { n, at }: { readonly n: number; readonly at: string }): ObservationResult {
  const row = { host, check, since: at, exception: null };
  if (n % 50 === 1) return { ...row, verdict: "error", reason: "TIMEOUT", observed: null };
  const verdict = n % 20 === 0 ? "fail" : "pass";
  const observed = { permitRootLogin: verdict === "pass" ? "no" : "yes", matchBlocksAllowing: 0 };
  return { ...row, verdict, reason: null, observed };
}

function reportOf(
  { chain, digest, receivedAt }: IngestItem,
  published: ReadonlyMap<string, AssignmentEntry>,
): StoredReport {
  const report: ApplianceReport = {
    schemaVersion: "1",
    asOf: receivedAt,
    startedAt: receivedAt,
    head: { epoch: 0, seq: 0, digest },
    outbox: 0,
    assignment: published.get(chain)?.digest ?? null,
    healing: { mode: "standard", reasons: [] },
    ceiling: { mode: "standard", risk: "low", argv: false, hosts: "practice" },
    suspension: null,
    override: null,
    held: [],
    faults: [],
    software: { name: "compline-agent", version: "0.1.0" },
    nextRunAt: null,
    checkpoint: null,
  };
  return { appliance: chain, receivedAt, body: JSON.stringify(report) };
}
