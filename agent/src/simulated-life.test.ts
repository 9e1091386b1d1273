import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ApplianceEvent,
  createChainRecorder,
  encodeTrust,
  forEachRow,
  isObservation,
  type Observation,
  readEnvelope,
  type TrustFile,
  type Verification,
  verifyBundles,
} from "@compline/core";
import type { Assignment, CheckSpec, HealingMode } from "@compline/schemas";
import { afterEach, describe, expect, it } from "vitest";
import { judge } from "./checks/evaluation.ts";
import type { Judgement } from "./checks/evaluation-task.ts";
import { toInstant } from "./clock.ts";
import { nodeEngine } from "./engine.ts";
import { sweepInterrupted } from "./heal/sweep.ts";
import { openIdentity } from "./state/identity.ts";
import { IDS, MAX_AGE, makeAssignment, RULE, RUNBOOK, SHADOW } from "./testdata/assignment.ts";
import { makeFolder } from "./testdata/folder.ts";
import { type Rig, startRig } from "./testdata/rig.ts";
import { seededRandom, simulateMachine, type SimulatedMachine } from "./testdata/simulated-machine.ts";
import { trustIn } from "./testdata/trust.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const BIRTH = Date.parse("2026-11-23T00:00:00.000Z");
const evaluator = {
  evaluate: async (task: Parameters<typeof judge>[0]): Promise<Judgement> => judge(task),
  close: async () => {},
};

let life: Life | null = null;
afterEach(() => life?.end());

describe("weeks of an appliance's life", () => {
  it.each([1, 3])(
    "leave a chain in which nothing is found, whatever happens (seed %i)",
    async (seed) => {
      life = await Life.begin(seed);
      await life.run(14 * DAY);
      const { failures, unchecked, outcome } = await life.verify();
      expect(failures).toEqual([]);
      expect({ outcome, unchecked: unchecked.filter(({ level }) => level === "incomplete") }).toEqual({
        outcome: "verified",
        unchecked: [],
      });
      expect(life.replayed()).toEqual(life.known());
      // What the life was meant to hold did happen.
      const { bundles } = life;
      const rows = bundles.flatMap(({ results }) => results);
      const heals = bundles.flatMap((bundle) => bundle.heals);
      expect(rows.filter(({ reason }) => reason === "STALE").length).toBeGreaterThan(0);
      expect(new Set(heals.map(({ outcome: how }) => how)).has("healed")).toBe(true);
      expect(heals.some(({ errorClass }) => errorClass === "INTERRUPTED")).toBe(true);
      expect(bundles.some(({ parts }) => parts !== null)).toBe(true);
      expect(bundles.some(({ results, heals: none }) => results.length + none.length === 0)).toBe(true);
      expect(life.events.length).toBeGreaterThan(10);
      expect(life.assignments.size).toBeGreaterThan(10);
      expect(life.quietest()).toBeLessThan(7_200_000 + 60 * MINUTE);
    },
    240_000, // ten seconds of processor time, on a machine that does other things too
  );
});

/** Everything that happens to one appliance, from its first assignment on. */
class Life {
  readonly assignments = new Map<string, { readonly bytes: Uint8Array; readonly assignment: Assignment }>();
  readonly files: { readonly path: string; readonly bytes: Uint8Array }[] = [];
  readonly bundles: Observation[] = [];
  readonly #recorder = createChainRecorder(IDS.appliance);
  readonly #random: () => number;
  readonly #folder: string;
  readonly #machine: SimulatedMachine;
  #rig: Rig | null = null;
  #process = new AbortController();
  readonly #starts: number[] = [];
  #generation = 0;
  #hosts = ["front-desk"];
  #crashIn = Number.POSITIVE_INFINITY;
  #offline = 0;
  #suspended = false;
  readonly events: ApplianceEvent[] = [];
  #until = 0;

  static async begin(seed: number): Promise<Life> {
    const life = new Life(seed);
    await life.#start(life.#next());
    return life;
  }

  private constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#folder = makeFolder().folder;
    this.#machine = simulateMachine(BIRTH, () => this.#happen());
  }

  async run(ms: number): Promise<void> {
    this.#until = this.#machine.clock.monotonic() + ms;
    while (this.#machine.clock.monotonic() < this.#until) {
      try {
        await this.#running().loop.run(this.#process.signal);
      } catch (error) {
        if (!(error instanceof Error) || error.message !== "crash") throw error;
      }
      await this.#restart();
    }
    this.#offline = 0;
    this.#send();
  }

  async verify(): Promise<Verification> {
    const trust = { path: "trust.json", bytes: encodeTrust(this.#trust()) };
    const named = new Set(this.bundles.map(({ policy }) => policy.assignment));
    const assignments = [...this.assignments].flatMap(([digest, { bytes }]) =>
      named.has(digest) ? [{ path: `assignments/${digest}.json`, bytes }] : [],
    );
    return verifyBundles({
      files: [trust, ...assignments, ...this.files],
      trust: null,
      engine: nodeEngine,
      mode: "kit",
    });
  }

  /** What the controller takes the verdicts to be. */
  replayed(): readonly string[] {
    const said: string[] = [];
    forEachRow(this.#recorder.record().rows, ({ verdict }, host, check) =>
      said.push(`${host} ${check} ${verdict}`),
    );
    return said.toSorted();
  }

  /** What the appliance takes them to be. */
  known(): readonly string[] {
    return [...this.#running().journal.committed].map(([key, { verdict }]) => `${key} ${verdict}`).toSorted();
  }

  /** The longest time one process was silent. */
  quietest(): number {
    const times = [...this.bundles.map(({ clock }) => clock.monotonicMs), ...this.#starts].toSorted(
      (a, b) => a - b,
    );
    return times.reduce((longest, time, at) => Math.max(longest, time - (times[at - 1] ?? time)), 0);
  }

  end(): void {
    this.#rig?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(assignment: Assignment | null): Promise<void> {
    this.#process = new AbortController();
    const { clock, wake } = this.#machine;
    this.#starts.push(clock.monotonic());
    const onPoint = (): void => {
      this.#crashIn -= 1;
      if (this.#crashIn <= 0) throw new Error("crash");
    };
    this.#rig = await startRig(this.#folder, assignment, {
      clock,
      wake,
      evaluator,
      onPoint,
      keepOutbox: true,
      isSuspended: () => this.#suspended,
    });
    this.#remember();
    // A second assignment may be there before the first round.
    if (assignment === null && this.#chance(0.3)) await this.#offer();
  }

  async #restart(): Promise<void> {
    this.#crashIn = Number.POSITIVE_INFINITY;
    const rig = this.#running();
    rig.close();
    await sweepInterrupted(this.#folder, rig.hosts, rig.loop.assignment?.assignment.hosts ?? []);
    await this.#start(null);
  }

  async #offer(): Promise<void> {
    await this.#running().offer(this.#next());
    this.#remember();
  }

  #running(): Rig {
    if (this.#rig === null) throw new Error("not begun");
    return this.#rig;
  }

  #remember(): void {
    const newest = this.#running().loop.newestAssignment;
    if (newest !== null) this.assignments.set(newest.digest, newest);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.#random() * items.length)] ?? items[0];
  }

  /** One stretch of sleep is over: something may have happened meanwhile. Answers how much longer it was. */
  async #happen(): Promise<number> {
    this.#send();
    const { clock } = this.#machine;
    if (clock.monotonic() >= this.#until) this.#process.abort();
    if (this.#chance(0.25)) this.#touchHost();
    if (this.#chance(this.#hosts.length > 3 ? 0.2 : 0.02)) await this.#offer();
    if (this.#chance(0.01)) this.#process.abort();
    if (this.#chance(0.03)) this.#crashIn = 1 + Math.floor(this.#random() * 6);
    if (this.#chance(0.01)) this.#machine.shiftWall(-Math.round(this.#random() * 2 * DAY));
    if (this.#chance(0.01)) this.#machine.shiftWall(Math.round(this.#random() * 2 * DAY));
    if (this.#chance(this.#suspended ? 0.2 : 0.02)) this.#suspended = !this.#suspended;
    if (this.#chance(0.01)) this.#offline = Math.floor(this.#random() * 200);
    return Math.round(this.#random() * 20 * MINUTE);
  }

  #touchHost(): void {
    const etc = join(this.#folder, "practice", this.#pick(this.#hosts as [string, ...string[]]), "etc");
    const text = this.#pick(["PASS_MAX_DAYS 99999\n", "PASS_MAX_DAYS 60\n", "PASS_MAX_DAYS x\n", "", null]);
    if (text === null) rmSync(join(etc, "login.defs"), { force: true });
    else writeFileSync(join(etc, "login.defs"), text);
    chmodSync(join(etc, "shadow"), this.#pick([0o640, 0o644]));
  }

  /** The next assignment: hosts and checks come and go, checks change, healing and its end change. */
  #next(): Assignment {
    const many = this.#generation % 12 === 11;
    const hosts = Array.from({ length: many ? 40 : 1 + Math.floor(this.#random() * 3) }, (_, at) =>
      this.#host(at),
    );
    this.#hosts = hosts.map((_, at) => nameOf(at));
    const maxAge: CheckSpec = this.#chance(0.5) ? MAX_AGE : { ...MAX_AGE, expected: "changed" };
    const more = Array.from(
      { length: many ? 18 : Math.floor(this.#random() * 3) },
      (_, at) => [`other-${at}-${"x".repeat(40)}`, MAX_AGE] as const,
    );
    const aged = this.#chance(0.8);
    const healUntil = this.#machine.clock.now() + this.#random() * 3 * DAY;
    const mode = this.#pick<HealingMode>(["full", "full", "standard", "dry-run", "off"]);
    return makeAssignment({
      generation: (this.#generation += 1),
      revision: String(this.#generation).padStart(40, "0"),
      hosts,
      checks: { ...Object.fromEntries(more), ...(aged ? { "max-age": maxAge } : {}), shadow: SHADOW },
      rules: { ...(aged ? { "max-age": RULE } : {}), shadow: { ...RULE, check: "shadow", runbook: "close" } },
      runbooks: {
        "set-max-age": RUNBOOK,
        close: {
          ...RUNBOOK,
          title: `Close ${this.#generation % 3}`,
          steps: [{ setMode: { path: "/etc/shadow", mode: "0640" } }],
          undo: [],
        },
      },
      healing: {
        mode,
        killSwitch: this.#chance(0.1),
        windows: this.#chance(0.3) ? this.#windows(healUntil) : null,
      },
      healUntil: toInstant(healUntil),
      intervalMs: many ? DAY : this.#pick([20 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE]),
    });
  }

  /** Six hours of every twelve, until healing ends anyway. */
  #windows(healUntil: number): Assignment["healing"]["windows"] {
    const first = this.#machine.clock.now() - this.#random() * DAY;
    return Array.from({ length: 8 }, (_, at) => first + (at * DAY) / 2)
      .filter((start) => start < healUntil)
      .map((start) => ({
        start: toInstant(start),
        end: toInstant(Math.min(start + DAY / 4, healUntil)),
      }));
  }

  #host(at: number): Assignment["hosts"][number] {
    const name = nameOf(at);
    const etc = join(this.#folder, "practice", name, "etc");
    mkdirSync(etc, { recursive: true });
    writeFileSync(join(etc, "shadow"), "");
    const id = `${IDS.practice.slice(0, -3)}${String(at).padStart(3, "0")}`;
    const shown = this.#chance(0.2) ? `${name}-renamed` : name;
    return { id, name: shown, platform: "linux", transport: { type: "local", root: `practice/${name}` } };
  }

  #send(): void {
    this.#offline -= 1;
    if (this.#offline > 0) return;
    const { store } = this.#running();
    for (const next of store.waiting({ count: 1000, bytes: Number.POSITIVE_INFINITY })) {
      const read = readEnvelope(next.bytes);
      if (!read.ok || read.statement.predicate.kind === "authority") throw new Error("not ours");
      const { predicate } = read.statement;
      const { id, epoch, seq } = predicate.chain;
      if (isObservation(predicate)) this.bundles.push(predicate);
      else this.events.push(predicate);
      const path = `envelopes/${predicate.site}/${id}/${epoch}-${seq}.dsse.json`;
      this.files.push({ path, bytes: next.bytes });
      const receivedAt = isObservation(predicate) ? predicate.window.end : predicate.at;
      this.#recorder.add({
        digest: next.digest,
        predicate,
        keyid: "",
        receivedAt,
        leaf: null,
        fork: false,
      });
      store.acknowledge([next.digest], Date.parse(receivedAt));
    }
  }

  #trust(): TrustFile {
    const { id, publicKey } = openIdentity(this.#folder);
    const owner = { site: IDS.site, appliance: id };
    const { epoch, seq, digest } = this.#running().journal.head;
    const ordered = [...this.assignments].toSorted(
      ([, a], [, b]) => a.assignment.generation - b.assignment.generation,
    );
    return {
      ...trustIn(id, [publicKey]),
      heads: [{ chain: id, epoch, seq, digest: digest ?? "" }],
      revisions: ordered.map(([, { assignment }]) => ({ id: assignment.revision, from: 0 })),
      assignments: ordered.map(([digest, { assignment }]) => ({
        digest,
        ...owner,
        generation: assignment.generation,
        from: 0,
      })),
    };
  }
}

function nameOf(at: number): string {
  return at === 0 ? "front-desk" : `host-${at}`;
}
