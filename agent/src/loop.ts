import { type BoxCeiling, type HealRecord, pairKey } from "@compline/core";
import type { Logger } from "pino";
import type { AcceptedAssignment } from "./assignment/accept.ts";
import { duePairs, nextDueAt, type Schedule } from "./checks/due.ts";
import type { Evaluator } from "./checks/evaluator.ts";
import { observePair, type Seen } from "./checks/observe.ts";
import type { Clock } from "./clock.ts";
import { inParallel } from "./concurrency.ts";
import type { CrashPoint } from "./crash-point.ts";
import type { Journal, ReportedHeal } from "./evidence/journal.ts";
import type { Observation, PairState, Told } from "./evidence/verdict-map.ts";
import { decideHeal, type HealDecision, type Plan } from "./heal/decide.ts";
import type { RunCommand } from "./heal/command.ts";
import { describePlan, runHeal, timesOf } from "./heal/run-heal.ts";
import type { AgentStore } from "./store/agent-store.ts";
import type { Wake } from "./wake.ts";

/** Checks of one appliance that run at the same time. */
const PARALLEL = 4;
/** The loop looks around at least this often, for heartbeats and for pairs that grew stale. */
const LONGEST_SLEEP_MS = 30_000;

/** What the loop is wired to. */
export interface LoopPorts {
  readonly journal: Journal;
  readonly store: AgentStore;
  readonly evaluator: Evaluator;
  readonly clock: Clock;
  readonly crashPoint: CrashPoint;
  readonly runCommand: RunCommand;
  readonly folder: string;
  readonly ceiling: BoxCeiling;
  readonly log: Logger;
  /** Notified when an assignment came. */
  readonly wake: Wake;
  /** Called when a bundle was committed. */
  readonly onBundle: () => void;
}

/**
 * One appliance's work: look at what is due, say what changed, heal one thing, and again. Sequential on purpose, so
 * that the chain has one writer and a fail is always committed before its heal begins. Any round may be the first
 * after a crash.
 */
export class Loop {
  readonly #ports: LoopPorts;
  readonly #runs = new Map<string, number>();
  readonly #retries = new Map<string, number>();
  /** Rules that apply to what was last seen, for pairs that fail and were not decided on since. */
  readonly #undecided = new Map<string, readonly string[]>();
  #assignment: AcceptedAssignment | null;
  #arrived: AcceptedAssignment | null = null;
  #asleep = false;
  #settledAt: number;

  constructor(ports: LoopPorts, assignment: AcceptedAssignment | null) {
    this.#ports = ports;
    this.#assignment = assignment;
    this.#settledAt = ports.store.lastTime();
    if (assignment !== null) ports.journal.adopt(assignment.assignment);
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
    return this.#asleep ? this.#ports.journal.now() : this.#settledAt;
  }

  /** When the next check runs, in milliseconds since 1970; null when there is none. */
  get nextRunAt(): number | null {
    const due = nextDueAt(this.#ports.journal.pairs, this.#schedule());
    if (due === null) return null;
    return this.#ports.journal.now() + Math.max(0, due - this.#ports.clock.monotonic());
  }

  /** Hands over an assignment; it comes into force between two rounds. */
  offer(accepted: AcceptedAssignment): void {
    this.#arrived = accepted;
    this.#ports.wake.notify();
  }

  /** Works until `signal` fires. Throws only when this process cannot go on. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#adopt();
      const accepted = this.#assignment;
      const worked = accepted !== null && (await this.#round(accepted, signal));
      if (!worked && !signal.aborted) await this.#sleep(signal);
    }
  }

  #adopt(): void {
    const accepted = this.#arrived;
    if (accepted === null) return;
    const { store, journal, log } = this.#ports;
    store.saveAssignment(accepted, journal.now());
    journal.adopt(accepted.assignment);
    this.#assignment = accepted;
    this.#arrived = null;
    for (const memory of [this.#runs, this.#retries, this.#undecided]) memory.clear();
    const { generation, revision } = accepted.assignment;
    log.info({ digest: accepted.digest, generation, revision }, "assignment accepted");
  }

  /** True when there may be more to do at once. */
  async #round(accepted: AcceptedAssignment, signal: AbortSignal): Promise<boolean> {
    const { journal, clock } = this.#ports;
    const due = duePairs(journal.pairs, this.#schedule(), clock.monotonic());
    await this.#look(accepted, due);
    if (signal.aborted) return false;
    await this.#commit(accepted, null);
    return this.#healOne(accepted, signal);
  }

  async #look(accepted: AcceptedAssignment, due: readonly string[]): Promise<void> {
    const { journal, crashPoint } = this.#ports;
    if (due.length === 0) return;
    const seen = await inParallel(PARALLEL, due, async (key) => {
      const pair = journal.pairs.get(key);
      if (pair === undefined) throw new Error("unreachable: a pair that is due is not known");
      return { key, seen: await this.#observe(accepted, pair) };
    });
    crashPoint("after-observe");
    for (const each of seen) this.#note(each.key, each.seen);
  }

  async #observe(accepted: AcceptedAssignment, pair: PairState): Promise<Seen> {
    const { evaluator, folder, journal, clock } = this.#ports;
    this.#runs.set(pairKey(pair.host, pair.check), clock.monotonic());
    return observePair({ evaluator, folder, now: () => journal.now() }, accepted.assignment, pair);
  }

  #note(key: string, { observation, applicable }: Seen): void {
    this.#ports.journal.note(observation);
    this.#retries.delete(key);
    this.#undecided.delete(key);
    if (observation.verdict === "fail") this.#undecided.set(key, applicable);
  }

  async #commit(accepted: AcceptedAssignment, heal: ReportedHeal | null): Promise<void> {
    const { journal, log, onBundle } = this.#ports;
    if (!(await journal.commit(accepted, heal))) return;
    const { epoch, seq, digest } = journal.head;
    log.info({ epoch, seq, digest }, "bundle committed");
    onBundle();
  }

  /** Decides about one failing pair and does what was decided. False when none is left. */
  async #healOne(accepted: AcceptedAssignment, signal: AbortSignal): Promise<boolean> {
    const next = this.#undecided.entries().next();
    if (next.done) return false;
    const [key, applicable] = next.value;
    this.#undecided.delete(key);
    const pair = this.#ports.journal.pairs.get(key);
    if (pair === undefined) return true;
    const { store, journal, ceiling } = this.#ports;
    const attempts = store.attemptsOf(pair.host, pair.check);
    const { assignment } = accepted;
    const decision = decideHeal({ assignment, ceiling, pair, applicable, attempts, now: journal.now() });
    await this.#carryOut(accepted, { pair, decision, key }, signal);
    return true;
  }

  async #carryOut(
    accepted: AcceptedAssignment,
    {
      pair,
      decision,
      key,
    }: { readonly pair: PairState; readonly decision: HealDecision; readonly key: string },
    signal: AbortSignal,
  ): Promise<void> {
    switch (decision.kind) {
      case "wait":
        return this.#retryAt(key, decision.until);
      case "heal":
        return this.#heal(accepted, pair, decision, signal);
      case "dry-run":
        return this.#say(accepted, pair, "dry_run", {
          ...planned(accepted, pair, decision),
          outcome: "dry_run",
        });
      case "refuse":
        await this.#say(accepted, pair, "refused", {
          ...planned(accepted, pair, decision),
          outcome: "failed",
          errorClass: "PRACTICE_HOST",
        });
        this.#undecided.set(key, [decision.rule]); // refused, so now a person is told
        return;
      case "escalate":
        return this.#say(accepted, pair, "escalated", {
          ...planned(accepted, pair, null),
          outcome: "escalated",
          errorClass: decision.obstacle,
        });
    }
  }

  #retryAt(key: string, until: number | null): void {
    const { journal, clock } = this.#ports;
    if (until !== null) this.#retries.set(key, clock.monotonic() + Math.max(0, until - journal.now()));
  }

  async #heal(accepted: AcceptedAssignment, pair: PairState, plan: Plan, signal: AbortSignal): Promise<void> {
    const { store, journal, log, folder, runCommand, crashPoint } = this.#ports;
    const key = pairKey(pair.host, pair.check);
    const { rule, runbook } = plan;
    const attempt = store.beginAttempt(pair, { rule, startedAt: journal.now() });
    let last: Seen | null = null;
    const observe = async (): Promise<Observation> => {
      last = await this.#observe(accepted, pair);
      crashPoint("after-observe");
      return last.observation;
    };
    const ports = { folder, runCommand, now: () => journal.now(), observe, signal };
    const result = await runHeal(ports, {
      assignment: accepted.assignment,
      pair,
      plan: { rule, runbook },
      attempt,
    });
    if (result === null || last === null) return;
    this.#note(key, last);
    const { outcome, errorClass } = result.record;
    await this.#commit(accepted, {
      record: result.record,
      attempt: { id: attempt, outcome: outcome === "healed" ? outcome : "failed" },
    });
    log.info({ host: pair.host, check: pair.check, rule, runbook, outcome, errorClass }, "heal finished");
  }

  /** Reports a heal that touched nothing, once. */
  async #say(accepted: AcceptedAssignment, pair: PairState, told: Told, heal: SaidHeal): Promise<void> {
    const { journal, log } = this.#ports;
    const now = journal.now();
    const record: HealRecord = { errorClass: null, after: null, skipped: [], ...heal, ...timesOf(now, now) };
    journal.tell(pair, told);
    await this.#commit(accepted, { record, attempt: null });
    const { outcome, errorClass } = record;
    log.info({ host: pair.host, check: pair.check, outcome, errorClass }, "heal not run");
  }

  async #sleep(signal: AbortSignal): Promise<void> {
    const { journal, clock, wake } = this.#ports;
    journal.touch();
    const due = nextDueAt(journal.pairs, this.#schedule()) ?? Number.POSITIVE_INFINITY;
    this.#asleep = this.#assignment !== null;
    await wake.sleep(Math.min(Math.max(due - clock.monotonic(), 0), LONGEST_SLEEP_MS), signal);
    if (this.#asleep) this.#settledAt = journal.now();
    this.#asleep = false;
  }

  #schedule(): Schedule {
    const intervals = this.#assignment?.assignment.intervals ?? {};
    return { intervals, runs: this.#runs, retries: this.#retries };
  }
}

type SaidHeal = ReturnType<typeof planned> &
  Pick<HealRecord, "outcome"> &
  Partial<Pick<HealRecord, "errorClass">>;

/** The known members of a heal's record; without a plan it is the record of telling a person. */
function planned(
  accepted: AcceptedAssignment,
  pair: PairState,
  plan: Plan | null,
): ReturnType<typeof describePlan> {
  if (plan !== null)
    return describePlan(accepted.assignment, pair, { rule: plan.rule, runbook: plan.runbook });
  const { host, check, verdict } = pair;
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
