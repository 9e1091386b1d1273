import {
  type BoxCeiling,
  type BoxStop,
  decideHeal,
  type HealDecision,
  type HealPlan,
  type HealRecord,
  pairKey,
  type Told,
} from "@compline/core";
import type { Logger } from "pino";
import type { AcceptedAssignment } from "../assignment/accept.ts";
import type { Seen } from "../checks/observe.ts";
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
  /** What stops healing on the box at this moment. */
  readonly stops: () => readonly BoxStop[];
  readonly log: Logger;
  /** Looks at a pair again; what it saw is not noted yet. */
  readonly look: (accepted: AcceptedAssignment, pair: PairState) => Promise<Seen>;
  /** Takes what was seen into the map and hands a fail back to this healer. */
  readonly note: (seen: Seen) => void;
  /** Makes heals part of the chain. */
  readonly commit: (accepted: AcceptedAssignment, heals: readonly ReportedHeal[]) => Promise<void>;
  /** Asks that a pair is looked at again at an instant (milliseconds since 1970). */
  readonly retryAt: (key: string, at: number) => void;
}

/** Decides about failing pairs, one at a time, and does what was decided. */
export class Healer {
  readonly #ports: HealerPorts;
  /** Rules that apply to what was last seen, for pairs that fail and were not decided on since. */
  readonly #undecided = new Map<string, readonly string[]>();
  #interrupted: readonly InterruptedAttempt[] = [];

  constructor(ports: HealerPorts) {
    this.#ports = ports;
  }

  /** Begins anew under an assignment: every fail will be seen again first. */
  adopt(accepted: AcceptedAssignment): void {
    this.#undecided.clear();
    this.#interrupted = this.#ports.store.interrupted(accepted.digest);
  }

  /** Takes note of what was seen: a fail is decided on once for each time it is seen. */
  consider({ observation, applicable }: Seen): void {
    const key = pairKey(observation.host, observation.check);
    this.#undecided.delete(key);
    if (observation.verdict === "fail") this.#undecided.set(key, applicable);
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
    const next = this.#undecided.entries().next();
    if (next.done) return false;
    const [key, applicable] = next.value;
    this.#undecided.delete(key);
    const { store, journal, ceiling } = this.#ports;
    const pair = journal.pairs.get(key);
    if (pair === undefined) return true;
    const attempts = store.attemptsOf(pair.host, pair.check);
    const { assignment } = accepted;
    const now = journal.now();
    const limits = { ceiling, stops: this.#ports.stops() };
    const decision = decideHeal({ assignment, ...limits, pair, applicable, attempts, now });
    await this.#carryOut(accepted, { pair, decision, now }, signal);
    return true;
  }

  async #carryOut(
    accepted: AcceptedAssignment,
    { pair, decision, now }: Decided,
    signal: AbortSignal,
  ): Promise<void> {
    const key = pairKey(pair.host, pair.check);
    switch (decision.kind) {
      case "wait":
        if (decision.until !== null) this.#ports.retryAt(key, decision.until);
        return;
      case "heal":
        return this.#heal(accepted, pair, { plan: planOf(decision), now, signal });
      case "dry-run":
        return this.#say(accepted, pair, { told: "dry_run", plan: planOf(decision), fault: null, now });
      case "refuse":
        await this.#say(accepted, pair, {
          told: "refused",
          plan: planOf(decision),
          fault: "PRACTICE_HOST",
          now,
        });
        this.#undecided.set(key, [decision.rule]); // refused, so now a person is told
        return;
      case "escalate":
        return this.#say(accepted, pair, { told: "escalated", plan: null, fault: decision.obstacle, now });
    }
  }

  async #heal(
    accepted: AcceptedAssignment,
    pair: PairState,
    { plan, now, signal }: { readonly plan: HealPlan; readonly now: number; readonly signal: AbortSignal },
  ): Promise<void> {
    const { store, journal, folder, hosts, look, note, commit, log } = this.#ports;
    const { host, check } = pair;
    const begun = { host, check, ...plan, assignment: accepted.digest, startedAt: now };
    const attempt = store.beginAttempt(begun);
    const ports = { folder, hosts, now: () => journal.now(), look: () => look(accepted, pair), signal };
    const result = await runHeal(ports, {
      assignment: accepted.assignment,
      pair,
      plan,
      attempt,
      startedAt: now,
    });
    if (result === null) return;
    note(result.seen);
    const { outcome, errorClass } = result.record;
    const ended = { id: attempt, outcome: outcome === "healed" ? outcome : ("failed" as const) };
    await commit(accepted, [{ record: result.record, attempt: ended }]);
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
    await commit(accepted, [{ record, attempt: null }]);
    log.info({ host, check, outcome, errorClass: said.fault }, "heal not run");
  }
}

/** A decision, and the time it holds for: what it leads to begins then, for a heal's permission may end a moment later. */
interface Decided {
  readonly pair: PairState;
  readonly decision: HealDecision;
  readonly now: number;
}

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
