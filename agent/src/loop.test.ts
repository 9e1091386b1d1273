import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createEvaluator, type Evaluator } from "./checks/evaluator.ts";
import { type HealRecord, type Observation, readTranscript } from "@compline/core";
import type { RunbookSpec } from "@compline/schemas";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "./clock.ts";
import type { CrashPointName } from "./crash-point.ts";
import { Signing } from "./evidence/signing.ts";
import { sweepInterrupted } from "./heal/sweep.ts";
import { nodeSha256 } from "./sha256.ts";
import { makeCredential } from "./state/credentials.ts";
import {
  type AssignmentInput,
  IDS,
  makeAssignment,
  MAX_AGE,
  RULE,
  RUNBOOK,
  SHADOW,
} from "./testdata/assignment.ts";
import { commitEnvelopes } from "./testdata/commit.ts";
import type { OverrideDecision } from "./state/override.ts";
import { makeFolder, OPEN_CEILING } from "./testdata/folder.ts";
import { closeEvaluator, type Rig, type RigOptions, startRig } from "./testdata/rig.ts";

let folder: string;
let tree: string;
let rig: Rig | null = null;

beforeEach(() => {
  ({ folder, tree } = makeFolder());
});

afterEach(() => {
  rig?.close();
  rig = null;
  rmSync(folder, { recursive: true, force: true });
});

afterAll(closeEvaluator);

const loginDefs = (): string => readFileSync(join(tree, "etc/login.defs"), "utf8");
/** A clock by which every check is due in every round. */
const rushing = (): Clock => {
  let time = 0;
  return { now: () => Date.now(), monotonic: () => (time += 400_000) };
};
/** Nothing listens there. */
const UNREACHABLE = {
  type: "ssh" as const,
  address: "127.0.0.1",
  port: 1,
  user: "compline",
  hostKeys: [`ssh-ed25519 ${"A".repeat(68)}`],
  credentialRef: "lab",
};
const HOUR = 3_600_000;
const BROKEN = "# ageing\nPASS_MAX_DAYS\t99999\n";

describe("a suspended box", () => {
  it("says so in its chain after the look, heals nothing, and heals once it said that it goes on", async () => {
    let suspended = true;
    const started = await startRig(folder, makeAssignment(), { isSuspended: () => suspended });
    rig = started;
    await started.runUntil(({ events }) => events.length === 1);
    expect(started.loop.stops).toEqual(["SUSPENDED"]);
    expect(loginDefs()).toBe(BROKEN);
    suspended = false;
    // Until the chain says that it goes on, it does not.
    expect(started.loop.stops).toEqual(["SUSPENDED"]);
    await started.runUntil(() => healsOf(started).length === 1);
    expect(started.events.map(({ event, chain }) => [event.type, chain.seq])).toEqual([
      ["suspend", 1],
      ["resume", 2],
    ]);
    expect(started.bundles.map(({ chain }) => chain.seq)).toEqual([0, 3]);
  });

  it("is one from the moment a person says so, also between two heals of one round", async () => {
    let suspended = false;
    const checks = { "max-age": MAX_AGE, shadow: SHADOW };
    chmodSync(join(tree, "etc/shadow"), 0o644);
    const both = {
      rules: { "max-age": RULE, shadow: { ...RULE, check: "shadow", runbook: "close" } },
      runbooks: {
        "set-max-age": RUNBOOK,
        close: { ...RUNBOOK, steps: [{ setMode: { path: "/etc/shadow", mode: "0640" } }], undo: [] },
      },
    };
    const started = await startRig(folder, makeAssignment({ checks, ...both }), {
      isSuspended: () => suspended,
    });
    rig = started;
    await started.runUntil(() => {
      suspended = healsOf(started).length > 0;
      return started.events.length > 0;
    });
    expect(healsOf(started)).toHaveLength(1);
  });

  it("remembers across a restart that it said so, and looks and signs on", async () => {
    rig = await startRig(folder, makeAssignment(), { isSuspended: () => true });
    await rig.runUntil(({ events }) => events.length === 1);
    rig.close();
    const again = await startRig(folder, null, { isSuspended: () => true, clock: rushing() });
    rig = again;
    writeFileSync(join(tree, "etc/login.defs"), "PASS_MAX_DAYS 60\n");
    await again.runUntil(({ bundles }) => bundles.length === 1);
    expect(again.events).toEqual([]);
    expect(again.bundles[0]).toMatchObject({ chain: { seq: 2 }, results: [{ verdict: "pass" }] });
  });
});

describe("a box that must not sign", () => {
  it("looks, signs and heals nothing, confirms nothing, and goes on with what it saw last", async () => {
    const signing = new Signing();
    signing.settle();
    signing.put("CHAIN_SET_BACK", true);
    rig = await startRig(folder, makeAssignment(), {});
    await rig.runUntil(() => healsOf(rig).length === 1);
    rig.close();
    writeFileSync(join(tree, "etc/login.defs"), BROKEN);
    const ending = new AbortController();
    const clock = rushing();
    let sleeps = 0;
    const stops: unknown[] = [];
    const wake = {
      notify: () => {},
      sleep: async () => {
        sleeps += 1;
        stops.push(held.loop.stops);
        if (sleeps === 3) signing.put("CHAIN_SET_BACK", false);
        if (sleeps > 6) ending.abort();
      },
    };
    const held = await startRig(folder, null, { signing, clock, wake });
    rig = held;
    const before = held.loop.confirmedAt;
    held.journal.commit = async () => {
      expect(signing.stops).toEqual([]);
      ending.abort();
      return false;
    };
    await held.loop.run(ending.signal);
    expect(stops).toEqual([["CHAIN_SET_BACK"], ["CHAIN_SET_BACK"], ["CHAIN_SET_BACK"]]);
    expect([...held.journal.pairs.values()].map(({ verdict }) => verdict)).toEqual(["fail"]);
    expect(held.loop.confirmedAt).toBe(before);
    expect(loginDefs()).toBe(BROKEN);
  });
});

describe("a box that obeys another controller", () => {
  it("heals nothing until that one's assignment came, then says so and takes a lower generation", async () => {
    rig = await startRig(folder, makeAssignment({ generation: 9, healing: { mode: "off" } }));
    await rig.runUntil(({ bundles }) => bundles.length === 1);
    rig.store.markRepinned();
    rig.close();
    const again = await startRig(folder, null);
    rig = again;
    expect(again.loop.stops).toEqual(["REPINNED"]);
    await again.offer(makeAssignment({ generation: 3 }));
    await again.runUntil(() => healsOf(again).length === 1);
    expect(again.events).toMatchObject([
      { event: { type: "override", reason: "CONTROLLER_REPINNED" }, chain: { seq: 1 } },
    ]);
    expect(again.loop.stops).toEqual([]);
    expect(again.store.assignment()).toMatchObject({ repinned: false });
    expect(loginDefs()).not.toBe(BROKEN);
  });
});

describe("healing", () => {
  it("says the fail in a bundle of its own, heals, looks again and says what it found", async () => {
    const [first, second] = await bundlesOf({}, 2);
    expect(first).toMatchObject({
      kind: "snapshot",
      results: [{ verdict: "fail", observed: { maxDays: 99999 } }],
    });
    expect(first?.heals).toEqual([]);
    expect(second).toMatchObject({
      kind: "delta",
      chain: { seq: 1 },
      results: [{ verdict: "pass", observed: { maxDays: 90 } }],
      heals: [{ level: "L1", before: "fail", after: "pass", outcome: "healed", errorClass: null }],
    });
    expect(loginDefs()).toContain("PASS_MAX_DAYS\t90");
  });

  /** Three checks, each of the mode of a file of its own, and what heals them. */
  const modes = (paths: readonly string[]): AssignmentInput => {
    const of = <T>(make: (path: string, name: string) => T): Record<string, T> =>
      Object.fromEntries(paths.map((path) => [path.slice(1), make(`/etc${path}`, path.slice(1))]));
    return {
      checks: of((path) => ({ ...SHADOW, collect: { mode: { paths: [path] } } })),
      rules: of((_, name) => ({ ...RULE, check: name, runbook: name })),
      runbooks: of((path) => ({ ...RUNBOOK, steps: [{ setMode: { path, mode: "0640" } }], undo: [] })),
    };
  };

  it("goes by how long a fail has waited, whatever else fails meanwhile", async () => {
    const paths = ["/first", "/second", "/third"];
    for (const path of paths) writeFileSync(join(tree, "etc", path), "", { mode: 0o644 });
    chmodSync(join(tree, "etc/first"), 0o640);
    const started = await startRig(folder, makeAssignment(modes(paths)), {
      clock: rushing(),
      // It is looked at before the third in each round, and breaks while that waits.
      onPoint: (name) => name === "after-heal" && chmodSync(join(tree, "etc/first"), 0o644),
    });
    rig = started;
    await started.runUntil(() => healsOf(started).length === 3);
    expect(healsOf(started).map(({ check }) => check)).toEqual(["second", "third", "first"]);
  });

  it.each([
    ["one after the other when looking takes long", 60_000, 4],
    ["one for each look when that takes no longer", 1_000, 6],
  ])("is done %s", async (_, lookMs, looks) => {
    const paths = ["/first", "/second", "/third"];
    for (const path of paths) writeFileSync(join(tree, "etc", path), "", { mode: 0o644 });
    let time = 0;
    const assignment = makeAssignment({ ...modes(paths), intervalMs: 1_000 });
    const started = await startRig(folder, assignment, {
      clock: { now: () => Date.now(), monotonic: () => time },
      onPoint: (name) => {
        if (name === "after-observe") time += time === 0 ? lookMs : 1_000;
      },
    });
    rig = started;
    await started.runUntil(() => healsOf(started).length === 3);
    expect(started.passed.get("after-observe")).toBe(looks);
  });

  it("has committed the fail before the first step runs", async () => {
    let committed = 0;
    const seen: string[] = [];
    await bundlesOf({}, 2, {
      onPoint: (name) => {
        if (name === "after-outbox") {
          committed += 1;
          seen.push(`${committed} ${loginDefs() === BROKEN ? "untouched" : "changed"}`);
        }
      },
    });
    expect(seen).toEqual(["1 untouched", "2 changed"]);
  });

  it("records a reload as skipped on a practice host and starts nothing", async () => {
    const [, second] = await bundlesOf({}, 2);
    expect(second?.heals[0]?.skipped).toEqual(["reload:login"]);
    expect(rig?.commands).toEqual([]);
  });

  it("attaches what it did to the bundle that reports the heal, and to no other; of files only their names", async () => {
    const [first, second] = await bundlesOf({}, 2);
    expect(first?.attachments).toEqual([]);
    const [said] = second?.attachments ?? [];
    const kept = rig?.store.waitingAttachment();
    const bytes = Buffer.from(kept?.bytes ?? []);
    expect(said).toMatchObject({ class: "heal-transcript", salted: true, size: bytes.length });
    expect([said?.digest, kept?.digest]).toEqual([nodeSha256(bytes), nodeSha256(bytes)]);
    const { host, check, startedAt, runbook: name } = second?.heals[0] ?? {};
    expect(readTranscript(bytes)).toMatchObject({ host, check, startedAt, runbook: name });
    expect(readTranscript(bytes)?.steps).toEqual([
      {
        step: "setKey /etc/login.defs PASS_MAX_DAYS",
        undo: false,
        outcome: "done",
        error: null,
        programs: [],
      },
      { step: "reload login", undo: false, outcome: "skipped", error: null, programs: [] },
    ]);
    expect(bytes.toString()).not.toContain("ageing");
  });

  it("undoes what it did when the check still fails, and says failed", async () => {
    const wrong = {
      setKey: { path: "/etc/login.defs", key: "PASS_MAX_DAYS", value: "500", separator: "\t" as const },
    };
    const [, second] = await bundlesOf(withRunbook({ steps: [wrong] }), 2);
    expect(second?.heals[0]).toMatchObject({
      after: "fail",
      outcome: "failed",
      errorClass: "RECHECK_NOT_PASS",
    });
    expect(second?.results).toEqual([]);
    expect(loginDefs()).toBe(BROKEN);
  });

  it("removes on undo what was not there before", async () => {
    const steps = [{ writeFile: { path: "/etc/new.conf", content: "x\n", mode: "0600" } }];
    const [, second] = await bundlesOf(
      withRunbook({ steps, undo: [{ restoreFile: { path: "/etc/new.conf" } }] }),
      2,
    );
    expect(second?.heals[0]).toMatchObject({ outcome: "failed" });
    expect(readdirSync(join(tree, "etc"))).toEqual(["login.defs", "shadow"]);
  });

  it("stops at a step that cannot be done, and undoes those before it", async () => {
    const steps = [...RUNBOOK.steps, { writeFile: { path: "/none/x", content: "", mode: "0644" } }];
    const [, second] = await bundlesOf(withRunbook({ steps }), 2);
    expect(second?.heals[0]).toMatchObject({
      outcome: "failed",
      errorClass: "DIRECTORY_MISSING",
      after: "fail",
    });
    expect(loginDefs()).toBe(BROKEN);
  });

  it("sets a mode, and on undo gives the mode back without having kept the content", async () => {
    chmodSync(join(tree, "etc/shadow"), 0o644);
    const shadow = {
      checks: { shadow: SHADOW },
      rules: { shadow: { ...RULE, check: "shadow", runbook: "close" } },
      runbooks: { close: runbook([{ setMode: { path: "/etc/shadow", mode: "0604" } }], "/etc/shadow") },
    };
    const [, failed] = await bundlesOf(shadow, 2);
    expect(failed?.heals[0]).toMatchObject({ outcome: "failed", errorClass: "RECHECK_NOT_PASS" });
    expect(modeOf("etc/shadow")).toBe(0o644);
    const good = {
      ...shadow,
      runbooks: { close: runbook([{ setMode: { path: "/etc/shadow", mode: "0640" } }], "/etc/shadow") },
    };
    await rig?.offer(makeAssignment({ ...good, generation: 2 }));
    await rig?.runUntil(({ bundles }) => bundles.length >= 4);
    expect(rig?.bundles[3]?.heals[0]).toMatchObject({ outcome: "healed", after: "pass" });
    expect(modeOf("etc/shadow")).toBe(0o640);
  });

  it("leaves no backup behind", async () => {
    await bundlesOf({}, 2);
    expect(readdirSync(join(folder, "backups"))).toEqual([]);
  });

  it("tells a person once when the budget is spent, and not again while nothing changes", async () => {
    const wrong = {
      setKey: { path: "/etc/login.defs", key: "PASS_MAX_DAYS", value: "500", separator: "\t" as const },
    };
    await bundlesOf(withRunbook({ steps: [wrong] }), 5, { clock: rushing() });
    await rig?.runUntil(({ passed }) => (passed.get("after-observe") ?? 0) >= 14);
    const heals = healsOf(rig);
    expect(heals.map(({ level, outcome }) => `${level} ${outcome}`)).toEqual([
      "L1 failed",
      "L1 failed",
      "L1 failed",
      "L3 escalated",
    ]);
    expect(heals.at(-1)).toMatchObject({
      rule: null,
      runbook: null,
      after: null,
      errorClass: "BUDGET_SPENT",
    });
    const [held] = rig?.loop.held ?? [];
    expect(held).toMatchObject({ host: IDS.practice, check: "max-age", code: "BUDGET_SPENT" });
    rig?.close();
    // A restart forgets none of it.
    rig = await startRig(folder, null);
    await rig.runUntil(({ passed }) => (passed.get("after-observe") ?? 0) >= 1);
    expect(rig.passed.get("after-begin")).toBe(undefined);
    expect(rig.loop.held).toMatchObject([{ code: "BUDGET_SPENT" }]);
  });
});

describe("what a person lets be tried once more", () => {
  const wrong = {
    setKey: { path: "/etc/login.defs", key: "PASS_MAX_DAYS", value: "500", separator: "\t" as const },
  };
  const decision = (since: string, until: string): OverrideDecision => ({ since, until, reason: "new disk" });

  it("is signed first, is healed once in spite of the budget, and names the event; a restart does not renew it", async () => {
    await bundlesOf(withRunbook({ steps: [wrong] }), 5, { clock: rushing() });
    const spent = healsOf(rig).length;
    const clock = rushing();
    const [since, until] = [0, HOUR].map((ms) => new Date(clock.now() + ms).toISOString()) as [
      string,
      string,
    ];
    const allowed = (): OverrideDecision => decision(since, until);
    for (const expected of [1, 0]) {
      rig?.close();
      rig = await startRig(folder, null, { clock, allowed });
      await rig.runUntil(({ passed }) => (passed.get("after-observe") ?? 0) >= 4);
      expect(healsOf(rig).length).toBe(expected);
      expect(rig.events.map(({ event }) => event)).toEqual(
        expected === 0 ? [] : [{ type: "override", reason: "PAUSES_LIFTED" }],
      );
      for (const { level, approval } of healsOf(rig))
        expect({ level, approval }).toEqual({ level: "L1", approval: rig.store.override()?.digest });
    }
    expect(spent).toBe(4);
  });

  it("is nothing when its time is over before the agent reads of it", async () => {
    const past = decision("2020-01-01T00:00:00.000Z", "2020-01-01T01:00:00.000Z");
    rig = await startRig(folder, makeAssignment(), { allowed: () => past });
    await rig.runUntil((one) => healsOf(one).length === 1);
    expect(rig.events).toEqual([]);
    expect(healsOf(rig)).toMatchObject([{ approval: null }]);
  });
});

describe("a heal that a crash cut short", () => {
  const crashAt = (name: CrashPointName, count: number): RigOptions => {
    let left = count;
    return {
      onPoint: (passed) => {
        left -= Number(passed === name);
        if (left === 0) throw new Error("crash");
      },
    };
  };

  it("is reported as failed, with what the host then looked like, and counts as an attempt", async () => {
    await expect(bundlesOf({}, 9, crashAt("after-observe", 2))).rejects.toThrow("crash");
    expect(loginDefs()).toContain("PASS_MAX_DAYS\t90");
    rig?.close();
    rig = await startRig(folder, null);
    await rig.runUntil(({ bundles }) => bundles.length >= 1);
    expect(rig.bundles[0]).toMatchObject({
      kind: "delta",
      chain: { seq: 1 },
      results: [{ verdict: "pass" }],
      heals: [
        { rule: "max-age", outcome: "failed", errorClass: "INTERRUPTED", before: "fail", after: "pass" },
      ],
    });
    const [pair] = rig.journal.pairs.values();
    expect(rig.store.attemptsOf(pair?.host ?? "", "max-age")).toMatchObject([{ outcome: "failed" }]);
  });

  it("is reported once for each time, and healed when the check still fails", async () => {
    const lost = crashAt("after-sign", 2);
    await expect(bundlesOf({}, 9, lost)).rejects.toThrow("crash");
    rig?.close();
    writeFileSync(join(tree, "etc/login.defs"), BROKEN);
    rig = await startRig(folder, null, crashAt("after-sign", 1));
    await expect(rig.runUntil(() => false)).rejects.toThrow("crash");
    rig?.close();
    rig = await startRig(folder, null);
    await rig.runUntil(({ bundles }) => bundles.length >= 2);
    const heals = healsOf(rig).map(({ outcome, before, after }) => [outcome, before, after]);
    expect(heals).toEqual([
      ["failed", "fail", "fail"],
      ["healed", "fail", "pass"],
    ]);
  });

  it("is reported under the assignment it ran under, also when another is waiting", async () => {
    await expect(bundlesOf({}, 9, crashAt("after-observe", 2))).rejects.toThrow("crash");
    rig?.close();
    rig = await startRig(folder, null);
    await rig.offer(makeAssignment({ generation: 2, rules: {}, runbooks: {} }));
    await rig.runUntil(({ bundles }) => bundles.length >= 2);
    const [told, after] = rig.bundles;
    expect(told).toMatchObject({ kind: "delta", heals: [{ errorClass: "INTERRUPTED" }] });
    expect(after).toMatchObject({ kind: "snapshot", heals: [] });
    expect(after?.policy.assignment).not.toBe(told?.policy.assignment);
  });

  it("begins no later than it ends, when the clock was set back in between", async () => {
    let time = Date.now();
    const clock = { now: () => time, monotonic: () => 5 };
    const crash = crashAt("after-observe", 2);
    const onPoint = (name: CrashPointName): void => {
      if (name === "after-outbox") time += 60_000;
      crash.onPoint?.(name);
    };
    await expect(bundlesOf({}, 9, { clock, onPoint })).rejects.toThrow("crash");
    rig?.close();
    time -= 3_600_000;
    rig = await startRig(folder, null, { clock });
    await rig.runUntil(({ bundles }) => bundles.length >= 1);
    const [heal] = healsOf(rig);
    expect((heal?.endedAt ?? "") >= (heal?.startedAt ?? "z")).toBe(true);
  });

  it("leaves no half-written file and no backup", async () => {
    await expect(bundlesOf({}, 9, crashAt("after-observe", 2))).rejects.toThrow("crash");
    writeFileSync(join(tree, "etc/.login.defs.compline-new"), "half");
    expect(readdirSync(join(folder, "backups"))).toEqual(["1"]);
    if (rig !== null) await sweepInterrupted(folder, rig.hosts, rig.loop.assignment?.assignment.hosts ?? []);
    expect(readdirSync(join(tree, "etc"))).toEqual(["login.defs", "shadow"]);
    expect(readdirSync(join(folder, "backups"))).toEqual([]);
  });
});

describe("guards", () => {
  it.each<[string, AssignmentInput, RigOptions]>([
    ["the site's mode is off", { healing: { mode: "off" } }, {}],
    ["the kill switch is engaged", { healing: { killSwitch: true } }, {}],
    ["the box's ceiling is off", {}, { ceiling: { ...OPEN_CEILING, mode: "off" } }],
    ["the assignment is too old to heal by", { healUntil: "2026-01-01T00:00:00.000Z" }, {}],
  ])("nothing is healed when %s", async (_, input, options) => {
    await bundlesOf(input, 1, { ...options, clock: rushing() });
    await rig?.runUntil(({ passed }) => (passed.get("after-observe") ?? 0) >= 4);
    expect(healsOf(rig)).toEqual([]);
    expect(loginDefs()).toBe(BROKEN);
  });

  it("a maintenance window holds until it opens, and then heals without waiting for the next look", async () => {
    let shift = 0;
    const clock = { now: () => Date.now() + shift, monotonic: () => Math.floor(performance.now()) + shift };
    const [start, end] = [HOUR, 2 * HOUR].map((ms) =>
      new Date(Math.ceil(Date.now() / 1000) * 1000 + ms).toISOString(),
    );
    const windows = [{ start: start ?? "", end: end ?? "" }];
    await bundlesOf({ healing: { windows }, intervalMs: 24 * HOUR }, 1, { clock });
    expect(rig?.loop.held).toEqual([
      { host: IDS.practice, check: "max-age", code: "OUTSIDE_WINDOW", until: start },
    ]);
    expect(loginDefs()).toBe(BROKEN);
    shift = HOUR + 1000;
    await rig?.runUntil((one) => healsOf(one).length === 1);
    expect(healsOf(rig)).toMatchObject([{ outcome: "healed" }]);
    expect(rig?.loop.held).toEqual([]);
  });

  it.each([
    ["an hour ahead", HOUR],
    ["an hour behind", -HOUR],
    ["a day ahead", 24 * HOUR],
    ["a day behind", -24 * HOUR],
  ])("a cooldown lasts as long when the clock is set %s", async (_, byMs) => {
    let [wall, passed] = [0, 0];
    const clock = {
      now: () => Date.now() + wall + passed,
      monotonic: () => Math.floor(performance.now()) + passed,
    };
    const rules = { "max-age": { ...RULE, cooldown: "2h" } };
    const wrong = { ...RUNBOOK, steps: [{ setMode: { path: "/etc/missing", mode: "0640" } }] };
    await bundlesOf({ rules, runbooks: { "set-max-age": wrong } }, 2, { clock });
    const attempts = (): number => rig?.passed.get("after-begin") ?? 0;
    const lookAfter = async (ms: number): Promise<void> => {
      passed += ms;
      const looks = rig?.passed.get("after-observe") ?? 0;
      await rig?.runUntil((one) => (one.passed.get("after-observe") ?? 0) > looks);
    };
    expect(attempts()).toBe(1);
    wall = byMs;
    // Nothing is permitted earlier: not at once, and not just before.
    await lookAfter(HOUR);
    await lookAfter(0.9 * HOUR);
    expect(attempts()).toBe(1);
    expect(rig?.loop.held).toMatchObject([{ code: "COOLDOWN" }]);
    // And nothing later.
    await lookAfter(0.2 * HOUR);
    await rig?.runUntil(() => attempts() === 2);
  });

  it("the circuit breaker is closed by a person who resumes the box", async () => {
    let suspended = true;
    const { store } = (rig = await startRig(folder, makeAssignment(), { isSuspended: () => suspended }));
    const attempt = {
      rule: "max-age",
      runbook: "set-max-age",
      assignment: "none",
      startedAt: 0,
      steadyAt: 0,
    };
    const time = rig.journal.time();
    const attempts = ["a", "b", "c", "d", "e"].map((host) => ({
      id: store.beginAttempt({ host, check: "other", ...attempt }, time),
      outcome: "failed" as const,
    }));
    commitEnvelopes(store, [], { time, attempts });
    expect(store.breaker().openedAt).not.toBe(null);
    await rig.runUntil(({ events }) => events.length === 1);
    suspended = false;
    await rig.runUntil((one) => healsOf(one).length === 1);
    expect(store.breaker().openedAt).toBe(null);
  });

  it("a dry run is recorded once and touches nothing", async () => {
    await bundlesOf({ healing: { mode: "dry-run" } }, 2, { clock: rushing() });
    await rig?.runUntil(({ passed }) => (passed.get("after-observe") ?? 0) >= 4);
    expect(healsOf(rig)).toMatchObject([
      { level: "L1", outcome: "dry_run", before: "fail", after: null, runbook: "set-max-age" },
    ]);
    expect(loginDefs()).toBe(BROKEN);
  });

  it("a practice host refuses a runbook that starts a program before its first step, and a person is told", async () => {
    const steps = [...RUNBOOK.steps, { run: { argv: ["/bin/true"] } }];
    const bundles = await bundlesOf(withRunbook({ steps }), 3);
    expect(bundles.flatMap((bundle) => bundle?.heals ?? [])).toMatchObject([
      { level: "L1", outcome: "failed", errorClass: "PRACTICE_HOST", after: null },
      { level: "L3", outcome: "escalated", errorClass: "PRACTICE_HOST", runbook: null },
    ]);
    expect(loginDefs()).toBe(BROKEN);
    expect(rig?.commands).toEqual([]);
  });
});

describe("a host behind SSH", () => {
  it("that could not be reached is an error with its reason, and is tried again in the next round", async () => {
    const hosts = [{ id: IDS.real, name: "files", platform: "linux" as const, transport: UNREACHABLE }];
    await bundlesOf({ hosts }, 1, { clock: rushing() });
    makeCredential(join(folder, "credentials"), "lab");
    await rig?.runUntil(({ bundles }) => bundles.length >= 2);
    expect(rig?.bundles.map(({ results }) => results)).toMatchObject([
      [{ verdict: "error", reason: "CREDENTIAL_MISSING" }],
      [{ verdict: "error", reason: "HOST_UNREACHABLE" }],
    ]);
  });
});

describe("a host that does not answer", () => {
  it("takes no other host's turn", async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket)).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = silent.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    makeCredential(join(folder, "credentials"), "lab");
    const practice = makeAssignment().hosts;
    const hanging = {
      id: IDS.real,
      name: "files",
      platform: "linux" as const,
      transport: { ...UNREACHABLE, port },
    };
    const real = createEvaluator();
    const evaluator: Evaluator = {
      ...real,
      evaluate: async (task) => {
        const judgement = await real.evaluate(task);
        for (const socket of sockets) socket.destroy(); // only now does the other host give up
        return judgement;
      },
    };
    const names = ["a", "b", "c", "d", "e"];
    const checks = Object.fromEntries(names.map((name) => [name, MAX_AGE]));
    const input = { checks, rules: {}, hosts: [hanging, ...practice], healing: { mode: "off" as const } };
    const [first] = await bundlesOf(input, 1, { evaluator });
    const reasons = new Set(
      first?.results.filter(({ host }) => host === IDS.real).map(({ reason }) => reason),
    );
    expect(reasons).toEqual(new Set(["HOST_UNREACHABLE"]));
    await real.close();
    silent.close();
  });
});

describe("evidence", () => {
  it("begins with a snapshot of every pair and counts what ran", async () => {
    const [first] = await bundlesOf(
      { checks: { "max-age": MAX_AGE, shadow: SHADOW }, healing: { mode: "off" } },
      1,
    );
    expect(first).toMatchObject({
      kind: "snapshot",
      chain: { epoch: 0, seq: 0, prev: null },
      coverage: { expected: 2, fresh: 2, ran: 2 },
      state: { count: 2 },
    });
  });

  it("says nothing when nothing changed, and a delta when something did", async () => {
    await bundlesOf({ healing: { mode: "off" }, heartbeatMs: 24 * HOUR }, 1, { clock: rushing() });
    await rig?.runUntil(({ passed }) => (passed.get("after-observe") ?? 0) >= 4);
    expect(rig?.bundles.length).toBe(1);
    writeFileSync(join(tree, "etc/login.defs"), "PASS_MAX_DAYS 400\n");
    await rig?.runUntil(({ bundles }) => bundles.length >= 2);
    expect(rig?.bundles[1]).toMatchObject({
      kind: "delta",
      results: [{ verdict: "fail", observed: { maxDays: 400 } }],
    });
    expect(rig?.bundles[1]?.results[0]?.since).toBe(rig?.bundles[0]?.results[0]?.since);
  });

  it("makes a heartbeat when it is time for one", async () => {
    let time = Date.now();
    const clock = { ...rushing(), now: () => (time += 60_000) };
    const [, second] = await bundlesOf({ healing: { mode: "off" }, heartbeatMs: 3_600_000 }, 2, { clock });
    expect(second).toMatchObject({ kind: "delta", results: [], heals: [] });
  });

  it("makes a snapshot under each new assignment, after looking", async () => {
    await bundlesOf({ healing: { mode: "off" } }, 1);
    writeFileSync(join(tree, "etc/login.defs"), "PASS_MAX_DAYS 60\n");
    await rig?.offer(makeAssignment({ healing: { mode: "off" }, generation: 2 }));
    await rig?.runUntil(({ bundles }) => bundles.length >= 2);
    expect(rig?.bundles[1]).toMatchObject({
      kind: "snapshot",
      chain: { seq: 1 },
      results: [{ verdict: "pass" }],
    });
    expect(rig?.bundles[1]?.policy.assignment).not.toBe(rig?.bundles[0]?.policy.assignment);
  });

  it("goes on from where it stopped, without a gap and without a second snapshot", async () => {
    const [first] = await bundlesOf({ healing: { mode: "off" } }, 1);
    rig?.close();
    writeFileSync(join(tree, "etc/login.defs"), "PASS_MAX_DAYS 400\n");
    rig = await startRig(folder, null);
    await rig.runUntil(({ bundles }) => bundles.length >= 1);
    expect(rig.bundles[0]).toMatchObject({
      kind: "delta",
      chain: { epoch: 0, seq: 1 },
      results: [{ verdict: "fail" }],
    });
    expect(rig.bundles[0]?.chain.prev).toMatch(/^[0-9a-f]{64}$/);
    expect((rig.bundles[0]?.window.start ?? "") >= (first?.window.end ?? "")).toBe(true);
  });

  it("never lets a window begin before the last one ended, even when the clock was set back", async () => {
    const [first] = await bundlesOf({ healing: { mode: "off" } }, 1);
    rig?.close();
    writeFileSync(join(tree, "etc/login.defs"), "PASS_MAX_DAYS 400\n");
    const early = { now: () => Date.parse("2020-01-01T00:00:00.000Z"), monotonic: () => 5 };
    rig = await startRig(folder, null, { clock: early });
    await rig.runUntil(({ bundles }) => bundles.length >= 1);
    expect(rig.bundles[0]?.window).toEqual({ start: first?.window.end, end: first?.window.end });
  });

  it("says first that verdicts grew stale while nobody looked, and then what is seen", async () => {
    let time = Date.parse("2026-11-23T00:00:00.000Z");
    const clock = { now: () => time, monotonic: () => 5 };
    writeFileSync(join(tree, "etc/login.defs"), "PASS_MAX_DAYS 60\n");
    await bundlesOf({ healing: { mode: "off" } }, 1, { clock });
    rig?.close();
    time += 3 * 24 * 3_600_000;
    rig = await startRig(folder, null, { clock });
    await rig.runUntil(({ bundles }) => bundles.length >= 2);
    const since = new Date(time).toISOString();
    expect(rig.bundles.map(({ results }) => results)).toMatchObject([
      [{ verdict: "unknown", reason: "STALE", since }],
      [{ verdict: "pass", since }],
    ]);
  });

  it("confirms nothing for a time in which the machine slept", async () => {
    let time = Date.parse("2026-11-23T00:00:00.000Z");
    const clock = { now: () => time, monotonic: () => 5 };
    const sleeping = Promise.withResolvers<void>();
    const ending = new AbortController();
    const wake = {
      notify: () => {},
      sleep: async (_ms: number, signal: AbortSignal) => {
        sleeping.resolve();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    };
    const started = await startRig(folder, makeAssignment({ healing: { mode: "off" } }), { clock, wake });
    rig = started;
    const running = started.loop.run(ending.signal);
    await sleeping.promise;
    const asleepAt = time;
    time += 1000;
    expect(started.loop.confirmedAt).toBe(time);
    time += 3 * 24 * 3_600_000;
    expect(started.loop.confirmedAt).toBe(asleepAt + 30_000);
    ending.abort();
    await running;
    expect(started.loop.confirmedAt).toBe(asleepAt + 30_000);
  });

  it("splits what does not fit into one file into parts with one window", async () => {
    const checks = Object.fromEntries(
      Array.from({ length: 900 }, (_, index) => [`max-age-${index}-${"x".repeat(40)}`, MAX_AGE]),
    );
    const [one, two] = await bundlesOf({ checks, rules: {}, healing: { mode: "off" } }, 2);
    expect([one?.parts, two?.parts]).toEqual([
      { part: 1, of: 2 },
      { part: 2, of: 2 },
    ]);
    expect((one?.results.length ?? 0) + (two?.results.length ?? 0)).toBe(900);
    expect(one?.window).toEqual(two?.window);
    expect(two?.chain).toMatchObject({ seq: 1 });
    expect(one?.state).toEqual(two?.state);
  });
});

/** Runs until `count` bundles were committed. */
async function bundlesOf(
  input: AssignmentInput,
  count: number,
  options: RigOptions = {},
): Promise<readonly (Observation | undefined)[]> {
  const started = await startRig(folder, makeAssignment(input), options);
  rig = started;
  await started.runUntil(({ bundles }) => bundles.length >= count);
  return started.bundles;
}

function withRunbook(change: Partial<RunbookSpec>): AssignmentInput {
  return { runbooks: { "set-max-age": { ...RUNBOOK, ...change } } };
}

function runbook(steps: RunbookSpec["steps"], path: string): RunbookSpec {
  return { ...RUNBOOK, steps, undo: [{ restoreFile: { path } }] };
}

function healsOf(rig: Rig | null): readonly HealRecord[] {
  return rig?.bundles.flatMap((bundle) => bundle.heals) ?? [];
}

function modeOf(name: string): number {
  return statSync(join(tree, name)).mode & 0o7777;
}
