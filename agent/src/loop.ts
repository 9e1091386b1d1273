import {
  type ApplianceEventDetail,
  type BoxCeiling,
  type BoxStop,
  type HeldPair,
  pairKey,
  type ReportedFault,
} from "@compline/core/appliance";
import type { Logger } from "pino";
import type { AcceptedAssignment } from "./assignment/accept.ts";
import { duePairs, nextDueAt, type Schedule } from "./checks/due.ts";
import type { Evaluator } from "./checks/evaluator.ts";
import { ExpressionFaults } from "./checks/expression-faults.ts";
import { observePair, type Seen } from "./checks/observe.ts";
import { shareLooks, type ShareLooks, unshared } from "./checks/shared-look.ts";
import type { Clock } from "./clock.ts";
import { AgentError } from "./errors.ts";
import { inParallel } from "./concurrency.ts";
import type { CrashPoint } from "./crash-point.ts";
import type { ReportedHeal } from "./evidence/bundle-writer.ts";
import type { Journal } from "./evidence/journal.ts";
import type { OwnEffects } from "./evidence/event-writer.ts";
import type { Signing } from "./evidence/signing.ts";
import type { PairState } from "./evidence/verdict-map.ts";
import { Healer } from "./heal/healer.ts";
import type { Keys } from "./state/keys.ts";
import type { OverrideDecision } from "./state/override.ts";
import type { AgentStore } from "./store/agent-store.ts";
import type { Hosts } from "./transports/hosts.ts";
import type { Wake } from "./wake.ts";

/** Hosts that are looked at at the same time, so that one that hangs leaves the others their turn. */
const HOSTS = 8;
/** Checks that run at the same time on one host. */
const CHECKS = 4;
/** The loop looks around at least this often, for heartbeats and for pairs that grew stale. */
const LONGEST_SLEEP_MS = 30_000;

/** How long a disk without space is left alone. */
const FULL_RETRY_MS = 5_000;

/** Tokens of the format; what they mean is said in this package's README. */
const REPINNED: ApplianceEventDetail = { type: "override", reason: "CONTROLLER_REPINNED" };
const LIFTED: ApplianceEventDetail = { type: "override", reason: "PAUSES_LIFTED" };

/** What the loop is wired to. */
export interface LoopPorts {
  readonly journal: Journal;
  readonly store: AgentStore;
  readonly evaluator: Evaluator;
  readonly clock: Clock;
  readonly crashPoint: CrashPoint;
  readonly hosts: Hosts;
  readonly folder: string;
  readonly ceiling: BoxCeiling;
  readonly keys: Pick<Keys, "wanted" | "pending">;
  /** Whether a person wants healing stopped on this box, at this moment. */
  readonly isSuspended: () => boolean;
  /** What a person last let be tried on this box. */
  readonly allowed: () => OverrideDecision | null;
  readonly signing: Signing;
  readonly log: Logger;
  /** Notified when an assignment came, or a person suspended or resumed. */
  readonly wake: Wake;
  /** Called when a bundle was committed. */
  readonly onBundle: () => void;
}

/**
 * One appliance's work: look at what is due, say what changed, heal, and again. Sequential on purpose, so
 * that the chain has one writer and a fail is always committed before its heal begins. Any round may be the first
 * after a crash.
 */
export class Loop {
  readonly #ports: LoopPorts;
  readonly #healer: Healer;
  readonly #faults = new ExpressionFaults();
  readonly #runs = new Map<string, number>();
  readonly #retries = new Map<string, number>();
  /** The same by the wall clock, which may come there earlier when it is set. */
  readonly #retriesByClock = new Map<string, number>();
  #assignment: AcceptedAssignment | null;
  #arrived: AcceptedAssignment | null = null;
  /** Until when nothing is due; null while at work. */
  #restUntil: number | null = null;
  #settledAt: number;

  constructor(ports: LoopPorts, assignment: AcceptedAssignment | null) {
    this.#ports = ports;
    this.#assignment = assignment;
    // What an earlier process saw is confirmed up to where that process came.
    this.#settledAt =
      ports.journal.head.digest === null ? ports.journal.now() : (ports.store.lastTime()?.now ?? 0);
    this.#healer = new Healer({
      ...ports,
      stops: () => this.stops,
      look: async (accepted, pair) => {
        const seen = await this.#observe(accepted, pair, unshared);
        ports.crashPoint("after-observe");
        return seen;
      },
      note: (seen) => this.#note(seen),
      commit: (accepted, heals) => this.#commit(accepted, heals),
      retryAt: (key, at) => this.#retryAt(key, at),
    });
    if (assignment !== null) this.#begin(assignment);
  }

  /** The assignment in force. */
  get assignment(): AcceptedAssignment | null {
    return this.#assignment;
  }

  /** The newest assignment, which may still wait for the round in progress to end. */
  get newestAssignment(): AcceptedAssignment | null {
    return this.#arrived ?? this.#assignment;
  }

  /** Up to when every verdict of the chain's head is known to stand: nothing is overdue and nothing uncommitted. */
  get confirmedAt(): number {
    return this.#restUntil === null ? this.#settledAt : Math.min(this.#ports.journal.now(), this.#restUntil);
  }

  /** When the next check runs, in milliseconds since 1970; null when there is none. */
  get nextRunAt(): number | null {
    const due = nextDueAt(this.#ports.journal.pairs, this.#schedule());
    if (due === null) return null;
    return this.#ports.journal.now() + Math.max(0, due - this.#ports.clock.monotonic());
  }

  /**
   * What stops healing on this box now. That a person suspended it counts at once; that it goes on, only when the chain
   * says so, too.
   */
  get stops(): readonly BoxStop[] {
    const { isSuspended, journal, signing } = this.#ports;
    const stops: BoxStop[] = [...signing.stops];
    if (isSuspended() || journal.head.suspended) stops.push("SUSPENDED");
    if (this.#assignment?.repinned === true) stops.push("REPINNED");
    if (this.#ports.keys.pending() !== null) stops.push("KEY_PENDING");
    return stops;
  }

  /** Failing pairs that are not healed now, and why. */
  get held(): readonly HeldPair[] {
    return this.#assignment === null ? [] : this.#healer.held(this.#assignment);
  }

  /** Where expressions of checks are at fault. */
  get faults(): readonly ReportedFault[] {
    return this.#faults.reported;
  }

  /** Hands over an assignment; it comes into force between two rounds. */
  offer(accepted: AcceptedAssignment): void {
    this.#arrived = accepted;
    this.#ports.wake.notify();
  }

  /** Works until `signal` fires. Throws only when this process cannot go on. */
  async run(signal: AbortSignal): Promise<void> {
    // Before the first bundle: whether the chain goes on from where the controller has it.
    await Promise.race([this.#ports.signing.asked, once(signal)]);
    while (!signal.aborted) {
      try {
        const worked =
          this.#ports.signing.stops.length === 0 ? await this.#turn(signal) : await this.#watch();
        if (!worked && !signal.aborted) await this.#sleep(signal);
      } catch (error) {
        this.#endure(error);
        // There may be space for the attempt to find out, and none for a bundle.
        await this.#ports.wake.sleep(FULL_RETRY_MS, signal);
      }
    }
  }

  /** A full disk has changed nothing, in the state or in memory: what was not signed is signed when there is space. */
  #endure(error: unknown): void {
    if (!(error instanceof AgentError) || error.code !== "STATE_FULL") throw error;
    const { signing, log } = this.#ports;
    // A heal whose record could not be signed is told of like one that a crash cut short.
    if (this.#assignment !== null) this.#healer.recall(this.#assignment);
    if (signing.put("DISK_FULL", true))
      log.error({ code: error.code }, "disk is full; nothing is signed or healed until there is space");
  }

  #hasSpace(): boolean {
    try {
      this.#ports.store.checkSpace();
      return true;
    } catch (error) {
      this.#endure(error);
      return false;
    }
  }

  /** True when there may be more to do at once. */
  async #turn(signal: AbortSignal): Promise<boolean> {
    await this.#adopt();
    const accepted = this.#assignment;
    return accepted !== null && this.#round(accepted, signal);
  }

  /** While nothing can be signed: looks, so that what is known is new when that is over. True when it is. */
  async #watch(): Promise<boolean> {
    const { journal, clock, signing, log } = this.#ports;
    if (signing.stops.includes("DISK_FULL") && this.#hasSpace()) {
      signing.put("DISK_FULL", false);
      log.warn("disk has space again");
      return true;
    }
    if (this.#assignment !== null)
      await this.#look(this.#assignment, duePairs(journal.pairs, this.#schedule(), clock.monotonic()));
    return false;
  }

  async #adopt(): Promise<void> {
    const accepted = this.#arrived;
    if (accepted === null) return;
    if (this.#assignment !== null && this.#healer.hasInterrupted) await this.#lookAndTell(this.#assignment);
    // Why the chain may go on under a lower generation.
    if (this.#assignment?.repinned === true) await this.#announce(this.#assignment, REPINNED);
    const { store, journal, crashPoint, log } = this.#ports;
    store.saveAssignment(accepted, journal.time());
    crashPoint("after-adopt");
    this.#assignment = accepted;
    // Another may have come meanwhile; it is next.
    if (this.#arrived === accepted) this.#arrived = null;
    this.#begin(accepted);
    const { generation, revision } = accepted.assignment;
    log.info({ digest: accepted.digest, generation, revision }, "assignment accepted");
  }

  /** Every pair is due at once under an assignment that is new to this process. */
  #begin(accepted: AcceptedAssignment): void {
    this.#ports.journal.adopt(accepted.assignment);
    this.#ports.hosts.retain(accepted.assignment.hosts);
    this.#healer.adopt(accepted);
    this.#faults.clear();
    this.#runs.clear();
    this.#retries.clear();
    this.#retriesByClock.clear();
  }

  /** True when there may be more to do at once. */
  async #round(accepted: AcceptedAssignment, signal: AbortSignal): Promise<boolean> {
    const { journal, clock } = this.#ports;
    await this.#makeRoom(accepted);
    if (journal.expire(accepted)) await this.#commit(accepted, []);
    const begun = clock.monotonic();
    await this.#lookAndTell(accepted);
    await this.#rotate(accepted);
    await this.#obey(accepted);
    await this.#allow(accepted);
    const looked = clock.monotonic();
    return this.#heal(accepted, signal, looked + (looked - begun));
  }

  /**
   * Heals one thing after the other, for about as long as the look before took: where that is longer than the interval,
   * neither waits for the other for ever. True when there may be more to do at once.
   */
  async #heal(accepted: AcceptedAssignment, signal: AbortSignal, until: number): Promise<boolean> {
    do {
      if (signal.aborted || !(await this.#healer.healOne(accepted, signal))) return false;
    } while (this.#arrived === null && this.#ports.clock.monotonic() < until);
    return true;
  }

  /** Keeps what is not sent yet within its quota: what has to go, goes with a word about it in the chain. */
  async #makeRoom(accepted: AcceptedAssignment): Promise<void> {
    const { store, log } = this.#ports;
    const drop = store.makeRoom();
    if (drop === null) return;
    await this.#announce(accepted, { type: "loss", runs: drop.runs }, { drop });
    log.error(
      { bundles: drop.positions.length, ever: store.dropped() },
      "no room for evidence that waits to be sent: the oldest was dropped",
    );
  }

  async #lookAndTell(accepted: AcceptedAssignment): Promise<void> {
    const { journal, clock } = this.#ports;
    for (const [key, at] of this.#retriesByClock) {
      if (at <= clock.now()) this.#retries.set(key, clock.monotonic());
    }
    await this.#look(accepted, duePairs(journal.pairs, this.#schedule(), clock.monotonic()));
    await this.#commit(accepted, this.#healer.takeInterrupted(accepted));
  }

  async #look(accepted: AcceptedAssignment, due: readonly string[]): Promise<void> {
    const { journal, crashPoint, hosts } = this.#ports;
    if (due.length === 0) return;
    const pairs = due.flatMap((key) => journal.pairs.get(key) ?? []);
    for (const host of accepted.assignment.hosts) hosts.beginRound(host);
    const byHost = [...Map.groupBy(pairs, ({ host }) => host).values()];
    const seen = await inParallel(HOSTS, byHost, (own) => {
      const share = shareLooks();
      return inParallel(CHECKS, own, (pair) => this.#observe(accepted, pair, share));
    });
    crashPoint("after-observe");
    for (const each of seen.flat()) this.#note(each);
  }

  async #observe(accepted: AcceptedAssignment, pair: PairState, share: ShareLooks): Promise<Seen> {
    const { ceiling, evaluator, hosts, journal, clock } = this.#ports;
    const ports = { evaluator, hosts, share, argv: ceiling.argv, now: () => journal.now() };
    this.#runs.set(pairKey(pair.host, pair.check), clock.monotonic());
    return observePair(ports, accepted.assignment, pair);
  }

  #note(seen: Seen): void {
    const { observation } = seen;
    this.#ports.journal.note(observation);
    const key = pairKey(observation.host, observation.check);
    this.#retries.delete(key);
    this.#retriesByClock.delete(key);
    this.#faults.note(seen);
    this.#healer.consider(seen);
  }

  async #commit(accepted: AcceptedAssignment, heals: readonly ReportedHeal[]): Promise<void> {
    const { journal, log, onBundle } = this.#ports;
    if (!(await journal.commit(accepted, heals))) return;
    const { epoch, seq, digest } = journal.head;
    log.info({ epoch, seq, digest }, "bundle committed");
    onBundle();
  }

  /** The old key's last word: which key signs from here on. The first bundle by that one says how everything stands. */
  async #rotate(accepted: AcceptedAssignment): Promise<void> {
    const { keys, journal } = this.#ports;
    const publicKey = keys.wanted();
    if (publicKey === null) return;
    await this.#announce(accepted, { type: "rotate", publicKey, newEpoch: journal.head.epoch + 1 });
    await this.#commit(accepted, []);
  }

  /** Says in the chain that a person suspended or resumed: after what was healed before, and before the next heal. */
  async #obey(accepted: AcceptedAssignment): Promise<void> {
    const { isSuspended, journal, store } = this.#ports;
    const suspended = isSuspended();
    if (suspended === journal.head.suspended) return;
    if (!suspended) store.closeBreaker(journal.steady());
    await this.#announce(accepted, { type: suspended ? "suspend" : "resume" });
    if (!suspended) this.#lookAgain();
  }

  /** Says in the chain what a person let be tried, before any heal by it. It ends after as long as was said, not by the clock. */
  async #allow(accepted: AcceptedAssignment): Promise<void> {
    const { allowed, journal, store, clock } = this.#ports;
    const decision = allowed();
    if (decision === null || decision.since === store.override()?.since) return;
    const [since, until] = [decision.since, decision.until].map((at) => Date.parse(at)) as [number, number]; // instants
    const leftMs = Math.min(until - clock.now(), until - since);
    if (leftMs <= 0) return;
    const from = journal.steady();
    const override = { since: decision.since, from, until: from + leftMs };
    await this.#announce(accepted, LIFTED, { override });
    this.#lookAgain();
  }

  /** What fails is looked at again at once, and then decided on anew. */
  #lookAgain(): void {
    const { journal, clock } = this.#ports;
    for (const [key, { verdict }] of journal.pairs)
      if (verdict === "fail") this.#retries.set(key, clock.monotonic());
  }

  async #announce(
    accepted: AcceptedAssignment,
    event: ApplianceEventDetail,
    effects: OwnEffects = {},
  ): Promise<void> {
    const { journal, log, onBundle } = this.#ports;
    await journal.announce(accepted, event, effects);
    const { epoch, seq, digest } = journal.head;
    log.warn({ epoch, seq, digest, event: event.type }, "event committed");
    onBundle();
  }

  #retryAt(key: string, at: number): void {
    const { clock } = this.#ports;
    this.#retries.set(key, clock.monotonic() + Math.max(0, at - clock.now()));
    this.#retriesByClock.set(key, at);
  }

  async #sleep(signal: AbortSignal): Promise<void> {
    const { journal, clock, wake, signing } = this.#ports;
    if (signing.stops.length === 0) journal.touch();
    const due = nextDueAt(journal.pairs, this.#schedule()) ?? Number.POSITIVE_INFINITY;
    const ms = Math.min(Math.max(due - clock.monotonic(), 0), LONGEST_SLEEP_MS);
    // Not one moment longer than was planned: when the machine itself sleeps, time goes by and nothing is looked at.
    // What is not signed is not confirmed either.
    if (this.#assignment !== null && signing.stops.length === 0) this.#restUntil = journal.now() + ms;
    await wake.sleep(ms, signal);
    this.#settledAt = this.confirmedAt;
    this.#restUntil = null;
  }

  #schedule(): Schedule {
    const intervals = this.#assignment?.assignment.intervals ?? {};
    return { intervals, runs: this.#runs, retries: this.#retries };
  }
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
