import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LivePartner } from "../reconcile/accept.ts";
import { judgeTree } from "../reconcile/load.ts";
import { Mirror } from "../source/mirror.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import { makeAppliance } from "../testdata/appliance.ts";
import { libraryFiles, logOf, loggedPartnerFiles, partnerFiles } from "../testdata/desired.ts";
import { WitnessNotes } from "./witness-notes.ts";

const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
let repository: TestRepository;
let mirrors: string;
let mirror: Mirror;
let heard: (readonly [string, string])[];
let notes: WitnessNotes;
beforeEach(async () => {
  repository = await makeRepository();
  mirrors = await mkdtemp(join(tmpdir(), "compline-witness-notes-"));
  const address = { name: "main", repository: repository.folder, branch: "main" };
  mirror = await Mirror.open(address, join(mirrors, "main.git"));
  heard = [];
  notes = new WitnessNotes(mirrors, { hear: async (log, note) => void heard.push([log, note]) });
});
afterEach(async () => {
  mirror.close();
  await repository.remove();
  await rm(mirrors, { recursive: true });
});

/** The partner at a new commit with these files. */
async function partnerWith(
  files: Parameters<TestRepository["commit"]>[0],
  hasLog = true,
): Promise<LivePartner> {
  const revision = await repository.commit(files);
  await mirror.fetch();
  const tree = { ...libraryFiles(), ...(hasLog ? loggedPartnerFiles : partnerFiles)("acme", acme) };
  const source = Object.entries(tree).map(([path, text]) => ({ path, text, id: path }));
  const { graph, lab } = judgeTree(revision, { files: source, diagnostics: [] });
  return { name: "acme", source: "main", revision, graph, lab };
}

test("the notes of all witnesses of a partner are told, and nobody else's, once for each revision", async () => {
  const partner = await partnerWith({
    "witness/acme/owl/checkpoint": "seen by owl",
    "witness/acme/heron/checkpoint": "seen by heron",
    "witness/acme/heron/refused/SPLIT_VIEW-3-0": "refused",
    "witness/birch/owl/checkpoint": "another partner's",
    "witness/acme/long/checkpoint": "x".repeat(5000),
    "witness/acme/link/checkpoint": { link: "../owl/checkpoint" },
  });
  await notes.tell([partner]);
  await notes.tell([partner]);
  expect(heard).toEqual([
    [logOf("acme"), "seen by heron"],
    [logOf("acme"), "seen by owl"],
  ]);
  await notes.tell([await partnerWith({ "witness/acme/owl/checkpoint": "seen later" })]);
  expect(heard.slice(2)).toContainEqual([logOf("acme"), "seen later"]);
});

test("a partner without a log, or without witnesses, has nothing to tell", async () => {
  await notes.tell([await partnerWith({ "witness/acme/owl/checkpoint": "seen" }, false)]);
  await notes.tell([await partnerWith({ "witness/acme/owl/checkpoint": null, "a.txt": "a" })]);
  expect(heard).toEqual([]);
});

test("a mirror that cannot be read keeps the log from being signed: it is an error, and asked again", async () => {
  const partner = await partnerWith({ "witness/acme/owl/checkpoint": "seen" });
  await expect(notes.tell([{ ...partner, revision: "0".repeat(40) }])).rejects.toMatchObject({
    code: "GIT_FAILED",
  });
  await notes.tell([partner]);
  expect(heard).toEqual([[logOf("acme"), "seen"]]);
});
