import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyKit } from "@compline/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { judgeEnvelopes } from "../api/judge.ts";
import { loadAssignmentKey } from "../config/assignment-key.ts";
import { nodeEngine } from "../crypto.ts";
import { Loader } from "../reconcile/load.ts";
import { Publications } from "../reconcile/publications.ts";
import { Reconciler } from "../reconcile/reconciler.ts";
import { Mirror } from "../source/mirror.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { makeAppliance } from "../testdata/appliance.ts";
import {
  depotId,
  type DesiredFiles,
  libraryFiles,
  loggedPartnerFiles,
  logOf,
  movedFiles,
} from "../testdata/desired.ts";
import { authorityBook, reconcilerPorts } from "../testdata/reconciler.ts";
import { signLog } from "../testdata/stored-site.ts";
import { findSite } from "./find-site.ts";
import { makeKit } from "./make-kit.ts";
import { chainsOf, trustOfSite } from "./site-evidence.ts";

const box = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000SH0PA");
const before: DesiredFiles = { ...libraryFiles(), ...loggedPartnerFiles("acme", box) };

let repository: TestRepository;
let state: string;
let store: Store;
let mirror: Mirror;
let publications: Publications;
let reconciler: Reconciler;
let prev: string | null;
let seq: number;

beforeEach(async () => {
  [prev, seq] = [null, 0];
  repository = await makeRepository();
  state = await mkdtemp(join(tmpdir(), "compline-moved-"));
  mirror = await Mirror.open(
    { name: "main", repository: repository.folder, branch: "main" },
    join(state, "main.git"),
  );
  store = openSqliteStore(join(state, "compline.db"), "write");
  publications = new Publications();
  const key = await loadAssignmentKey(join(state, "assignment.key"));
  const sources = [{ mirror, loader: new Loader(mirror) }];
  reconciler = new Reconciler(
    reconcilerPorts({ sources, store, key, publications, clock: () => Date.UTC(2026, 10, 23) }),
  );
});

afterEach(async () => {
  mirror.close();
  await store.close();
  await repository.remove();
  await rm(state, { recursive: true });
});

/** What the box obeys: the assignment that it fetched last. */
async function fetchAssignment(): Promise<{ site: string; digest: string; revision: string }> {
  const { digest = "" } = publications.latest(box.id) ?? {};
  const stored = await store.assignment(digest);
  if (stored === null) throw new Error("nothing was published for the box");
  return { site: stored.site, digest, revision: stored.revision };
}

type Obeyed = Awaited<ReturnType<typeof fetchAssignment>>;

/** The box signs one bundle and hands it in; answers why it is not kept. */
async function sign({ site, digest, revision }: Obeyed, isNew = false): Promise<string | null> {
  const place = {
    chain: { id: box.id, epoch: 0, seq, prev },
    site,
    policy: { revision, assignment: digest },
  };
  const sealed = await box.seal(seq, { ...place, ...(isNew ? { kind: "snapshot" as const } : {}) });
  const world = reconciler.world();
  if (world === null) throw new Error("nothing is in force");
  const signers = {
    enrolments: world.enrolments,
    authority: authorityBook({ store, sources: [] }),
  };
  const tools = { engine: nodeEngine(), receivedAt: "2026-11-23T10:00:00.000Z" };
  const [judged] = await judgeEnvelopes([sealed.bytes], signers, tools);
  if (judged === undefined || "refused" in judged) return judged?.refused.code ?? "";
  await store.commit([judged.item]);
  [prev, seq] = [sealed.digest, seq + 1];
  return null;
}

/** The kit of a site, verified by the trust file in it. */
async function verifySite(name: string, to = "2026-11-23T10:01:00.000Z") {
  const site = findSite(reconciler.world()?.partners ?? [], name);
  const trust = await trustOfSite(site, store);
  const { chains, elsewhere } = await chainsOf(store, trust);
  const period = { from: "2026-11-23T00:00:00.000Z", to };
  const names = { partner: site.partnerName, site: site.displayName };
  const about = { store, chains, site: site.id, names, trust, period, framework: null, sample: null };
  const { zip, bundles } = await makeKit({ ...about, read: async () => null, programs: [] });
  const { outcome, failures, unchecked, checked } = await verifyKit(zip, {
    engine: nodeEngine(),
    trust: null,
  });
  const incomplete = unchecked.filter(({ level }) => level === "incomplete");
  const told = [...failures, ...incomplete].map(({ code, message }) => `${code} ${message}`);
  // Nothing here is anchored.
  const weighty = told.filter((text) => !text.startsWith("NOT_ANCHORED"));
  const places = checked.chains.map(({ from, to }) => `${from.epoch}-${from.seq} to ${to.epoch}-${to.seq}`);
  return { outcome, bundles, weighty, places, elsewhere, codes: unchecked.map(({ code }) => code) };
}

test("a box that moves leaves its evidence to each site, and each site's kit is whole", async () => {
  await repository.commit(before);
  await reconciler.pass();
  const atShop = await fetchAssignment();
  for (let n = 0; n < 3; n++) expect(await sign(atShop)).toBeNull();
  await repository.commit(movedFiles("acme", before));
  await reconciler.pass();
  // The box learns of it later: what it signs until then is still the shop's.
  expect(await sign(atShop)).toBeNull();
  const atDepot = await fetchAssignment();
  expect(atDepot.site).toBe(depotId);
  expect(await sign(atDepot, true)).toBeNull();
  expect(await sign(atDepot)).toBeNull();
  await signLog(store, logOf("acme"));

  expect(await verifySite("shop")).toMatchObject({
    outcome: "verified",
    weighty: [],
    places: ["0-0 to 0-3"],
    elsewhere: `2 bundles that ${box.id} signed for another site`,
  });
  const depot = await verifySite("depot");
  expect(depot).toMatchObject({ outcome: "verified", weighty: [], places: ["0-4 to 0-5"] });
  expect(depot.codes).toContain("MADE_ELSEWHERE");
  expect(depot.elsewhere).toBe(`4 bundles that ${box.id} signed for another site`);
});

test("a chain that begins after a kit's period is not missing from it", async () => {
  await repository.commit(before);
  await reconciler.pass();
  const atShop = await fetchAssignment();
  expect(await sign(atShop)).toBeNull();
  expect(await sign(atShop)).toBeNull();
  await signLog(store, logOf("acme"));
  const early = await verifySite("shop", "2026-11-23T09:00:00.000Z");
  expect(early).toMatchObject({ outcome: "verified", weighty: [], bundles: 0, places: ["0-0 to 0-0"] });
});
