import {
  type BoxCeiling,
  type BoxStop,
  decideHeal,
  type HealDecision,
  type HealPlan,
  type HealRecord,
  HELD_REPORTED,
  type HeldPair,
  pairKey,
  type Telling,
  type Told,
} from "@compline/core/appliance";
import type { Logger } from "pino";
import type { AcceptedAssignment } from "../assignment/accept.ts";
import type { Seen } from "../checks/observe.ts";
import { type Clock, toInstant } from "../clock.ts";
import type { CrashPoint } from "../crash-point.ts";
import type { ReportedHeal } from "../evidence/bundle-writer.ts";
import type { Journal } from "../evidence/journal.ts";
import type { PairState } from "../evidence/verdict-map.ts";
import type { AgentStore } from "../store/agent-store.ts";
import type { Hosts } from "../transports/hosts.ts";
import { type InterruptedAttempt, reportInterrupted } from "./interrupted.ts";
import { describePlan, runHeal, timesOf } from "./run-heal.ts";

/** What the healer is wired to. */
export interface HealerPorts {
  readonly journal: Journal;
  readonly store: AgentStore;
  readonly folder: string;
  readonly ceiling: BoxCeiling;
  readonly hosts: Hosts;
  readonly clock: Clock;
  readonly crashPoint: CrashPoint;
  /** What stops healing on the box at this moment. */
  readonly stops: () => readonly BoxStop[];
  readonly log: Logger;
  /** Looks at a pair again; what it saw is not noted yet. */
  readonly look: (accepted: AcceptedAssignment, pair: PairState) => Promise<Seen>;
  /** Takes what was seen into the map and hands a fail back to this healer. */
  readonly note: (seen: Seen) => void;
  /** Makes heals part of the chain. */
  readonly commit: (accepted: AcceptedAssignment, heals: readonly ReportedHeal[]) => Promise<void>;
  /** Asks that a pair is looked at again when the clock says so (milliseconds since 1970). */
  readonly retryAt: (key: string, at: number) => void;
}

/** Decides about failing pairs, one at a time, and does what was decided. */
export class Healer {
  readonly #ports: HealerPorts;
  /** Rules that apply to what was last seen, for pairs that fail. */
  readonly #failing = new Map<string, readonly string[]>();
  /** Those that were not decided on since. */
  readonly #undecided = new Set<string>();
  #interrupted: readonly InterruptedAttempt[] = [];

  constructor(ports: HealerPorts) {
    this.#ports = ports;
  }

  /** Begins anew under an assignment: every fail will be seen again first. */
  adopt(accepted: AcceptedAssignment): void {
    this.#failing.clear();
    this.#undecided.clear();
    this.#interrupted = this.#ports.store.interrupted(accepted.digest);
  }

  /** Takes up again what began and is not told of yet. */
  recall(accepted: AcceptedAssignment): void {
    this.#interrupted = this.#ports.store.interrupted(accepted.digest);
  }

  /**
   * Takes note of what was seen: a fail is decided on once for each time it is seen. One that waits to be decided on
   * keeps its turn when it is seen again.
   */
  consider({ observation, applicable }: Seen): void {
    const key = pairKey(observation.host, observation.check);
    if (observation.verdict === "fail") {
      this.#failing.set(key, applicable);
      this.#undecided.add(key);
    } else {
      this.#failing.delete(key);
      this.#undecided.delete(key);
    }
  }

  /** Failing pairs that are not healed now, as a report says it. One that was not seen by this process is left out. */
  held(accepted: AcceptedAssignment): readonly HeldPair[] {
    const { journal } = this.#ports;
    const failing = [...this.#failing.keys()].toSorted().flatMap((key) => journal.pairs.get(key) ?? []);
    return failing.slice(0, HELD_REPORTED).flatMap((pair) => {
      const decision = this.#decide(accepted, pair, journal.now());
      if (decision.kind !== "hold") return [];
      const { host, check } = pair;
      const { code, until } = decision.hold;
      return [{ host, check, code, until: until === null ? null : toWholeSecond(until) }];
    });
  }

  /** Whether heals of an earlier process under the assignment in force are still to be reported. */
  get hasInterrupted(): boolean {
    return this.#interrupted.length > 0;
  }

  /** Heals of an earlier process that were never reported. Only after every pair was looked at, and only once. */
  takeInterrupted(accepted: AcceptedAssignment): readonly ReportedHeal[] {
    if (this.#interrupted.length === 0) return [];
    const { committed, pairs: current } = this.#ports.journal;
    const now = this.#ports.journal.now();
    const heals = reportInterrupted(this.#interrupted, { accepted, committed, current, now });
    this.#interrupted = [];
    return heals;
  }

  /** Decides about one pair and does what was decided. False when none is left. */
  async healOne(accepted: AcceptedAssignment, signal: AbortSignal): Promise<boolean> {
    const [key] = this.#undecided;
    if (key === undefined) return false;
    this.#undecided.delete(key);
    const { journal } = this.#ports;
    const pair = journal.pairs.get(key);
    if (pair === undefined) return true;
    const now = journal.now();
    await this.#carryOut(accepted, { pair, decision: this.#decide(accepted, pair, now), now }, signal);
    return true;
  }

  #decide({ assignment }: AcceptedAssignment, pair: PairState, now: number): HealDecision {
    const { store, journal, ceiling, stops, clock } = this.#ports;
    const { host, check } = pair;
    const steady = journal.steady();
    const { openedAt } = store.breaker();
    const allowed = store.override();
    return decideHeal({
      assignment,
      ceiling,
      stops: stops(),
      pair,
      applicable: this.#failing.get(pairKey(host, check)) ?? [],
      attempts: store
        .attemptsOf(host, check)
        .map(({ steadyAt, ...attempt }) => ({ ...attempt, agoMs: steady - steadyAt })),
      breakerOpenMs: openedAt === null ? null : steady - openedAt,
      overrideMs: allowed === null || steady >= allowed.until ? null : steady - allowed.from,
      now,
      clock: clock.now(),
    });
  }

  async #carryOut(
    accepted: AcceptedAssignment,
    { pair, decision, now }: Decided,
    signal: AbortSignal,
  ): Promise<void> {
    switch (decision.kind) {
      case "nothing":
        return;
      case "heal":
        return this.#heal(accepted, pair, { decision, now, signal });
      case "hold": {
        const { hold, tell } = decision;
        if (hold.until !== null) this.#ports.retryAt(pairKey(pair.host, pair.check), hold.until);
        if (tell !== null) await this.#tell(accepted, pair, { tell, now });
      }
    }
  }

  async #tell(
    accepted: AcceptedAssignment,
    pair: PairState,
    { tell, now }: { readonly tell: Telling; readonly now: number },
  ): Promise<void> {
    switch (tell.kind) {
      case "dry-run":
        return this.#say(accepted, pair, { told: "dry_run", plan: planOf(tell), fault: null, now });
      case "refuse":
        await this.#say(accepted, pair, {
          told: "refused",
          plan: planOf(tell),
          fault: "PRACTICE_HOST",
          now,
        });
        this.#undecided.add(pairKey(pair.host, pair.check)); // refused, so now a person is told
        return;
      case "escalate":
        return this.#say(accepted, pair, { told: "escalated", plan: null, fault: tell.because, now });
    }
  }

  async #heal(
    accepted: AcceptedAssignment,
    pair: PairState,
    {
      decision,
      now,
      signal,
    }: { readonly decision: DecidedHeal; readonly now: number; readonly signal: AbortSignal },
  ): Promise<void> {
    const plan = planOf(decision);
    const { store, journal, folder, hosts, crashPoint, look, note, commit, log } = this.#ports;
    const { host, check } = pair;
    const time = journal.time();
    const begun = {
      host,
      check,
      ...plan,
      assignment: accepted.digest,
      startedAt: now,
      steadyAt: time.steady,
    };
    const attempt = store.beginAttempt(begun, time);
    crashPoint("after-begin");
    const ports = {
      folder,
      hosts,
      crashPoint,
      now: () => journal.now(),
      look: () => look(accepted, pair),
      signal,
    };
    const result = await runHeal(ports, {
      assignment: accepted.assignment,
      pair,
      plan,
      approval: decision.overridden ? (store.override()?.digest ?? null) : null,
      attempt,
      startedAt: now,
    });
    if (result === null) return;
    note(result.seen);
    const { outcome, errorClass } = result.record;
    const ended = { id: attempt, outcome: outcome === "healed" ? outcome : ("failed" as const) };
    await commit(accepted, [{ record: result.record, attempt: ended, transcript: result.transcript }]);
    log.info({ host, check, ...plan, outcome, errorClass }, "heal finished");
  }

  /** Reports, once, a heal that touched nothing. */
  async #say(accepted: AcceptedAssignment, pair: PairState, said: Said): Promise<void> {
    const { journal, commit, log } = this.#ports;
    const { host, check } = pair;
    const outcome = OUTCOMES[said.told];
    const record: HealRecord = {
      ...(said.plan === null ? describeTelling(pair) : describePlan(accepted.assignment, pair, said.plan)),
      ...timesOf(said.now, said.now),
      after: null,
      outcome,
      errorClass: said.fault,
      skipped: [],
    };
    journal.tell(pair, said.told);
    try {
      await commit(accepted, [{ record, attempt: null, transcript: null }]);
    } catch (error) {
      journal.untell(pair); // nobody was told
      throw error;
    }
    log.info({ host, check, outcome, errorClass: said.fault }, "heal not run");
  }
}

/** A decision, and the time it holds for: what it leads to begins then, for a heal's permission may end a moment later. */
interface Decided {
  readonly pair: PairState;
  readonly decision: HealDecision;
  readonly now: number;
}

type DecidedHeal = Extract<HealDecision, { readonly kind: "heal" }>;

interface Said {
  readonly told: Told;
  readonly plan: HealPlan | null;
  readonly fault: string | null;
  readonly now: number;
}

const OUTCOMES: Readonly<Record<Told, HealRecord["outcome"]>> = {
  dry_run: "dry_run",
  refused: "failed",
  escalated: "escalated",
};

/** The end of a wait differs by milliseconds each time it is computed; a report should not. */
function toWholeSecond(ms: number): string {
  return toInstant(Math.ceil(ms / 1000) * 1000);
}

function planOf({ rule, runbook }: HealPlan): HealPlan {
  return { rule, runbook };
}

/** What is known of a record that only tells a person. */
function describeTelling({ host, check, verdict }: PairState): ReturnType<typeof describePlan> {
  return {
    host,
    check,
    level: "L3",
    rule: null,
    runbook: null,
    runbookDigest: null,
    before: verdict,
    approval: null,
  };
}
