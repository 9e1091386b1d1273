import { join } from "node:path";
import { signCheckpoint } from "@compline/core";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AgentStore, createStore } from "../store/agent-store.ts";
import { openDatabase } from "../store/database.ts";
import { makeAssignment } from "../testdata/assignment.ts";
import { makeFolder } from "../testdata/folder.ts";
import { closeEvaluator, startRig } from "../testdata/rig.ts";
import { takeCheckpoint } from "./told-checkpoint.ts";

const origin = "log.lanternfish.example/evidence";

async function noteOf(size: number, root = "a", name: string = origin): Promise<string> {
  const checkpoint = { origin: name, size, root: root.repeat(64) };
  return Buffer.from(
    await signCheckpoint(checkpoint, new Uint8Array(32), async () => new Uint8Array(64)),
  ).toString("utf8");
}

describe("a checkpoint that the controller tells of", () => {
  let folder: string;
  let store: AgentStore;
  const complaints: string[] = [];
  const log = pino({ level: "warn" }, { write: (line) => void complaints.push(JSON.parse(line).msg) });
  const open = (): AgentStore => createStore(openDatabase(join(folder, "agent.db")));
  const take = (note: string): void => takeCheckpoint(note, { store, log });

  beforeEach(() => {
    complaints.length = 0;
    ({ folder } = makeFolder());
    store = open();
  });
  afterEach(async () => {
    store.close();
    await closeEvaluator();
  });

  it("is kept when it is larger, over a restart, too", async () => {
    for (const size of [2, 5]) take(await noteOf(size));
    store.close();
    store = open();
    expect(store.checkpoint()).toEqual({ origin, size: 5, root: "a".repeat(64), note: await noteOf(5) });
    take(await noteOf(1, "b", "log.new.example"));
    expect(store.checkpoint()).toMatchObject({ origin: "log.new.example", size: 1 });
    expect(complaints).toEqual([]);
  });

  it("does not take the place of a larger one, or of another of its size, which is said", async () => {
    for (const note of [await noteOf(5), await noteOf(4), await noteOf(5, "b"), await noteOf(5)]) take(note);
    expect(store.checkpoint()).toMatchObject({ size: 5, root: "a".repeat(64) });
    const says = "the controller's log is not what it told before";
    expect(complaints).toEqual([says, says]);
  });

  it("is not taken when it is none", async () => {
    const long = (await noteOf(5)) + "x".repeat(5000);
    for (const note of ["", "no note", `${origin}\n1\n`, long]) take(note);
    expect(store.checkpoint()).toBeNull();
    expect(complaints).toHaveLength(4);
  });

  it("is in every bundle that is signed after it was told", async () => {
    store.close();
    const rig = await startRig(folder, makeAssignment());
    await rig.runUntil(({ bundles }) => bundles.length > 0);
    rig.close();
    store = open();
    take(await noteOf(7));
    store.close();
    const next = await startRig(folder, makeAssignment({ generation: 2 }));
    await next.runUntil(({ bundles }) => bundles.length > 0);
    next.close();
    store = open();
    expect([rig, next].map(({ bundles }) => bundles[0]?.seen)).toEqual([
      { checkpoint: null, block: null },
      { checkpoint: { origin, size: 7, root: "a".repeat(64) }, block: null },
    ]);
  });
});
