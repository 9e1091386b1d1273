import type { Condition } from "../store/contract.ts";
import { type Reason, textOf } from "./texts.ts";

/** How a subject is: good; refused until its revision changes (`stalled`); or tried again by itself (`retrying`). */
export interface Finding {
  /** `source/<name>`, `partner/<name>`, `log/<name of the partner>` or `authority/<name of the partner>`. */
  readonly subject: string;
  readonly state: "good" | "stalled" | "retrying";
  readonly reason: Reason;
  readonly detail?: string;
  readonly revision: string | null;
}

/**
 * The conditions of what was found: Ready for each subject, and beside a Ready that is False either Stalled or
 * Reconciling. `since` is kept where status and reason are as before.
 */
export function conditionsOf(
  findings: readonly Finding[],
  before: readonly Condition[],
  now: string,
): readonly Condition[] {
  return findings.flatMap((finding) => {
    const ready = finding.state === "good";
    const list = [conditionOf(finding, "Ready", ready ? "True" : "False")];
    if (!ready)
      list.push(conditionOf(finding, finding.state === "stalled" ? "Stalled" : "Reconciling", "True"));
    return list.map((condition) => ({ ...condition, since: sinceOf(condition, before) ?? now }));
  });
}

type Draft = Omit<Condition, "since">;

function conditionOf(finding: Finding, type: Condition["type"], status: Condition["status"]): Draft {
  const { subject, reason, detail, revision } = finding;
  return { subject, type, status, reason, message: textOf(reason, detail), revision };
}

function sinceOf(condition: Draft, before: readonly Condition[]): string | undefined {
  return before.find(
    ({ subject, type, status, reason }) =>
      subject === condition.subject &&
      type === condition.type &&
      status === condition.status &&
      reason === condition.reason,
  )?.since;
}
