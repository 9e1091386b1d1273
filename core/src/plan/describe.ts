import type { Action, AssignmentChange, SetChange, ValueChange } from "./action.ts";

/** A plan as lines of text: what happens at which appliance, and a last line with the counts. */
export function describePlan(actions: readonly Action[]): readonly string[] {
  return [...actions.flatMap(describeAction), summary(actions)];
}

function describeAction(action: Action): readonly string[] {
  if (action.kind === "withdraw") {
    return [`withdraw the assignment of appliance ${action.appliance} at site ${action.site}`];
  }
  const { target, assignment } = action;
  const name = `${target.partner}/${target.site} ${target.appliance}`;
  if (action.kind === "renew") return [`renew ${name}`, `  healing until ${assignment.healUntil}`];
  return [`publish ${name}`, ...describeChange(action.change).map((line) => `  ${line}`)];
}

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

function summary(actions: readonly Action[]): string {
  if (actions.length === 0) return "no changes";
  const count = (kind: Action["kind"]): number => actions.filter((action) => action.kind === kind).length;
  return `${count("publish")} to publish, ${count("renew")} to renew, ${count("withdraw")} to withdraw`;
}
