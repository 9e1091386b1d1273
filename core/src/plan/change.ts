import type { Assignment } from "@compline/schemas";
import { sameJson } from "../assignment/same-json.ts";
import { compareText } from "../manifest/diagnostic.ts";
import type { AssignmentChange, SetChange, ValueChange } from "./action.ts";

/** What an assignment changes against the one before it; everything is added when there was none. */
export function changeBetween(before: Assignment | undefined, after: Assignment): AssignmentChange {
  return {
    hosts: setChange(hostsById(before), hostsById(after)),
    checks: setChange(before?.checks, after.checks),
    rules: setChange(before?.rules, after.rules),
    runbooks: setChange(before?.runbooks, after.runbooks),
    healing: healingChanges(before, after),
    intervals: intervalChanges(before, after),
    pairs: { before: before?.pairs.length ?? 0, after: after.pairs.length },
    touched: touchedHosts(before, after),
  };
}

function touchedHosts(before: Assignment | undefined, after: Assignment): readonly string[] {
  const { added, changed, removed } = setChange(workByHost(before), workByHost(after));
  return [...added, ...changed, ...removed].toSorted(compareText);
}

/** Hosts by name, each with all that is done about it: what is looked at, how often, and how it is healed. */
function workByHost(assignment: Assignment | undefined): Named {
  if (assignment === undefined) return {};
  const { pairs, hosts } = assignment;
  const { windows: _next, ...healing } = assignment.healing; // they move with time, those declared do not
  const checksOf = Map.groupBy(pairs, ([host]) => host);
  const look = looker(assignment);
  return Object.fromEntries(
    hosts.map((host) => {
      const looks = (checksOf.get(host.id) ?? []).map(([, check]) => look(check, host.platform));
      return [host.name, [host, healing, looks]];
    }),
  );
}

/** What is done about a check on hosts of a platform, as text: most hosts of an assignment have the same platform. */
function looker(assignment: Assignment): (check: string, platform: string) => string {
  const { checks, intervals } = assignment;
  const rulesOf = rulesByCheck(assignment);
  const known = new Map<string, string>();
  return (check, platform) => {
    const key = `${platform} ${check}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const rules = (rulesOf.get(check) ?? []).filter(({ platforms }) => platforms.includes(platform));
    const look = JSON.stringify([
      check,
      checks[check],
      intervals[check],
      rules.map(({ digests }) => digests),
    ]);
    known.set(key, look);
    return look;
  };
}

interface AssignedRule {
  readonly check: string;
  readonly platforms: readonly string[];
  /** Of the rule and of its runbook. */
  readonly digests: readonly unknown[];
}

function rulesByCheck({
  rules,
  runbooks,
  definitions,
}: Assignment): ReadonlyMap<string, readonly AssignedRule[]> {
  const assigned = Object.entries(definitions.rules).map(([name, { check, platforms, runbook }]) => ({
    check,
    platforms,
    digests: [name, rules[name], runbooks[runbook]],
  }));
  return Map.groupBy(assigned, ({ check }) => check);
}

type Named = Readonly<Record<string, unknown>>;

/** Hosts by name, each with all that is declared of it. */
function hostsById(assignment: Assignment | undefined): Named {
  return Object.fromEntries((assignment?.hosts ?? []).map((host) => [host.name, host]));
}

function setChange(before: Named = {}, after: Named): SetChange {
  const names = (of: Named): string[] => Object.keys(of).toSorted(compareText);
  return {
    added: names(after).filter((name) => !Object.hasOwn(before, name)),
    changed: names(after).filter(
      (name) => Object.hasOwn(before, name) && !sameJson(before[name], after[name]),
    ),
    removed: names(before).filter((name) => !Object.hasOwn(after, name)),
  };
}

function healingChanges(before: Assignment | undefined, after: Assignment): readonly ValueChange[] {
  const [old, now] = [before?.healing, after.healing];
  const changes: readonly ValueChange[] = [
    { what: "mode", from: old?.mode ?? null, to: now.mode },
    { what: "risk ceiling", from: old?.riskCeiling ?? null, to: now.riskCeiling },
    {
      what: "kill switch",
      from: old === undefined ? null : engaged(old.killSwitch),
      to: engaged(now.killSwitch),
    },
    {
      what: "maintenance windows",
      // For an appliance that had no assignment: said only when there are any.
      from: old === undefined && now.declaredWindows !== null ? null : describeWindows(old?.declaredWindows),
      to: describeWindows(now.declaredWindows),
    },
  ];
  return changes.filter(({ from, to }) => from !== to);
}

/** As they are declared: "mon tue 22:00-04:00 Europe/Lisbon". */
function describeWindows(windows: Assignment["healing"]["declaredWindows"] = null): string {
  if (windows === null) return "any time";
  return windows
    .map(({ days, start, end, timeZone }) => `${days.join(" ")} ${start}-${end} ${timeZone}`)
    .join(", ");
}

function engaged(killSwitch: boolean): string {
  return killSwitch ? "engaged" : "released";
}

/** Of checks that were and stay assigned. */
function intervalChanges(before: Assignment | undefined, after: Assignment): readonly ValueChange[] {
  return Object.keys(after.intervals)
    .filter((check) => before !== undefined && Object.hasOwn(before.intervals, check))
    .map((what) => ({ what, from: seconds(before?.intervals[what]), to: seconds(after.intervals[what]) }))
    .filter(({ from, to }) => from !== to)
    .toSorted((a, b) => compareText(a.what, b.what));
}

function seconds(intervalMs = 0): string {
  return `${intervalMs / 1000} s`;
}
