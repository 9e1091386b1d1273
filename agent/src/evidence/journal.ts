import type { ApplianceEventDetail, Told } from "@compline/core/appliance";
import type { Assignment } from "@compline/schemas";
import type { AcceptedAssignment } from "../assignment/accept.ts";
import type { ChainHead } from "../store/agent-store.ts";
import { SteadyTime, type TimeMark } from "../steady-time.ts";
import { planBundle } from "./bundle-plan.ts";
import { type ReportedHeal, writeBundle, type WriterPorts } from "./bundle-writer.ts";
import { type OwnEffects, writeEvent } from "./event-writer.ts";
import type { Subject } from "./header.ts";
import {
  adoptPairs,
  expire,
  observe,
  tell,
  type Observation,
  type PairState,
  type VerdictMap,
} from "./verdict-map.ts";

/** How often it is noted durably that pairs were looked at when nothing changed. */
const TOUCH_EVERY_MS = 30_000;

/**
 * What is known of every pair, and the chain that says it. One writer: calls must not overlap. What is only in
 * memory here is lost in a crash, and was then never said to anybody.
 */
export class Journal {
  readonly #ports: WriterPorts;
  #head: ChainHead;
  #committed: VerdictMap;
  #current: VerdictMap;
  #windowStart: number;
  #ran = 0;
  #latest: number;
  readonly #steady: SteadyTime;
  #touchedAt: number;
  #bundleMonotonic: number;

  constructor(ports: WriterPorts) {
    const { store } = ports;
    this.#ports = ports;
    this.#head = store.head();
    this.#committed = store.pairs();
    this.#current = this.#committed;
    const before = store.lastTime();
    this.#latest = before?.now ?? 0;
    this.#steady = new SteadyTime(ports.clock, ports.provenance.bootId, before);
    this.#touchedAt = this.now();
    this.#bundleMonotonic = ports.clock.monotonic();
    // The window opens now: what this process did not see is not claimed.
    this.#windowStart = this.now();
  }

  /** Effective now: a clock that was set back does not make anything young again. */
  now(): number {
    this.#latest = Math.max(this.#latest, this.#ports.clock.now());
    return this.#latest;
  }

  /** Time for the guards: what really passed, whatever the clock was set to. */
  steady(): number {
    return this.#steady.now();
  }

  /** What the clocks say now, to be kept. */
  time(): TimeMark {
    return this.#steady.mark(this.now());
  }

  /** Every pair as it is known now. */
  get pairs(): VerdictMap {
    return this.#current;
  }

  /** Every pair as the last bundle left it. */
  get committed(): VerdictMap {
    return this.#committed;
  }

  /** The chain's head after the last committed bundle. */
  get head(): ChainHead {
    return this.#head;
  }

  /** Takes the pairs of an assignment. */
  adopt(assignment: Assignment): void {
    this.#current = adoptPairs(this.#current, assignment);
  }

  /**
   * Makes stale what nobody looked at for too long: a gap, of this process or of its sleep, is none that a look after
   * it could close unseen. True when the chain has to say so before that look.
   */
  expire(accepted: AcceptedAssignment): boolean {
    const before = this.#current;
    this.#current = expire(before, this.now(), accepted.assignment.intervals);
    return this.#current !== before && this.#head.snapshotAssignment === accepted.digest;
  }

  /** Takes an observation into the map; the next bundle will say what it changed. */
  note(observation: Observation): void {
    this.#current = observe(this.#current, observation);
    this.#ran += 1;
  }

  /** Remembers, with the next bundle, what was told about a pair. */
  tell(pair: PairState, told: Told): void {
    this.#current = tell(this.#current, pair, told);
  }

  /** Forgets that anything was told about a pair: it is told again. */
  untell(pair: PairState): void {
    this.#current = tell(this.#current, pair, null);
  }

  /** Writes a bundle when one is due. True when it did; it is durable then. */
  async commit(accepted: AcceptedAssignment, heals: readonly ReportedHeal[]): Promise<boolean> {
    const { assignment, digest } = accepted;
    const now = this.now();
    this.#current = expire(this.#current, now, assignment.intervals);
    const map = this.#current;
    const plan = planBundle({
      committed: this.#committed,
      current: map,
      head: this.#head,
      assignment: digest,
      heartbeatMs: assignment.heartbeatMs,
      // While a clock that was set back catches up, heartbeats go on.
      quietMs: this.#ports.clock.monotonic() - this.#bundleMonotonic,
      heals: heals.length,
      now,
    });
    if (plan === null) return false;
    const window = { windowStart: this.#windowStart, now, ran: this.#ran, time: this.#steady.mark(now) };
    this.#head = await writeBundle(this.#ports, plan, { map, ...subjectOf(accepted), ...window, heals });
    this.#committed = map;
    this.#windowStart = now;
    this.#touchedAt = now;
    this.#bundleMonotonic = this.#ports.clock.monotonic();
    this.#ran = 0;
    return true;
  }

  /** Signs what happened to this appliance; durable when it returns. */
  async announce(
    accepted: AcceptedAssignment,
    event: ApplianceEventDetail,
    effects: OwnEffects = {},
  ): Promise<void> {
    this.#head = await writeEvent(this.#ports, event, { ...subjectOf(accepted), time: this.time(), effects });
  }

  /** Now and then makes durable when pairs were last seen, so that a restart does not take them for older. */
  touch(): void {
    const now = this.now();
    if (now - this.#touchedAt < TOUCH_EVERY_MS) return;
    this.#ports.store.touch(this.#current, this.time());
    this.#touchedAt = now;
  }
}

function subjectOf({ assignment, digest }: AcceptedAssignment): Subject {
  return { site: assignment.site, policy: { revision: assignment.revision, assignment: digest } };
}
