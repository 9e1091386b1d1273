import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCheckpoint, type TrustFile } from "@compline/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { itemOf } from "../store/testdata/items.ts";
import { cosignedBy, makeWitness } from "../testdata/witness.ts";
import { leftBehind, logFiles } from "./log-files.ts";
import { openSigner } from "../testdata/signer.ts";

const origin = "log.example/p";
const [owl, heron, stranger] = ["owl.example", "heron.example", "stranger.example"].map(makeWitness);

let folder: string;
let store: Store;
/** Five bundles, with a checkpoint after each; the owl saw two of them, the heron three, a stranger all. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-log-files-"));
  store = openSqliteStore(join(folder, "store.db"), "write");
  const signer = await openSigner(store, folder);
  for (const [at, witness] of [null, owl, heron, null, stranger].entries()) {
    await store.commit([{ ...itemOf(at, String(at)), log: origin }]);
    await signer.sign([origin]);
    if (witness !== null && witness !== undefined)
      await store.putCosigned(await cosignedBy(witness, await store.checkpoint(origin)));
  }
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** What goes along for a trust file with these witnesses and quorum; of each checkpoint who signed it. */
async function taken(witnesses: readonly (typeof owl)[], quorum: number) {
  const listed = witnesses.flatMap((one) =>
    one === undefined ? [] : [{ name: one.key.name, vkey: one.vkey }],
  );
  const trust = { log: { origin, vkey: "", newest: null }, witnesses: listed, quorum };
  const log = await logFiles(store, trust);
  const checkpoints = (log?.files ?? []).flatMap(({ path, bytes }) => {
    const read = readCheckpoint(bytes);
    return read.ok ? [[path, ...read.value.note.signatures.map(({ name }) => name)]] : [];
  });
  const entries = log?.files.find(({ path }) => path === "log/entries")?.bytes.length;
  return { reach: log?.reach, entries, checkpoints };
}

const newest = ["log/checkpoints/5", origin];
const byOwl = ["log/checkpoints/2", origin, "owl.example"];
const byHeron = ["log/checkpoints/3", origin, "heron.example"];

test.each([
  ["all that a checkpoint covers, when no witness is asked for", [owl], 0, 5, [newest, byOwl]],
  ["what one witness saw", [owl], 1, 2, [newest, byOwl]],
  ["what the one saw that saw more", [owl, heron], 1, 3, [newest, byHeron, byOwl]],
  ["what two witnesses saw, each by a checkpoint of its own", [owl, heron], 2, 2, [newest, byHeron, byOwl]],
  ["all, with nobody's line, when too few ever saw anything", [makeWitness("late.example")], 1, 5, [newest]],
] as const)("%s", async (_, witnesses, quorum, reach, checkpoints) => {
  expect(await taken(witnesses, quorum)).toEqual({ reach, entries: 160, checkpoints });
});

test("a partner without a log has no files of one", async () => {
  expect(await logFiles(store, { log: null } as TrustFile)).toBeNull();
});

test("what is left to the next time is said with its reason", () => {
  expect(leftBehind({ all: 3, taken: 3 }, { quorum: 1 })).toBeNull();
  expect(leftBehind({ all: 3, taken: 2 }, { quorum: 0 })).toBe(
    "1 bundle that no checkpoint of the log covers yet",
  );
  expect(leftBehind({ all: 9, taken: 2 }, { quorum: 2 })).toContain("7 bundles that fewer than 2");
});
