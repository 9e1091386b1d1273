import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyidOf, readEnvelope, type ReadEnvelope } from "@compline/core";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createReview } from "./controller/review.ts";
import type { CrashPointName } from "./crash-point.ts";
import { AgentError } from "./errors.ts";
import { birthNextKey } from "./state/next-key.ts";
import { openIdentity } from "./state/identity.ts";
import { makeAssignment } from "./testdata/assignment.ts";
import { makeFolder } from "./testdata/folder.ts";
import { verifyAsKit } from "./testdata/kit.ts";
import { closeEvaluator, type Rig, startRig } from "./testdata/rig.ts";

const ALL = { count: 1000, bytes: Number.POSITIVE_INFINITY };
const BROKEN = "PASS_MAX_DAYS 99999\n";

let folder: string;
let tree: string;
let first: string;

beforeEach(async () => {
  ({ folder, tree } = makeFolder());
  const rig = await startRig(folder, makeAssignment({ intervalMs: 1000 }), { keepOutbox: true });
  await rig.runUntil(({ journal }) => journal.head.seq === 1);
  first = rig.keys.chain.publicKey;
  rig.close();
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeEvaluator();
});

describe("a rotation of the appliance's key", () => {
  it("is the old key's last word; then it looks, signs by the new one, heals nothing and sends none of it", async () => {
    const { publicKey: next } = birthNextKey(folder);
    const rig = await again();
    await rig.runUntil(({ journal }) => journal.head.epoch === 1 && journal.head.seq === 0);
    writeFileSync(join(tree, "etc/login.defs"), BROKEN);
    await rig.runUntil(({ journal }) => journal.head.seq === 1);
    expect(rig.loop.stops).toEqual(["KEY_PENDING"]);
    expect(rig.loop.held.map(({ code }) => code)).toEqual(["KEY_PENDING"]);
    expect(rig.keys.pending()).toEqual({ publicKey: next, epoch: 1, unsent: 3 });
    expect(rig.keys.requests.publicKey).toBe(first);
    // What may be sent ends with the rotation.
    const sendable = rig.store.waiting(ALL).map(({ bytes }) => read(bytes));
    expect(sendable.map(({ keyid }) => keyid)).toEqual(sendable.map(() => keyOf(first)));
    expect(sendable.at(-1)?.statement.predicate).toMatchObject({
      chain: { epoch: 0, seq: 2 },
      event: { type: "rotate", publicKey: next, newEpoch: 1 },
    });
    // Git has it.
    rig.keys.settle();
    expect([rig.keys.chain, rig.keys.requests].map(({ publicKey }) => publicKey)).toEqual([next, next]);
    await rig.runUntil(({ journal }) =>
      [...journal.committed.values()].every(({ verdict }) => verdict === "pass"),
    );
    const files = rig.store.waiting(ALL).map(({ bytes }) => bytes);
    expect(files.length).toBeGreaterThan(4); // with what the new key signed while it waited
    expect(files.map((bytes) => read(bytes).keyid).slice(3)).toEqual(files.slice(3).map(() => keyOf(next)));
    await expectVerified(rig, [first, next]);
    rig.close();
    expect(readdirSync(folder).filter((name) => name.endsWith(".key"))).toEqual(["appliance.key"]);
    expect(openIdentity(folder).publicKey).toBe(next);
  });

  it("that a person suspended goes on suspended, and says so in the new epoch", async () => {
    birthNextKey(folder);
    const rig = await startRig(folder, null, { keepOutbox: true, isSuspended: () => true });
    await rig.runUntil(({ journal }) => journal.head.epoch === 1 && journal.head.suspended);
    await expectVerified(rig, [first, rig.keys.chain.publicKey]);
    rig.close();
  });

  const points: readonly CrashPointName[] = [
    "after-sign",
    "after-outbox",
    "after-settled",
    "after-key-moved",
    "after-key-named",
  ];
  it.each(points.flatMap((point) => [1, 2].map((time) => [point, time] as const)))(
    "comes to the same end after a crash %s, time %i",
    async (point, time) => {
      const { publicKey: next } = birthNextKey(folder);
      let left: number = time;
      const onPoint = (name: CrashPointName): void => {
        if (name !== point) return;
        left -= 1;
        if (left === 0) throw new Error("crash");
      };
      const crashed = await startRig(folder, null, { keepOutbox: true, onPoint });
      // The second time may never come: then there was no crash, and the end is the same all the same.
      const ended = await rotateAll(crashed).then(String, String);
      expect(["undefined", "Error: crash"].slice(time === 1 ? 1 : 0)).toContain(ended);
      crashed.close();
      const rig = await again();
      await rotateAll(rig);
      expect(rig.keys.chain.publicKey).toBe(next);
      expect(rig.keys.requests.publicKey).toBe(next);
      await expectVerified(rig, [first, next]);
      const rotations = rig.store.waiting(ALL).filter(({ bytes }) => isRotation(read(bytes)));
      expect(rotations.length).toBe(1);
      rig.close();
      expect(existsSync(join(folder, "appliance.next.key"))).toBe(false);
    },
  );

  it("is lost, and none is made in its place, when the new key is gone after the old one named it", async () => {
    birthNextKey(folder);
    const rig = await again();
    await rig.runUntil(({ journal }) => journal.head.epoch === 1);
    rig.close();
    rmSync(join(folder, "appliance.next.key"));
    await expect(again()).rejects.toMatchObject({ code: "IDENTITY_LOST" });
  });
});

describe("waiting for the review", () => {
  const log = pino({ enabled: false });
  const key = { publicKey: "a".repeat(64), sign: async () => new Uint8Array(64) };
  const refuse = async (): Promise<never> => {
    throw new AgentError("NOT_ENROLLED", "not yet");
  };

  it("asks by the new key twice a minute at most, once the old one's evidence is there, until git has it", async () => {
    let [now, unsent, asked, settled] = [0, 1, 0, 0];
    let answer: () => Promise<unknown> = refuse;
    const review = createReview({
      keys: {
        pending: () => (settled > 0 ? null : { publicKey: key.publicKey, epoch: 1, unsent }),
        candidate: () => key,
        settle: () => void (settled += 1),
      },
      askBy: (by) => {
        expect(by).toBe(key);
        asked += 1;
        return answer();
      },
      monotonic: () => now,
      onSettled: () => {},
      log,
    });
    const { signal } = new AbortController();
    await review.ask(signal);
    expect(asked).toBe(0);
    unsent = 0;
    for (const at of [0, 29_999, 30_000]) {
      now = at;
      await review.ask(signal);
    }
    expect({ asked, settled }).toEqual({ asked: 2, settled: 0 });
    now = 60_000;
    answer = async () => {
      throw new AgentError("CONTROLLER_UNREACHABLE", "down");
    };
    await expect(review.ask(signal)).rejects.toMatchObject({ code: "CONTROLLER_UNREACHABLE" });
    now = 90_000;
    answer = async () => null;
    await review.ask(signal);
    now = 200_000;
    await review.ask(signal);
    expect({ asked, settled }).toEqual({ asked: 4, settled: 1 });
  });
});

async function again(): Promise<Rig> {
  return startRig(folder, null, { keepOutbox: true });
}

/** To its end, whatever was done of it before. */
async function rotateAll(rig: Rig): Promise<void> {
  await rig.runUntil(({ journal }) => journal.head.epoch === 1 && journal.head.seq >= 0);
  if (rig.keys.pending() !== null) rig.keys.settle();
}

async function expectVerified(rig: Rig, publicKeys: readonly string[]): Promise<void> {
  const assignment = rig.store.assignment();
  const { failures, unchecked } = await verifyAsKit({
    appliance: rig.keys.chain.id,
    publicKeys,
    envelopes: rig.store.waiting(ALL).map(({ bytes }) => bytes),
    assignments: assignment === null ? [] : [assignment],
  });
  expect(failures).toEqual([]);
  expect(unchecked.filter(({ level }) => level === "incomplete")).toEqual([]);
}

function isRotation({ statement: { predicate } }: ReadEnvelope): boolean {
  return predicate.kind === "event" && predicate.event.type === "rotate";
}

function read(bytes: Uint8Array): ReadEnvelope {
  const envelope = readEnvelope(bytes);
  if (!envelope.ok) throw new Error(envelope.message);
  return envelope;
}

function keyOf(publicKey: string): string {
  return keyidOf(Buffer.from(publicKey, "hex"));
}
