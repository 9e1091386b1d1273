import { durationMs, type HealPlan, type HealRecord, ruleOf, runbookOf } from "@compline/core";
import type { Assignment, RunbookSpec, Step, UndoStep } from "@compline/schemas";
import type { Seen } from "../checks/observe.ts";
import { toInstant, wait } from "../clock.ts";
import { HostError } from "../errors.ts";
import type { PairState } from "../evidence/verdict-map.ts";
import { openHost } from "../transports/open-host.ts";
import { openBackups } from "./backup.ts";
import type { RunCommand } from "./command.ts";
import { HealError, type HealFault } from "./heal-error.ts";
import { runSteps, type StepPorts } from "./steps.ts";

/** What a heal is wired to. */
export interface HealPorts {
  readonly folder: string;
  readonly runCommand: RunCommand;
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
  readonly attempt: number;
  /** When it was decided that it may run, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** A heal and what the host looked like after it. */
export interface HealResult {
  readonly record: HealRecord;
  /** The last look at the pair, after everything. */
  readonly seen: Seen;
}

/**
 * Runs a runbook, waits, and looks again: healed only when the same check then passes, otherwise undone and looked
 * at once more. Null when the process is ending. Never throws for what the host does.
 */
export async function runHeal(ports: HealPorts, task: HealTask): Promise<HealResult | null> {
  const { assignment, pair, plan, startedAt } = task;
  const runbook = runbookOf(assignment, plan);
  const backups = openBackups(ports.folder, task.attempt);
  const host = assignment.hosts.find(({ id }) => id === pair.host);
  const files = host === undefined ? null : await openHost(host.transport, ports.folder);
  const skipped = new Set<string>();
  const steps =
    files === null ? null : { host: pair.host, files, backups, runCommand: ports.runCommand, skipped };
  const tried = await attempt(ports, steps, runbook, durationMs(ruleOf(assignment, plan).settle));
  if (ports.signal.aborted) return null;
  backups.discard();
  const { seen, fault } = tried;
  const record: HealRecord = {
    ...describePlan(assignment, pair, plan),
    ...timesOf(startedAt, ports.now()),
    after: seen.observation.verdict,
    outcome: fault === null ? "healed" : "failed",
    errorClass: fault,
    skipped: [...skipped],
  };
  return { record, seen };
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

interface Tried {
  readonly seen: Seen;
  readonly fault: HealFault | null;
}

async function attempt(
  ports: HealPorts,
  steps: StepPorts | null,
  runbook: RunbookSpec,
  settleMs: number,
): Promise<Tried> {
  if (steps === null) return { seen: await ports.look(), fault: "HOST_UNAVAILABLE" };
  const fault = await runLimited(ports, steps, runbook.timeout, runbook.steps);
  if (fault === null) await wait(settleMs, ports.signal);
  const seen = await ports.look();
  if (fault === null && seen.observation.verdict === "pass") return { seen, fault };
  // A process that is ending leaves the host as a crash would; the next one looks again.
  if (ports.signal.aborted) return { seen, fault: "TIMEOUT" };
  const undone = await runLimited(ports, steps, runbook.timeout, runbook.undo);
  return {
    seen: await ports.look(),
    fault: undone === null ? (fault ?? "RECHECK_NOT_PASS") : "UNDO_FAILED",
  };
}

/** Null when every step was run or skipped. */
async function runLimited(
  ports: HealPorts,
  steps: StepPorts,
  timeout: string,
  which: readonly (Step | UndoStep)[],
): Promise<HealFault | null> {
  const limit = AbortSignal.timeout(durationMs(timeout));
  try {
    await runSteps(steps, which, AbortSignal.any([limit, ports.signal]));
    return null;
  } catch (error) {
    if (limit.aborted) return "TIMEOUT";
    if (error instanceof HealError) return error.fault;
    if (error instanceof HostError) return error.token;
    throw error;
  }
}
