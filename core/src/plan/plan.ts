import type { Assignment } from "@compline/schemas";
import type { ApplianceTarget } from "../assignment/derive.ts";
import { sameWork } from "../assignment/encode.ts";
import type { Instant } from "../evidence/statement.ts";
import { compareText } from "../manifest/diagnostic.ts";
import type { Action } from "./action.ts";
import { changeBetween } from "./change.ts";

/** An assignment as the graph wants it now. */
export interface DesiredAssignment {
  readonly target: ApplianceTarget;
  readonly assignment: Assignment;
}

/**
 * What to do so that what is published becomes what is desired: one action at most for each appliance, sorted. Doing
 * all of it and planning again at the same time gives nothing.
 * @param now when given, an assignment with at most half of its time to heal left is renewed; when null, none is.
 */
export function plan(
  desired: readonly DesiredAssignment[],
  published: readonly Assignment[],
  now: Instant | null,
): readonly Action[] {
  const current = new Map(published.map((assignment) => [assignment.appliance, assignment]));
  const wanted = new Set(desired.map(({ assignment }) => assignment.appliance));
  const gone = published.filter(({ appliance }) => !wanted.has(appliance));
  return [
    ...desired
      .toSorted(byTarget)
      .flatMap((one) => actionFor(one, current.get(one.assignment.appliance), now)),
    ...gone.toSorted((a, b) => compareText(a.appliance, b.appliance)).map(withdrawal),
  ];
}

function actionFor(
  { target, assignment }: DesiredAssignment,
  current: Assignment | undefined,
  now: Instant | null,
): readonly Action[] {
  if (current === undefined || !sameWork(current, assignment)) {
    return [{ kind: "publish", target, assignment, change: changeBetween(current, assignment) }];
  }
  return now !== null && Date.parse(now) >= renewalDueMs(current)
    ? [{ kind: "renew", target, assignment }]
    : [];
}

/** From when on, in milliseconds of the epoch, at most half of the time from issue to `healUntil` is left. */
export function renewalDueMs({ issuedAt, healUntil }: Pick<Assignment, "issuedAt" | "healUntil">): number {
  return (Date.parse(issuedAt) + Date.parse(healUntil)) / 2;
}

function withdrawal({ partner, site, appliance, hosts }: Assignment): Action {
  const names = hosts.map(({ name }) => name).toSorted(compareText);
  return { kind: "withdraw", partner, site, appliance, hosts: names };
}

function byTarget(a: DesiredAssignment, b: DesiredAssignment): number {
  const { target: one } = a;
  const { target: two } = b;
  return (
    compareText(one.partner, two.partner) ||
    compareText(one.site, two.site) ||
    compareText(one.appliance, two.appliance)
  );
}
