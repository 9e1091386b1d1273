import { type HealRecord, pairKey } from "@compline/core/appliance";
import type { AcceptedAssignment } from "../assignment/accept.ts";
import type { ReportedHeal } from "../evidence/bundle-writer.ts";
import type { VerdictMap } from "../evidence/verdict-map.ts";
import type { BegunAttempt } from "../store/agent-store.ts";
import { describePlan, timesOf } from "./run-heal.ts";

/** A heal that began and of which nothing more is known: the process died in it. */
export type InterruptedAttempt = BegunAttempt & { readonly id: number };

/** What a report of interrupted heals rests on. */
export interface InterruptedContext {
  readonly accepted: AcceptedAssignment;
  /** As the last bundle left it: what it was before the heal. */
  readonly committed: VerdictMap;
  /** With a look after the heal. */
  readonly current: VerdictMap;
  readonly now: number;
}

/**
 * The records of interrupted heals, so that a change by our hand is never without one. They are `failed` even when the
 * check passes now: which steps ran is not known. What the pair failed before may have grown stale since. Those of
 * pairs that are no longer assigned are left out.
 */
export function reportInterrupted(
  attempts: readonly InterruptedAttempt[],
  context: InterruptedContext,
): readonly ReportedHeal[] {
  return attempts.flatMap((attempt, index) => {
    const key = pairKey(attempt.host, attempt.check);
    const before = context.committed.get(key);
    if (before === undefined || before.verdict === "pass") return [];
    const isLast = !attempts.slice(index + 1).some(({ host, check }) => pairKey(host, check) === key);
    const plan = { rule: attempt.rule, runbook: attempt.runbook };
    const record: HealRecord = {
      ...describePlan(context.accepted.assignment, before, plan),
      ...timesOf(attempt.startedAt, context.now),
      after: isLast ? (context.current.get(key)?.verdict ?? null) : null,
      outcome: "failed",
      errorClass: "INTERRUPTED",
      skipped: [],
    };
    return [{ record, attempt: { id: attempt.id, outcome: "failed" }, transcript: null }];
  });
}
