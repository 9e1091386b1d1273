import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkpointText } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeEngine } from "../crypto.ts";
import type { LivePartner } from "../reconcile/accept.ts";
import { judgeTree } from "../reconcile/load.ts";
import { Mirror } from "../source/mirror.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { itemOf } from "../store/testdata/items.ts";
import { makeAppliance } from "../testdata/appliance.ts";
import { libraryFiles, logOf, loggedPartnerFiles } from "../testdata/desired.ts";
import { cosignNote, makeWitness, type TestWitness } from "../testdata/witness.ts";
import type { CheckpointSigner } from "./signer.ts";
import { WitnessBranches } from "./witness-branches.ts";
import { WitnessNotes } from "./witness-notes.ts";
import { openSigner } from "../testdata/signer.ts";

const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
const log = logOf("acme");
const timeS = 1_795_000_000;

const fileOf = ({ key }: TestWitness): string => `witness/acme/${key.name}/checkpoint`;

let repository: TestRepository;
let folder: string;
let mirror: Mirror;
let store: Store;
let signer: CheckpointSigner;
let notes: WitnessNotes;
let changes: number;
let nowMs: number;
let owl: TestWitness;
let heron: TestWitness;

beforeEach(async () => {
  nowMs = 1_795_000_100_000;
  changes = 0;
  repository = await makeRepository();
  folder = await mkdtemp(join(tmpdir(), "compline-witness-notes-"));
  store = openSqliteStore(join(folder, "store.db"), "write");
  [owl, heron] = [makeWitness("owl.example"), makeWitness("heron.example/ci")];
  await open();
});
afterEach(async () => {
  mirror.close();
  await store.close();
  await repository.remove();
  await rm(folder, { recursive: true });
});

/** As after a start. */
async function open(): Promise<void> {
  const address = { name: "main", repository: repository.folder, branch: "main" };
  mirror = await Mirror.open(address, join(folder, "main.git"));
  const clock = (): number => nowMs;
  const engine = nodeEngine();
  signer = await openSigner(store, folder, { engine, clock });
  const branches = new WitnessBranches(folder, [address], clock);
  notes = new WitnessNotes({
    mirrors: folder,
    branches,
    signer,
    store,
    engine,
    changed: () => void changes++,
  });
}

/** The partner as its file declares these witnesses, all of which push to one branch, or to the one that is followed. */
async function declare(witnesses: readonly TestWitness[], branch?: string): Promise<LivePartner> {
  const listed = witnesses.map(
    ({ vkey }) => `      - vkey: ${vkey}\n${branch === undefined ? "" : `        branch: ${branch}\n`}`,
  );
  const files = loggedPartnerFiles("acme", acme);
  const path = "sites/acme/partner.yaml";
  const tree = { ...libraryFiles(), ...files, [path]: `${files[path]}    witnesses:\n${listed.join("")}` };
  const revision = await repository.commit(tree);
  await mirror.fetch();
  const source = Object.entries(tree).map(([at, text]) => ({ path: at, text, id: at }));
  const { graph, lab } = judgeTree(revision, { files: source, diagnostics: [] });
  return { name: "acme", source: "main", revision, graph, lab };
}

/** Adds a bundle and signs. */
async function grow(text: string): Promise<void> {
  await store.commit([{ ...itemOf(0, text), log }]);
  await signer.sign([log]);
}

/** The newest checkpoint with the lines of witnesses. */
async function seenBy(...witnesses: readonly TestWitness[]): Promise<string> {
  return Buffer.from(await cosignNote(await store.checkpoint(log), witnesses, timeS)).toString();
}

/** Commits on a branch of its own, from the newest commit of the followed one. */
async function push(branch: string, files: Parameters<TestRepository["commit"]>[0]): Promise<void> {
  await repository.git.raw("checkout", "--quiet", "-B", branch);
  await repository.commit(files);
  await repository.git.raw("checkout", "--quiet", "main");
  nowMs += 60_000;
}

const keptSizes = async (): Promise<readonly (readonly [string, number])[]> =>
  (await store.cosigned(log)).map(({ witness, size }) => [witness.split("+")[0] ?? "", size]);

describe("what witnesses cosigned", () => {
  test("is kept from the branch that is declared, each witness's own, and again when it moved", async () => {
    await grow("a");
    const partner = await declare([owl, heron], "witness");
    await notes.look([partner]);
    expect([await keptSizes(), notes.hasRead(log)]).toEqual([[], true]);
    await push("witness", { [fileOf(owl)]: await seenBy(owl) });
    await notes.look([partner]);
    expect(await keptSizes()).toEqual([["owl.example", 1]]);
    await grow("b");
    await push("witness", {
      [fileOf(heron)]: await seenBy(owl, heron),
      "witness/birch/x/checkpoint": "another's",
    });
    await notes.look([partner]);
    await notes.look([partner]);
    expect(await keptSizes()).toEqual([
      ["heron.example/ci", 2],
      ["owl.example", 2],
    ]);
    expect(changes).toBe(2);
    const [kept] = await store.cosigned(log);
    expect(kept?.cosignedAt).toBe(new Date(timeS * 1000).toISOString());
    const lines = Buffer.from(kept?.note ?? [])
      .toString()
      .split("\n")
      .filter((line) => line.startsWith("— "));
    expect(lines.map((line) => line.split(" ")[1])).toEqual([log, "heron.example/ci"]);
  });

  test("is kept from what is in force when no branch is declared", async () => {
    await grow("a");
    await repository.commit({ [fileOf(owl)]: await seenBy(owl) });
    await notes.look([await declare([owl])]);
    expect(await keptSizes()).toEqual([["owl.example", 1]]);
  });

  test("by nobody who is declared, by another log's key or changed, is not kept, nor is a link or what is too long", async () => {
    await grow("a");
    const partner = await declare([owl], "witness");
    const good = await seenBy(owl);
    const other = Buffer.from(checkpointText({ origin: log, size: 9, root: "0".repeat(64) })).toString();
    await push("witness", {
      "witness/acme/a/checkpoint": await seenBy(heron),
      "witness/acme/b/checkpoint": good.replace(`${log}\n1\n`, `${log}\n7\n`),
      "witness/acme/c/checkpoint": `${other}${good.slice(good.indexOf("\n\n") + 1)}`,
      "witness/acme/d/checkpoint": "— x eHh4eHh4eHg=\n".repeat(600),
      "witness/acme/e/checkpoint": { link: "f" },
      "witness/acme/f": good,
      "witness/acme/g/checkpoint": "no note",
    });
    await notes.look([partner]);
    expect([notes.hasRead(log), await keptSizes()]).toEqual([true, []]);
    await signer.sign([log]);
    expect(signer.stalls().size).toBe(0);
  });
});

describe("a log that witnesses saw further, or otherwise", () => {
  /** Two bundles were seen; the store and the high-water file are of before the second. */
  async function setBack(...texts: readonly string[]): Promise<LivePartner> {
    await grow("a");
    await grow("b");
    const partner = await declare([owl], "witness");
    await push("witness", { [fileOf(owl)]: await seenBy(owl) });
    await store.close();
    for (const name of ["store.db", "store.db-wal", "store.db-shm", "high-water.json"])
      await rm(join(folder, name), { force: true });
    store = openSqliteStore(join(folder, "store.db"), "write");
    await store.commit(texts.map((text) => ({ ...itemOf(0, text), log })));
    await open();
    return partner;
  }

  test("is not signed: it was set back", async () => {
    const partner = await setBack("a");
    await notes.look([partner]);
    await signer.sign([log]);
    expect(signer.stalls().get(log)).toEqual({ code: "LOG_SET_BACK", shown: 2, kept: 1 });
    expect([await store.checkpoint(log), await keptSizes()]).toEqual([null, []]);
  });

  test("is not signed: it is another history", async () => {
    const partner = await setBack("a", "something else", "and more");
    await notes.look([partner]);
    await signer.sign([log]);
    expect(signer.stalls().get(log)).toEqual({ code: "LOG_ANOTHER_HISTORY", shown: 2, kept: 3 });
    expect([await store.checkpoint(log), await keptSizes()]).toEqual([null, []]);
  });

  test("goes on when its bundles came again, and is seen as before", async () => {
    const partner = await setBack("a");
    await notes.look([partner]);
    await signer.sign([log]);
    expect(signer.stalls().size).toBe(1);
    await store.commit([{ ...itemOf(0, "b"), log }]);
    await notes.look([partner]);
    await signer.sign([log]);
    expect(signer.stalls().size).toBe(0);
    expect(await keptSizes()).toEqual([["owl.example", 2]]);
  });
});

test("a source that cannot be read is said, keeps the log from being signed after a start, and is asked again", async () => {
  await grow("a");
  const partner = await declare([owl], "witness");
  await push("witness", { [fileOf(owl)]: await seenBy(owl) });
  const elsewhere = `${repository.folder}-elsewhere`;
  await rename(repository.folder, elsewhere);
  await notes.look([partner]);
  expect([notes.hasRead(log), [...notes.unread().keys()]]).toEqual([false, [log]]);
  await rename(elsewhere, repository.folder);
  await notes.look([partner]);
  expect([notes.hasRead(log), notes.unread().size, await keptSizes()]).toEqual([
    true,
    0,
    [["owl.example", 1]],
  ]);
  await rename(repository.folder, elsewhere);
  nowMs += 60_000;
  await notes.look([partner]);
  expect([notes.hasRead(log), [...notes.unread().keys()]]).toEqual([true, [log]]);
  await rename(elsewhere, repository.folder);
});
