import { type HealRecord, type ObservationResult, stepKind, stepPath } from "@compline/core";
import type { LabDrill, Step } from "@compline/schemas";
import type { DrillPlan } from "./drill-plan.ts";
import type { HostEvidence } from "./host-evidence.ts";
import type { HostSteps } from "./host-steps.ts";
import type { Machine } from "./machine.ts";
import { differing, imageOf, makeFolders, removeFolders, type Subjects } from "./machine-files.ts";

/** One machine and what is known of it by its appliance. */
export interface DrillPorts {
  readonly machine: Pick<Machine, "run">;
  readonly steps: HostSteps;
  readonly evidence: Pick<HostEvidence, "latest" | "catchUp" | "until">;
  readonly patience: Patience;
}

/** How long something is waited for, in milliseconds. */
export interface Patience {
  /** Until the check passes before anything is broken: the first heals of a new machine come one after the other. */
  readonly baselineMs: number;
  readonly detectMs: number;
  readonly healMs: number;
}

/** What was measured. */
export type Played = Pick<
  LabDrill,
  "outcome" | "reason" | "brokenMs" | "detectedMs" | "healedMs" | "attempts" | "undone"
>;

type Measured = { -readonly [Name in Exclude<keyof Played, "outcome" | "reason">]: Played[Name] };

/** Nothing of a drill was tried. */
export const untouched: Omit<Played, "outcome" | "reason"> = {
  brokenMs: null,
  detectedMs: null,
  healedMs: null,
  attempts: 0,
  undone: null,
};

/** The number under which the files of a drill are kept. */
const KEEP = 1;

/** Plays a drill: breaks, waits for the signed fail, and for the heal or for a person to be told; then puts back. */
export async function playDrill(plan: DrillPlan, ports: DrillPorts): Promise<Played> {
  const measured: Measured = { ...untouched };
  const failed = (reason: string): Played => ({ ...measured, outcome: "failed", reason });
  const { steps, machine } = ports;
  const { prepare = [], restore = [] } = plan.spec;
  const subjects = subjectsOf([...prepare, ...plan.spec.break]);
  const before = await imageOf(machine, subjects);
  const made = await makeFolders(machine, subjects.paths);
  const reason = await play(plan, ports, measured);
  const left = await steps.do({ keep: KEEP, putBack: true, steps: restore });
  await removeFolders(machine, made);
  if (reason !== null) return failed(reason);
  if (left !== null) return failed(`it could not be put back: ${left}`);
  if (plan.runbook !== null) return { ...measured, outcome: "healed", reason: null };
  const remains = differing(before, await imageOf(machine, subjects));
  measured.undone = remains.length === 0;
  return measured.undone
    ? { ...measured, outcome: "escalated", reason: null }
    : failed(`it was put back, and differs: ${remains.join(", ")}`);
}

/** Answers why it failed, or null. */
async function play(plan: DrillPlan, ports: DrillPorts, measured: Measured): Promise<string | null> {
  const { check, spec, runbook } = plan;
  const { steps, evidence, patience } = ports;
  const unready = await steps.do({ keep: KEEP, steps: spec.prepare ?? [] });
  if (unready !== null) return `it could not be prepared: ${unready}`;
  if (!(await passes(ports, check.name))) {
    const said = describe(evidence.latest(check.name));
    return `the check did not pass before anything was broken: ${said}`;
  }
  const begun = performance.now();
  const unbroken = await steps.do({ keep: KEEP, steps: spec.break });
  measured.brokenMs = Math.round(performance.now() - begun);
  if (unbroken !== null) return `it could not be broken: ${unbroken}`;
  const fail = await evidence.until(patience.detectMs, ({ results }) => failOf(results, check.name));
  if (fail === null) return notNoticed(evidence.latest(check.name), patience);
  measured.detectedMs = Math.round(performance.now() - begun);
  const other = firstOther(spec.expect.observed ?? {}, fail.observed ?? {});
  if (other !== null) return other;
  if (runbook === null) return await waitForTelling(ports, check.name);
  return await waitForHeal(ports, check.name, { measured, begun });
}

function notNoticed(latest: ObservationResult | undefined, { detectMs }: Patience): string {
  const said = latest?.verdict === "pass" ? "still passes" : `says ${describe(latest)}`;
  return `the check ${said} ${detectMs / 1000} s after the break`;
}

async function passes({ evidence, patience }: DrillPorts, check: string): Promise<boolean> {
  await evidence.catchUp();
  if (evidence.latest(check)?.verdict === "pass") return true;
  const pass = await evidence.until(patience.baselineMs, ({ results }) =>
    results.find((result) => result.check === check && result.verdict === "pass"),
  );
  return pass !== null;
}

function failOf(results: readonly ObservationResult[], check: string): ObservationResult | undefined {
  return results.find((result) => result.check === check && result.verdict === "fail");
}

/** Where the check saw something else than the drill says. */
function firstOther(
  expected: Readonly<Record<string, unknown>>,
  observed: Readonly<Record<string, unknown>>,
): string | null {
  const name = Object.keys(expected).find((each) => expected[each] !== observed[each]);
  if (name === undefined) return null;
  return `the check noticed something else: expected ${name} ${JSON.stringify(expected[name])}; found ${JSON.stringify(observed[name])}`;
}

/** A person is told once, and nothing is tried. */
async function waitForTelling({ evidence, patience }: DrillPorts, check: string): Promise<string | null> {
  const heal = await evidence.until(patience.healMs, ({ heals }) =>
    heals.find((each) => each.check === check),
  );
  if (heal === null) return "nobody was told";
  return heal.outcome === "escalated" ? null : `it was not left to a person: ${heal.outcome}`;
}

interface Timed {
  readonly measured: Measured;
  readonly begun: number;
}

async function waitForHeal(
  { evidence, patience }: DrillPorts,
  check: string,
  { measured, begun }: Timed,
): Promise<string | null> {
  const until = performance.now() + patience.healMs;
  let last: HealRecord | null = null;
  while (performance.now() < until) {
    const heal: HealRecord | null = await evidence.until(until - performance.now(), ({ heals }) =>
      heals.find((each) => each.check === check),
    );
    if (heal === null) break;
    last = heal;
    if (heal.outcome === "escalated") return `it was not healed, and a person was told: ${heal.errorClass}`;
    measured.attempts += 1;
    if (heal.outcome !== "healed") continue;
    measured.healedMs = Math.round(performance.now() - begun);
    return evidence.latest(check)?.verdict === "pass" ? null : "it was healed, and the check does not pass";
  }
  if (last === null) return `it was not healed within ${patience.healMs / 1000} s`;
  return `the heal failed: ${last.errorClass ?? last.outcome}`;
}

function describe(result: ObservationResult | undefined): string {
  if (result === undefined) return "it was never looked at";
  const { verdict, reason, observed } = result;
  const why = reason === null ? "" : `, ${reason}`;
  return `${verdict}${why}${observed === null ? "" : ` (${JSON.stringify(observed)})`}`;
}

/** The files and units that steps change. */
export function subjectsOf(steps: readonly Step[]): Subjects {
  return {
    paths: steps.flatMap((step) => {
      const path = stepKind(step) === "file" || stepKind(step) === "mode" ? stepPath(step) : null;
      return path ?? [];
    }),
    units: steps.flatMap(({ service }) => service?.unit ?? []),
  };
}
