import {
  type BoxCeiling,
  type BoxStop,
  type HeldPair,
  pairKey,
  type ReportedFault,
} from "@compline/core/appliance";
import type { AcceptedAssignment } from "./assignment/accept.ts";
import type { Evaluator } from "./checks/evaluator.ts";
import { ExpressionFaults } from "./checks/expression-faults.ts";
import { observePair, type Seen } from "./checks/observe.ts";
import { shareLooks, type ShareLooks, unshared } from "./checks/shared-look.ts";
import { Timetable } from "./checks/timetable.ts";
import { AgentError } from "./errors.ts";
import { inParallel } from "./concurrency.ts";
import type { CrashPoint } from "./crash-point.ts";
import type { ReportedHeal } from "./evidence/bundle-writer.ts";
import { OwnEvents, type OwnEventsPorts } from "./evidence/own-events.ts";
import type { Signing } from "./evidence/signing.ts";
import type { PairState } from "./evidence/verdict-map.ts";
import { Healer } from "./heal/healer.ts";
import type { Keys } from "./state/keys.ts";
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

/** What the loop is wired to. */
export interface LoopPorts extends Omit<OwnEventsPorts, "lookAgain"> {
  readonly evaluator: Evaluator;
  readonly crashPoint: CrashPoint;
  readonly hosts: Hosts;
  readonly folder: string;
  readonly ceiling: BoxCeiling;
  readonly keys: Pick<Keys, "wanted" | "pending">;
  readonly signing: Signing;
  /** Notified when an assignment came, or a person suspended or resumed. */
  readonly wake: Wake;
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
  readonly #timetable: Timetable;
  readonly #events: OwnEvents;
  #assignment: AcceptedAssignment | null;
  #arrived: AcceptedAssignment | null = null;
  /** Until when nothing is due; null while at work. */
  #restUntil: number | null = null;
  #settledAt: number;

  constructor(ports: LoopPorts, assignment: AcceptedAssignment | null) {
    this.#ports = ports;
    this.#assignment = assignment;
    this.#timetable = new Timetable(ports.clock);
    this.#events = new OwnEvents({ ...ports, lookAgain: () => this.#lookAgain() });
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
      retryAt: (key, at) => this.#timetable.retryAt(key, at),
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
    const { journal } = this.#ports;
    const restMs = this.#timetable.restMs(journal.pairs);
    return restMs === null ? null : journal.now() + restMs;
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
    const { journal, signing, log } = this.#ports;
    if (signing.stops.includes("DISK_FULL") && this.#hasSpace()) {
      signing.put("DISK_FULL", false);
      log.warn("disk has space again");
      return true;
    }
    if (this.#assignment !== null) await this.#look(this.#assignment, this.#timetable.due(journal.pairs));
    return false;
  }

  async #adopt(): Promise<void> {
    const accepted = this.#arrived;
    if (accepted === null) return;
    if (this.#assignment !== null && this.#healer.hasInterrupted) await this.#lookAndTell(this.#assignment);
    if (this.#assignment?.repinned === true) await this.#events.repinned(this.#assignment);
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
    this.#timetable.begin(accepted.assignment.intervals);
  }

  /** True when there may be more to do at once. */
  async #round(accepted: AcceptedAssignment, signal: AbortSignal): Promise<boolean> {
    const { journal, clock } = this.#ports;
    await this.#events.makeRoom(accepted);
    if (journal.expire(accepted)) await this.#commit(accepted, []);
    const begun = clock.monotonic();
    await this.#lookAndTell(accepted);
    // The first bundle by the new key says how everything stands.
    if (await this.#events.rotate(accepted)) await this.#commit(accepted, []);
    await this.#events.obey(accepted);
    await this.#events.allow(accepted);
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

  async #lookAndTell(accepted: AcceptedAssignment): Promise<void> {
    await this.#look(accepted, this.#timetable.due(this.#ports.journal.pairs));
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
    const { ceiling, evaluator, hosts, journal } = this.#ports;
    const ports = { evaluator, hosts, share, argv: ceiling.argv, now: () => journal.now() };
    this.#timetable.runs(pairKey(pair.host, pair.check));
    return observePair(ports, accepted.assignment, pair);
  }

  #note(seen: Seen): void {
    const { observation } = seen;
    this.#ports.journal.note(observation);
    this.#timetable.seen(pairKey(observation.host, observation.check));
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

  /** What fails is looked at again at once, and then decided on anew. */
  #lookAgain(): void {
    for (const [key, { verdict }] of this.#ports.journal.pairs)
      if (verdict === "fail") this.#timetable.retryNow(key);
  }

  async #sleep(signal: AbortSignal): Promise<void> {
    const { journal, wake, signing } = this.#ports;
    if (signing.stops.length === 0) journal.touch();
    const ms = Math.min(this.#timetable.restMs(journal.pairs) ?? LONGEST_SLEEP_MS, LONGEST_SLEEP_MS);
    // Not one moment longer than was planned: when the machine itself sleeps, time goes by and nothing is looked at.
    // What is not signed is not confirmed either.
    if (this.#assignment !== null && signing.stops.length === 0) this.#restUntil = journal.now() + ms;
    await wake.sleep(ms, signal);
    this.#settledAt = this.confirmedAt;
    this.#restUntil = null;
  }
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
