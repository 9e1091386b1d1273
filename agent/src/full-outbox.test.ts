import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LostRun, type Predicate, readEnvelope } from "@compline/core";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { judge } from "./checks/evaluation.ts";
import { createStore } from "./store/agent-store.ts";
import { openDatabase } from "./store/database.ts";
import type { Envelope } from "./store/outbox.ts";
import { quotaOf } from "./store/room.ts";
import { makeAssignment } from "./testdata/assignment.ts";
import { commitEnvelopes } from "./testdata/commit.ts";
import { makeFolder } from "./testdata/folder.ts";
import { verifyAsKit } from "./testdata/kit.ts";
import { type Rig, startRig } from "./testdata/rig.ts";
import { simulateMachine } from "./testdata/simulated-machine.ts";

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const BIRTH = Date.parse("2026-11-23T00:00:00.000Z");
const ALL = { count: 100_000, bytes: Number.POSITIVE_INFINITY };

/** A disk of two megabytes; only root can have one. */
const disk = mkdtempSync(join(tmpdir(), "compline-small-"));
const isMounted = (): boolean =>
  spawnSync("/bin/mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]).status === 0;
const canMount = isMounted();
if (canMount) spawnSync("/bin/umount", [disk]);

afterAll(() => rmSync(disk, { recursive: true }));

describe("a week without the controller on a disk that is too small for it", () => {
  let rig: Rig | null = null;
  beforeEach(() => isMounted());
  afterEach(() => {
    rig?.close();
    spawnSync("/bin/umount", [disk]);
  });

  it.skipIf(!canMount)(
    "drops the oldest observations, says which, and keeps within its room",
    async () => {
      rig = await liveOffline();
      const { head } = rig.journal;
      const left = rig.store.waiting(ALL);
      const predicates = left.map(predicateOf);
      const runs = predicates.flatMap(lossesIn);
      expect(runs.length).toBeGreaterThan(0);
      expect(rig.store.usage().dropped).toBeGreaterThan(100);
      // Every place of the chain is either here or named as dropped, once.
      const here = predicates.map(({ chain }) => chain.seq);
      const gone = runs.flatMap(({ from, to }) =>
        Array.from({ length: to - from + 1 }, (_, at) => from + at),
      );
      expect([...here, ...gone].toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: head.seq + 1 }, (_, seq) => seq),
      );
      // What a person decided is never dropped, and what was dropped is the oldest.
      expect(predicates.slice(0, 2).map(({ kind }) => kind)).toEqual(["event", "event"]);
      const seen = predicates.filter(({ kind }) => kind !== "event").map(({ chain }) => chain.seq);
      expect(Math.max(...gone)).toBeLessThan(Math.min(...seen));
      const bytes = left.reduce((sum, each) => sum + each.bytes.length, 0);
      expect(bytes).toBeLessThan(quotaOf(disk) + 20_000);
      expect(statSync(join(disk, "agent.db")).size).toBeLessThan(3 * quotaOf(disk));
      const { failures, unchecked } = await verifyAsKit({
        appliance: rig.keys.chain.id,
        publicKeys: [rig.keys.chain.publicKey],
        envelopes: left.map(({ bytes: file }) => file),
        assignments: [rig.store.assignment()].filter((one) => one !== null),
      });
      expect(failures).toEqual([]);
      const incomplete = unchecked.filter(({ level }) => level === "incomplete").map(({ code }) => code);
      expect(new Set(incomplete)).toEqual(new Set(["EVIDENCE_DROPPED"]));
    },
    120_000,
  );
});

/** Looks for a week at a host that changes all the time, and is suspended and resumed at the beginning. */
async function liveOffline(): Promise<Rig> {
  const etc = join(disk, "practice/front-desk/etc");
  mkdirSync(etc, { recursive: true });
  const ending = new AbortController();
  let sleeps = 0;
  const machine = simulateMachine(BIRTH, async () => {
    sleeps += 1;
    writeFileSync(join(etc, "login.defs"), `PASS_MAX_DAYS ${sleeps % 2 === 0 ? 60 : 99_999}\n`);
    expect(rig.loop.stops.filter((stop) => stop !== "SUSPENDED")).toEqual([]);
    if (machine.clock.now() > BIRTH + WEEK) ending.abort();
    return 8 * MINUTE;
  });
  const assignment = makeAssignment({ healing: { mode: "off" }, intervalMs: 8 * MINUTE });
  const rig = await startRig(disk, assignment, {
    ...machine,
    evaluator: { evaluate: async (task) => judge(task), close: async () => {} },
    keepOutbox: true,
    quota: quotaOf(disk),
    isSuspended: () => sleeps > 2 && sleeps < 9,
  });
  await rig.loop.run(ending.signal);
  return rig;
}

describe("the room for what waits", () => {
  it("gives up copies of what the API took before any evidence", () => {
    const { folder } = makeFolder();
    const store = createStore(openDatabase(join(folder, "agent.db")), 1000);
    const commit = (from: number, count: number, isEvent = false): void => {
      const envelopes = Array.from({ length: count }, (_, at) => ({
        digest: String(from + at).padStart(64, "0"),
        bytes: Buffer.alloc(100),
      }));
      const event = isEvent ? { drop: null, rotation: null, override: null } : null;
      commitEnvelopes(store, envelopes, { event });
    };
    commit(0, 10);
    store.acknowledge(
      [0, 1, 2].map((seq) => String(seq).padStart(64, "0")),
      1,
    );
    expect(store.makeRoom()).toBeNull();
    expect(store.oldestKept()).toEqual({ epoch: 0, seq: 0 });
    commit(10, 1, true);
    expect(store.makeRoom()).toBeNull();
    expect(store.oldestKept()).toEqual({ epoch: 0, seq: 2 });
    commit(11, 4);
    // Ten of a hundred bytes are the quota, nine are left; the last copy goes first, and the event stays.
    const drop = store.makeRoom();
    expect(store.oldestKept()).toEqual({ epoch: 0, seq: 3 });
    expect(drop?.runs).toEqual([{ epoch: 0, from: 3, to: 5, last: "5".padStart(64, "0") }]);
    expect(store.outbox().waiting).toBe(12);
    store.close();
    rmSync(folder, { recursive: true });
  });

  it("gives up the oldest attached files before any observation, and the event names them", () => {
    const { folder } = makeFolder();
    const store = createStore(openDatabase(join(folder, "agent.db")), 1000);
    const named = (at: number): string => String(at).padStart(64, "0");
    const commit = (at: number, bytes: number): void => {
      const attachments = [{ digest: named(100 + at), bytes: Buffer.alloc(bytes) }];
      commitEnvelopes(store, [{ digest: named(at), bytes: Buffer.alloc(100) }], { attachments });
    };
    for (let at = 0; at < 4; at++) commit(at, 150);
    expect([store.usage().bytes, store.makeRoom()]).toEqual([1000, null]);
    commit(4, 20);
    // 220 bytes have to go: two files, and the observations that name them stay.
    const drop = store.makeRoom();
    expect(drop).toEqual({ attachments: [named(100), named(101)], runs: [], positions: [] });
    const event = { drop, rotation: null, override: null };
    commitEnvelopes(store, [{ digest: named(5), bytes: Buffer.alloc(10) }], { event });
    expect(store.usage()).toMatchObject({ bytes: 830, dropped: 0 });
    expect(store.outbox().waiting).toBe(6);
    // Where files are not enough, all of them go, and then observations.
    commitEnvelopes(store, [{ digest: named(6), bytes: Buffer.alloc(700) }]);
    expect(store.makeRoom()).toMatchObject({
      attachments: [named(102), named(103), named(104)],
      runs: [{ epoch: 0, from: 0, to: 3, last: named(3) }],
    });
    store.close();
    rmSync(folder, { recursive: true });
  });

  it("gives up copies of attached files that the API took before any that waits", () => {
    const { folder } = makeFolder();
    const store = createStore(openDatabase(join(folder, "agent.db")), 1000);
    for (const at of ["a", "b"])
      commitEnvelopes(store, [{ digest: at, bytes: Buffer.alloc(100) }], {
        attachments: [{ digest: `${at} file`, bytes: Buffer.alloc(400) }],
      });
    store.acknowledge(["a", "b"], 1);
    expect(store.waitingAttachment()?.digest).toBe("a file");
    store.settleAttachment("a file", 1);
    commitEnvelopes(store, [{ digest: "c", bytes: Buffer.alloc(300) }]);
    expect(store.makeRoom()).toBeNull();
    expect(store.waitingAttachment()?.digest).toBe("b file");
    expect(store.usage().bytes).toBe(900);
    store.close();
    rmSync(folder, { recursive: true });
  });
});

function predicateOf({ bytes }: Envelope): Predicate {
  const read = readEnvelope(bytes);
  if (!read.ok) throw new Error(read.message);
  return read.statement.predicate;
}

function lossesIn(predicate: Predicate): readonly LostRun[] {
  return predicate.kind === "event" && predicate.event.type === "loss" ? predicate.event.runs : [];
}
