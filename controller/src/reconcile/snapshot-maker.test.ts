import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labReportPath, readTrust } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { IngestItem, Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { makeAppliance, resultOf } from "../testdata/appliance.ts";
import { libraryFiles, logOf, loggedPartnerFiles } from "../testdata/desired.ts";
import { ChainBook } from "./chain-book.ts";
import { judgeTree } from "./load.ts";
import { NoticeFile } from "./notices.ts";
import { SnapshotMaker, type SnapshotMakerPorts } from "./snapshot-maker.ts";

const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
const revision = "a".repeat(40);
/** One that judges by no check of the tree. */
const text = '{"checks":{}}';
const assignment = sha256(text);
const labReport = {
  schemaVersion: "1",
  startedAt: "2026-11-23T02:00:00.000Z",
  endedAt: "2026-11-23T02:06:00.000Z",
  revision,
  edited: false,
  cadence: "2s",
  software: { compline: "0.1.0", node: "26.10.0" },
  machines: [
    { name: "debian-12", system: "Debian 12", kernel: "6.12.1", systemd: "252.39", openssh: "9.2p1" },
  ],
  drills: [],
};
let folder: string;
let store: Store;
let book: ChainBook;
let maker: SnapshotMaker;
let ports: SnapshotMakerPorts;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-snapshot-"));
  store = openSqliteStore(join(folder, "compline.db"), "write");
  const files = Object.entries({
    ...libraryFiles(),
    ...loggedPartnerFiles("acme", acme),
    [labReportPath]: JSON.stringify(labReport),
  });
  const source = { files: files.map(([path, text]) => ({ path, text, id: path })), diagnostics: [] };
  const { graph, lab, diagnostics } = judgeTree(revision, source);
  expect(diagnostics).toEqual([]);
  book = new ChainBook(store);
  ports = {
    store,
    book,
    notices: new NoticeFile(join(folder, "notices.json")),
    clock: () => Date.UTC(2026, 10, 23, 10, 1),
    world: () => ({ partners: [{ name: "acme", source: "main", revision, graph, lab }], conditions: [] }),
  };
  maker = new SnapshotMaker(ports);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

async function keep(seq: number, verdict: "pass" | "fail"): Promise<string> {
  const at = new Date(Date.UTC(2026, 10, 23, 10, 0, seq)).toISOString();
  const { bytes, digest } = await acme.seal(seq, { assignment, results: [resultOf(verdict, at)] });
  const place = { chain: acme.id, epoch: 0, seq, site: acme.site, keyid: acme.keyid };
  const item: IngestItem = { digest, bytes, ...place, receivedAt: at, log: logOf("acme") };
  await store.commit([item]);
  return digest;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

describe("a snapshot", () => {
  test("follows the store from one to the next", async () => {
    const first = await maker.make();
    expect(first?.sites[0]?.results).toMatchObject([{ verdict: "unknown" }]);
    await keep(0, "pass");
    expect((await maker.make())?.sites[0]?.results).toMatchObject([{ verdict: "pass" }]);
    const digest = await keep(1, "fail");
    const third = await maker.make();
    expect(third?.position).toBe(2);
    expect(third?.sites[0]?.results).toMatchObject([{ verdict: "fail", bundle: digest }]);
  });

  test("a bundle that comes late fills its gap, whatever came before it", async () => {
    await keep(0, "pass");
    await keep(2, "fail");
    const gap = (await maker.make())?.sites[0];
    expect(gap?.appliances[0]?.chain).toMatchObject({ gaps: 1, count: 2 });
    expect(gap?.results).toMatchObject([{ verdict: "unknown" }]);
    await keep(1, "pass");
    const filled = (await maker.make())?.sites[0];
    expect(filled?.appliances[0]?.chain).toMatchObject({ gaps: 0, count: 3 });
    expect(filled?.results).toMatchObject([{ verdict: "fail" }]);
  });

  test("an erased bundle is no gap, what it said is forgotten, and a restart says the same", async () => {
    await keep(0, "pass");
    const erased = await keep(1, "fail");
    await keep(2, "fail");
    await maker.make();
    await store.erase(erased, "d".repeat(64));
    book.forget(acme.id);
    const again = new SnapshotMaker({ ...ports, book: new ChainBook(store) });
    for (const one of [maker, again]) {
      const site = (await one.make())?.sites[0];
      expect(site?.appliances[0]?.chain).toMatchObject({ gaps: 0, count: 2 });
      expect(site?.results).toMatchObject([{ verdict: "unknown" }]);
    }
  });

  test("a fork is counted, and two makings at once take nothing twice", async () => {
    await keep(0, "pass");
    await keep(1, "fail");
    await keep(1, "pass");
    const [one, two] = await Promise.all([maker.make(), maker.make()]);
    expect(one?.sites[0]?.appliances[0]?.chain).toMatchObject({ forks: 1, count: 2 });
    expect(two?.sites[0]?.appliances[0]?.chain).toEqual(one?.sites[0]?.appliances[0]?.chain);
  });

  test("brings the assignments that its bundles name, and a trust file that can be read", async () => {
    const stored = {
      digest: assignment,
      bytes: new TextEncoder().encode(text),
      signature: new Uint8Array(64),
    };
    const times = { issuedAt: "2026-11-23T10:00:00.000Z", healUntil: "2026-11-30T10:00:00.000Z" };
    const place = { keyid: acme.keyid, appliance: acme.id, site: acme.site, generation: 1, revision };
    await store.putAssignments([{ ...stored, ...times, ...place }]);
    await keep(0, "pass");
    const acceptances = [
      { source: "main", partner: "acme", revision, commits: 1, acceptedAt: times.issuedAt },
    ];
    const publicKey = Buffer.from(acme.publicKey).toString("hex");
    const key = {
      publicKey,
      owner: acme.id,
      partner: "01J000000000000000000PBXA1",
      site: acme.site,
      name: "box",
    };
    const keys = [{ key, revision, at: times.issuedAt }];
    await store.recordAcceptances({ acceptances, claims: [], keys });
    await keep(1, "pass");
    const snapshot = await maker.make();
    expect(snapshot?.log).toEqual({
      origin: logOf("acme"),
      size: 2,
      checkpoint: null,
      witnesses: null,
      anchors: null,
    });
    expect(snapshot?.assignments).toMatchObject([{ digest: assignment, text }]);
    expect(snapshot?.sites[0]?.results).toMatchObject([{ verdict: "unknown", reason: "OLDER_CHECK" }]);
    const trust = readTrust(Buffer.from(snapshot?.trust ?? ""));
    expect(trust).toMatchObject({
      ok: true,
      trust: {
        sites: [acme.site],
        keys: [{ appliance: acme.id, site: acme.site, from: 1, to: null }],
        revisions: [{ id: revision, from: 1 }],
        assignments: [{ digest: assignment, generation: 1, from: 1 }],
      },
    });
  });

  test("says what the notice file says, and nothing when it says nothing that is understood", async () => {
    await writeFile(
      join(folder, "notices.json"),
      JSON.stringify([{ code: "UNCOMMITTED_EDITS", message: "2 files" }]),
    );
    expect((await maker.make())?.notices).toContainEqual({ code: "UNCOMMITTED_EDITS", message: "2 files" });
    await writeFile(join(folder, "notices.json"), "{");
    expect((await maker.make())?.notices.map(({ code }) => code)).not.toContain("UNCOMMITTED_EDITS");
  });

  test("says what the lab's drills came to, as the revision in force says", async () => {
    expect((await maker.make("acme"))?.lab).toEqual(labReport);
  });
});
