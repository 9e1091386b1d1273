import type { Verdict } from "../evidence/statement.ts";
import type { ControlIndex, IndexedControl, IndexedFramework } from "./control-index.ts";
import { type Score, scoreOfCounts, sumOfScores, WORST_FIRST } from "./score.ts";

/** A check on a host, and what it came to. */
export interface HostCheck {
  /** ULID. */
  readonly host: string;
  readonly check: string;
  readonly verdict: Verdict;
}

/**
 * What a control comes to: the worst verdict of its host-checks. A control without one has no verdict: it is `attested`
 * when that is declared to show it, and otherwise `not_assessed`.
 */
export type ControlState = Verdict | "attested" | "not_assessed";

/** How many controls are in each state. */
export interface ControlCounts {
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly unknown: number;
  readonly notApplicable: number;
  readonly attested: number;
  readonly notAssessed: number;
  /** All of them. */
  readonly total: number;
}

/** How many controls have a verdict: something of them is looked at, whatever it came to. */
export function controlsLookedAt({ total, attested, notAssessed }: ControlCounts): number {
  return total - attested - notAssessed;
}

/** What a framework, a site or a partner comes to. */
export interface Status {
  /** Over its host-checks; this is the score. */
  readonly score: Score;
  /** Of a site, and of a partner, those of each framework that a site uses, site by site. */
  readonly controls: ControlCounts;
}

/** A site's status, and that of its parts. */
export interface SiteStatus extends Status {
  /** Over the checks that a framework's controls name. */
  readonly frameworkStatus: Readonly<Record<string, Status>>;
}

/** One control at one site. */
export interface ControlStatus {
  readonly id: string;
  readonly state: ControlState;
  /** Why it is not assessed: that is declared, or its checks are for no host here. Null in every other state. */
  readonly reason: "DECLARED" | "NO_HOST" | null;
  /** Over its host-checks. */
  readonly score: Score;
  /** How many hosts one of its checks is for. */
  readonly hosts: number;
  /** The host-checks that fail, in the order they were given. */
  readonly failing: readonly Pick<HostCheck, "host" | "check">[];
}

/** How often each verdict is, by the number of the check and the verdict's place in `WORST_FIRST`. */
type Tally = Uint32Array;

const kinds = WORST_FIRST.length;
const placeOf: Readonly<Record<Verdict, number>> = {
  fail: 0,
  error: 1,
  unknown: 2,
  pass: 3,
  not_applicable: 4,
};

/**
 * What a site's host-checks come to, for the site and each of its frameworks: from these and nothing else, in any
 * order. A framework that the index lacks is left out.
 */
export function siteStatus(
  index: ControlIndex,
  frameworks: readonly string[],
  hostChecks: readonly HostCheck[],
): SiteStatus {
  const tally = tallyOf(index, hostChecks);
  const worst = worstOf(tally);
  const frameworkStatus: Record<string, Status> = {};
  for (const name of frameworks) {
    const framework = index.frameworks.get(name);
    if (framework !== undefined) frameworkStatus[name] = statusOf(framework, tally, worst);
  }
  const controls = sumOfControls(Object.values(frameworkStatus).map((status) => status.controls));
  return { score: scoreOfChecks(index.numbers.values(), tally), controls, frameworkStatus };
}

/** What the sites of a partner come to together: the sums of their counts. */
export function partnerStatus(sites: readonly SiteStatus[]): SiteStatus {
  const byName = Map.groupBy(
    sites.flatMap(({ frameworkStatus }) => Object.entries(frameworkStatus)),
    ([name]) => name,
  );
  const sums = [...byName].map(([name, own]) => [name, sumOf(own.map(([, status]) => status))] as const);
  return { ...sumOf(sites), frameworkStatus: Object.fromEntries(sums) };
}

/** Every control of a framework at a site, in the framework's order; none when the index lacks the framework. */
export function controlStatuses(
  index: ControlIndex,
  framework: string,
  hostChecks: readonly HostCheck[],
): readonly ControlStatus[] {
  const tally = tallyOf(index, hostChecks);
  const worst = worstOf(tally);
  const byNumber = Map.groupBy(hostChecks, ({ check }) => index.numbers.get(check));
  return (index.frameworks.get(framework)?.controls ?? []).map((control) => {
    const own = control.checks.flatMap((number) => byNumber.get(number) ?? []);
    const state = stateOf(control, worst);
    return {
      id: control.id,
      state,
      reason: state === "not_assessed" ? (control.checks.length === 0 ? "DECLARED" : "NO_HOST") : null,
      score: scoreOfChecks(control.checks, tally),
      hosts: new Set(own.map(({ host }) => host)).size,
      failing: own.filter(({ verdict }) => verdict === "fail").map(({ host, check }) => ({ host, check })),
    };
  });
}

/** A check that no control names counts for nothing. */
function tallyOf({ numbers }: ControlIndex, hostChecks: readonly HostCheck[]): Tally {
  const tally = new Uint32Array(numbers.size * kinds);
  for (const { check, verdict } of hostChecks) {
    const number = numbers.get(check);
    if (number === undefined) continue;
    const at = number * kinds + placeOf[verdict];
    tally[at] = (tally[at] ?? 0) + 1;
  }
  return tally;
}

function statusOf(framework: IndexedFramework, tally: Tally, worst: Worst): Status {
  const counts = { pass: 0, fail: 0, error: 0, unknown: 0, not_applicable: 0, attested: 0, not_assessed: 0 };
  for (const control of framework.controls) counts[stateOf(control, worst)] += 1;
  const { not_applicable: notApplicable, not_assessed: notAssessed, ...rest } = counts;
  const controls = { ...rest, notApplicable, notAssessed, total: framework.controls.length };
  return { score: scoreOfChecks(framework.checks, tally), controls };
}

/** By the number of a check, the place in `WORST_FIRST` of its worst verdict; `kinds` where it has none. */
type Worst = Uint8Array;

function worstOf(tally: Tally): Worst {
  const worst = new Uint8Array(tally.length / kinds).fill(kinds);
  for (let at = tally.length - 1; at >= 0; at -= 1)
    if ((tally[at] ?? 0) > 0) worst[Math.floor(at / kinds)] = at % kinds;
  return worst;
}

function stateOf({ checks, shown }: IndexedControl, worst: Worst): ControlState {
  if (checks.length === 0) return shown;
  let place = kinds;
  for (const number of checks) place = Math.min(place, worst[number] ?? kinds);
  // Without a place, its checks are for no host here.
  return WORST_FIRST[place] ?? "not_assessed";
}

function scoreOfChecks(checks: Iterable<number>, tally: Tally): Score {
  const sums = new Uint32Array(kinds);
  for (const number of checks) {
    const from = number * kinds;
    for (let place = 0; place < kinds; place += 1)
      sums[place] = (sums[place] ?? 0) + (tally[from + place] ?? 0);
  }
  const of = (verdict: Verdict): number => sums[placeOf[verdict]] ?? 0;
  return scoreOfCounts({
    pass: of("pass"),
    fail: of("fail"),
    error: of("error"),
    unknown: of("unknown"),
    not_applicable: of("not_applicable"),
  });
}

function sumOf(parts: readonly Status[]): Status {
  return {
    score: sumOfScores(parts.map(({ score }) => score)),
    controls: sumOfControls(parts.map(({ controls }) => controls)),
  };
}

function sumOfControls(parts: readonly ControlCounts[]): ControlCounts {
  const sum = {
    pass: 0,
    fail: 0,
    error: 0,
    unknown: 0,
    notApplicable: 0,
    attested: 0,
    notAssessed: 0,
    total: 0,
  };
  for (const part of parts) {
    for (const [name, count] of Object.entries(part)) sum[name as keyof ControlCounts] += count;
  }
  return sum;
}
