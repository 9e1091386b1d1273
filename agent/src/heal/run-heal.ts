import {
  type Digest,
  durationMs,
  type HealPlan,
  type HealRecord,
  ruleOf,
  runbookOf,
} from "@compline/core/appliance";
import type { Assignment, AssignmentHost, RunbookSpec, Step, UndoStep } from "@compline/schemas";
import type { Seen } from "../checks/observe.ts";
import { toInstant, wait } from "../clock.ts";
import type { CrashPoint } from "../crash-point.ts";
import { HostError } from "../errors.ts";
import type { PairState } from "../evidence/verdict-map.ts";
import type { Hosts } from "../transports/hosts.ts";
import { type Backups, openBackups } from "./backup.ts";
import { HealError, type HealFault } from "./heal-error.ts";
import { Recorder } from "./recorder.ts";
import { runSteps } from "./steps.ts";
import type { UnitBefore } from "./units.ts";

/** What a heal is wired to. */
export interface HealPorts {
  readonly folder: string;
  readonly hosts: Hosts;
  readonly crashPoint: CrashPoint;
  /** Effective now. */
  readonly now: () => number;
  /** Looks at the pair again, in the way every check is run. */
  readonly look: () => Promise<Seen>;
  /** Fires when the process is to end: the heal is then left as a crash would leave it. */
  readonly signal: AbortSignal;
}

/** One heal to run. */
export interface HealTask {
  readonly assignment: Assignment;
  readonly pair: PairState;
  readonly plan: HealPlan;
  /** Of the event by which a person allowed it; null when the guards did. */
  readonly approval: Digest | null;
  readonly attempt: number;
  /** When it was decided that it may run, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** A heal and what the host looked like after it. */
export interface HealResult {
  readonly record: HealRecord;
  /** The last look at the pair, after everything. */
  readonly seen: Seen;
  /** What was done, to be attached to the bundle that tells the record. */
  readonly transcript: Uint8Array;
}

/**
 * Runs a runbook, waits, and looks again: healed only when the same check then passes, otherwise undone and looked
 * at once more. Null when the process is ending. Never throws for what the host does.
 */
export async function runHeal(ports: HealPorts, task: HealTask): Promise<HealResult | null> {
  const { assignment, pair, plan, startedAt } = task;
  const backups = openBackups(ports.folder, task.attempt);
  const recorder = new Recorder();
  const place = { host: hostOf(assignment, pair), backups, recorder, units: new Map<string, UnitBefore>() };
  const settleMs = durationMs(ruleOf(assignment, plan).settle);
  ports.hosts.beginRound(place.host);
  const tried = await attempt(ports, place, runbookOf(assignment, plan), settleMs);
  if (ports.signal.aborted) return null;
  backups.discard();
  ports.crashPoint("after-heal");
  const { seen, fault } = tried;
  const record: HealRecord = {
    ...describePlan(assignment, pair, plan),
    ...timesOf(startedAt, ports.now()),
    approval: task.approval,
    after: seen.observation.verdict,
    outcome: fault === null ? "healed" : "failed",
    errorClass: fault,
    skipped: recorder.skipped,
  };
  return { record, seen, transcript: recorder.transcript(record) };
}

/** The members of a heal's record that are known before it runs. */
export function describePlan(
  assignment: Assignment,
  pair: PairState,
  plan: HealPlan,
): Pick<
  HealRecord,
  "host" | "check" | "level" | "rule" | "runbook" | "runbookDigest" | "before" | "approval"
> {
  const runbookDigest = assignment.runbooks[plan.runbook] ?? null;
  const { host, check, verdict } = pair;
  return { host, check, level: "L1", ...plan, runbookDigest, before: verdict, approval: null };
}

/** Start and end in the form evidence has. */
export function timesOf(startedAt: number, endedAt: number): Pick<HealRecord, "startedAt" | "endedAt"> {
  return { startedAt: toInstant(startedAt), endedAt: toInstant(endedAt) };
}

function hostOf(assignment: Assignment, { host }: PairState): AssignmentHost {
  const found = assignment.hosts.find(({ id }) => id === host);
  if (found === undefined) throw new Error("unreachable: a pair of an accepted assignment has no host");
  return found;
}

/** Where a heal's steps run, and what it keeps of the host. */
interface Place {
  readonly host: AssignmentHost;
  readonly backups: Backups;
  readonly units: Map<string, UnitBefore>;
  readonly recorder: Recorder;
}

interface Tried {
  readonly seen: Seen;
  readonly fault: HealFault | null;
}

async function attempt(
  ports: HealPorts,
  place: Place,
  runbook: RunbookSpec,
  settleMs: number,
): Promise<Tried> {
  const limitMs = durationMs(runbook.timeout);
  const fault =
    (await runLimited(ports, place, { steps: runbook.steps, undo: false, limitMs })) ??
    (await settle(ports, place, settleMs));
  const seen = await ports.look();
  if (fault === null && seen.observation.verdict === "pass") return { seen, fault };
  // A process that is ending leaves the host as a crash would; the next one looks again.
  if (ports.signal.aborted) return { seen, fault: "TIMEOUT" };
  const undone = await runLimited(ports, place, { steps: runbook.undo, undo: true, limitMs });
  return {
    seen: await ports.look(),
    fault: undone === null ? (fault ?? "RECHECK_NOT_PASS") : "UNDO_FAILED",
  };
}

/** Null when the change has settled and the host can still be reached: one that locks this appliance out is undone. */
async function settle(
  { hosts, signal }: HealPorts,
  { host }: Place,
  settleMs: number,
): Promise<HealFault | null> {
  await wait(settleMs, signal);
  return faultOf(() => hosts.reachAgain(host, signal));
}

interface LimitedSteps {
  readonly steps: readonly (Step | UndoStep)[];
  readonly undo: boolean;
  readonly limitMs: number;
}

/** Null when every step was run or skipped. */
async function runLimited(
  { hosts, crashPoint, signal: ending }: HealPorts,
  { host, ...kept }: Place,
  { steps, undo, limitMs }: LimitedSteps,
): Promise<HealFault | null> {
  const limit = AbortSignal.timeout(limitMs);
  const signal = AbortSignal.any([limit, ending]);
  const fault = await faultOf(() =>
    hosts.use(host, { signal, limitMs }, (opened) =>
      runSteps({ host: host.id, opened, crashPoint, undo, ...kept }, steps, signal),
    ),
  );
  crashPoint("after-steps");
  return fault !== null && limit.aborted ? "TIMEOUT" : fault;
}

async function faultOf(work: () => Promise<void>): Promise<HealFault | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof HealError) return error.fault;
    if (error instanceof HostError) return error.token;
    throw error;
  }
}
