import type { ApplianceTarget } from "../assignment/derive.ts";
import type { Action, AssignmentChange, SetChange, ValueChange } from "./action.ts";
import { type PlannedAction, plannedAction } from "./report.ts";

/** Actions as lines of text: what happens at which appliance, and a last line with the counts. */
export function describePlan(actions: readonly Action[]): readonly string[] {
  const planned = actions.map((action) => plannedAction(action, new Map()));
  return [...planned.flatMap(describeAction), describeCounts(planned)];
}

/** One action as lines of text; those after the first are indented. */
export function describeAction(action: PlannedAction): readonly string[] {
  const head = `${action.kind} ${placeName(action)}`;
  if (action.kind === "withdraw") return [head, `  no longer looked at: ${action.hosts.join(" ")}`];
  if (action.kind === "renew") return [head, `  healing until ${action.healUntil}`];
  return [head, ...describeChange(action.change).map((line) => `  ${line}`)];
}

/** `partner/site appliance`; ULIDs where the names are not known. */
export function placeName(action: PlannedAction): string {
  if (action.kind !== "withdraw") return nameOf(action.target);
  const { target, site, appliance } = action;
  return target === null ? `appliance ${appliance} at site ${site}` : nameOf(target);
}

function nameOf({ partner, site, appliance }: ApplianceTarget): string {
  return `${partner}/${site} ${appliance}`;
}

/** How many of each kind there are. */
export function describeCounts(actions: readonly PlannedAction[]): string {
  if (actions.length === 0) return "no changes";
  const count = (kind: Action["kind"]): number => actions.filter((action) => action.kind === kind).length;
  return `${count("publish")} to publish, ${count("renew")} to renew, ${count("withdraw")} to withdraw`;
}

/** A change as lines: `+` is new, `~` is another than before, `-` goes away. */
function describeChange(change: AssignmentChange): readonly string[] {
  const { before, after } = change.pairs;
  return [
    ...setLines("hosts", change.hosts),
    ...setLines("checks", change.checks),
    ...setLines("rules", change.rules),
    ...setLines("runbooks", change.runbooks),
    ...change.healing.map((value) => valueLine("healing", value)),
    ...change.intervals.map((value) => valueLine("interval", value)),
    ...(before === after ? [] : [`hosts x checks: ${before} -> ${after}`]),
    ...(change.touched.length === 0 ? [] : [`touches: ${change.touched.join(" ")}`]),
  ];
}

function setLines(what: string, { added, changed, removed }: SetChange): readonly string[] {
  const signed = [
    ...added.map((name) => `+${name}`),
    ...changed.map((name) => `~${name}`),
    ...removed.map((name) => `-${name}`),
  ];
  return signed.length === 0 ? [] : [`${what}: ${signed.join(" ")}`];
}

function valueLine(about: string, { what, from, to }: ValueChange): string {
  return `${about}: ${what} ${from === null ? to : `${from} -> ${to}`}`;
}
