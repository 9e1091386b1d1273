import { setTimeout } from "node:timers/promises";
import { type ObservationResult, type StepKind, stepKind, stepPath } from "@compline/core";
import type { LabDrill, Step } from "@compline/schemas";
import type { DrillPlan } from "./drill-plan.ts";
import type { EvidenceWatch, HostEvidence, SeenOfHost } from "./host-evidence.ts";
import type { HostSteps } from "./host-steps.ts";
import type { Slots, Touched } from "./slots.ts";
import type { Machine } from "./machine.ts";
import { makeFolders, removeFolders, type Subjects } from "./machine-files.ts";

/** One machine and what is known of it by its appliance. */
export interface DrillPorts {
  readonly machine: Pick<Machine, "run">;
  readonly steps: HostSteps;
  readonly evidence: Pick<HostEvidence, "latest" | "watch" | "sinceHealMs">;
  /** Room on the machine for breaking something. */
  readonly slots: Slots;
  readonly patience: Patience;
}

/** How long something is waited for, in milliseconds. */
export interface Patience {
  /** Until the check passes before anything is broken: the first heals of a machine come one after the other. */
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

/** What comes of a drill when an earlier one has left a machine that nobody can log in to. */
const NOT_TRIED: Played = {
  ...untouched,
  outcome: "not_run",
  reason: "an earlier drill has left a machine that nobody can log in to",
};

const NOT_APPLICABLE = "the check does not apply to this system";

let lastKeep = 0;

/** A number under which files are kept that no other work has. */
export function newKeep(): number {
  lastKeep += 1;
  return lastKeep;
}

/**
 * Waits until a drill can be played: the check passes, and a heal that made it pass is long enough ago for another one.
 * Answers null, or what came of the drill without anything being broken.
 */
export async function awaitReady(plan: DrillPlan, ports: Waits): Promise<Played | null> {
  if (ports.steps.lost !== null) return NOT_TRIED;
  // What has to be prepared first is waited for then.
  const obstacle = plan.spec.prepare === undefined ? await obstacleTo(plan, ports) : null;
  if (obstacle === null) return null;
  return { ...untouched, outcome: obstacle === NOT_APPLICABLE ? "not_run" : "failed", reason: obstacle };
}

/** Plays a drill that is ready: breaks, waits for the signed fail, and for the heal or for a person to be told; puts back. */
export function playDrill(plan: DrillPlan, ports: DrillPorts): Promise<Played> {
  const work = (): Promise<Played> =>
    ports.steps.lost === null ? playNow(plan, ports) : Promise.resolve(NOT_TRIED);
  return ports.slots.run({ touches: touchesOf(plan), work });
}

/**
 * What no other drill may touch meanwhile, services that are reloaded among it: an sshd that starts itself anew ignores
 * a second reload, and with it what another drill has changed. A program of ours often looks at all there is of a kind,
 * such as all files below /etc, so it may see whatever another drill breaks.
 */
function touchesOf({ check, spec, runbook }: DrillPlan): Touched | null {
  if (check.spec.collect.program !== undefined) return null;
  const repair = runbook?.spec.steps ?? [];
  const steps = [...(spec.prepare ?? []), ...spec.break, ...(spec.restore ?? []), ...repair];
  const subjects = subjectsOf(steps);
  const reloaded = steps.flatMap(({ reload }) => (reload === undefined ? [] : [`${reload.service}.service`]));
  return [`check ${check.name}`, ...pathsOf(subjects), ...subjects.units, ...reloaded];
}

async function playNow(plan: DrillPlan, ports: DrillPorts): Promise<Played> {
  const measured: Measured = { ...untouched };
  const { steps, machine } = ports;
  const { prepare = [], restore = [] } = plan.spec;
  const keep = newKeep();
  const made = await makeFolders(machine, pathsOf(subjectsOf([...prepare, ...plan.spec.break])));
  const reason = await play(plan, ports, { measured, keep });
  const left = await steps.do({ keep, putBack: true, steps: restore });
  await removeFolders(machine, made);
  const faults = [reason, left && `it could not be put back: ${left}`, describeLoss(steps)].filter(
    (fault) => fault !== null,
  );
  if (faults.length > 0) return { ...measured, outcome: "failed", reason: faults.join("; ") };
  return { ...measured, outcome: plan.runbook === null ? "escalated" : "healed", reason: null };
}

/** Null while another log-in is let in. */
export function describeLoss({ lost }: Pick<HostSteps, "lost">): string | null {
  return lost === null ? null : `nobody can log in to the machine any more: ${lost}`;
}

interface Playing {
  readonly measured: Measured;
  readonly keep: number;
}

/** Answers why it failed, or null. */
async function play(plan: DrillPlan, ports: DrillPorts, { measured, keep }: Playing): Promise<string | null> {
  const { check, spec, runbook } = plan;
  const { steps, patience } = ports;
  const unprepared = await steps.do({ keep, steps: spec.prepare ?? [] });
  if (unprepared !== null) return `it could not be prepared: ${unprepared}`;
  const obstacle = await obstacleTo(plan, ports);
  if (obstacle !== null) return obstacle;
  const evidence = ports.evidence.watch();
  const begun = performance.now();
  const unbroken = await steps.do({ keep, steps: spec.break });
  measured.brokenMs = Math.round(performance.now() - begun);
  if (unbroken !== null) return `it could not be broken: ${unbroken}`;
  const unnoticed = await waitForFail(plan, {
    evidence,
    latest: (name) => ports.evidence.latest(name),
    patience,
  });
  if (unnoticed !== null) return unnoticed;
  measured.detectedMs = Math.round(performance.now() - begun);
  const waiting = { check: check.name, evidence, patienceMs: patience.healMs };
  if (runbook === null) return await waitForTelling(waiting);
  const unhealed = await waitForHeal(waiting, measured);
  if (unhealed === null) measured.healedMs = Math.round(performance.now() - begun);
  return unhealed;
}

type Waits = Pick<DrillPorts, "evidence" | "patience" | "steps">;

/** Why a drill cannot be played, when it has been waited for long enough; null as soon as it can. */
async function obstacleTo(plan: DrillPlan, ports: Waits): Promise<string | null> {
  const { check, cooldownMs } = plan;
  const { evidence, patience } = ports;
  const watch = evidence.watch();
  if (evidence.latest(check.name)?.verdict !== "pass") {
    const obstacle = await watch.until(patience.baselineMs, (seen) => obstacleIn(seen, plan));
    if (obstacle === NOT_APPLICABLE) return obstacle;
    if (obstacle !== "") {
      const said = describe(evidence.latest(check.name));
      const told = obstacle === null ? "" : `, and a person was told: ${obstacle}`;
      return `the check did not pass before anything was broken: ${said}${told}`;
    }
  }
  const since = evidence.sinceHealMs(check.name);
  // The appliance counts from when the heal began, and that was before its report came.
  if (since !== null && since < cooldownMs) await setTimeout(cooldownMs - since);
  return null;
}

/** Empty when the check passes; why it will not; undefined while that is open. */
function obstacleIn(
  { results, heals }: SeenOfHost,
  { check: { name }, spec }: DrillPlan,
): string | undefined {
  if (resultOf(results, name, "pass") !== undefined) return "";
  const applies = resultOf(results, name, "not_applicable") === undefined;
  // What a drill prepares may make it apply.
  if (!applies && spec.prepare === undefined) return NOT_APPLICABLE;
  const given = heals.find(({ check, outcome }) => check === name && outcome === "escalated");
  return given?.errorClass ?? undefined;
}

/** Waits until the check sees what was broken; the agent may look when that was half done. */
async function waitForFail(
  { check, spec }: DrillPlan,
  { evidence, latest, patience }: Watching,
): Promise<string | null> {
  let other: string | null = null;
  const seen = await evidence.until(patience.detectMs, ({ results }) => {
    const fail = resultOf(results, check.name, "fail");
    if (fail === undefined) return undefined;
    other = firstOther(spec.expect.observed ?? {}, fail.observed ?? {});
    return other === null ? fail : undefined;
  });
  return seen === null ? (other ?? notNoticed(latest(check.name), patience)) : null;
}

interface Watching {
  readonly evidence: EvidenceWatch;
  readonly latest: HostEvidence["latest"];
  readonly patience: Patience;
}

function notNoticed(latest: ObservationResult | undefined, { detectMs }: Patience): string {
  const said = latest?.verdict === "pass" ? "still passes" : `says ${describe(latest)}`;
  return `the check ${said} ${detectMs / 1000} s after the break`;
}

function resultOf(
  results: readonly ObservationResult[],
  check: string,
  verdict: ObservationResult["verdict"],
): ObservationResult | undefined {
  return results.find((result) => result.check === check && result.verdict === verdict);
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

interface Waiting {
  readonly check: string;
  readonly evidence: EvidenceWatch;
  readonly patienceMs: number;
}

/** A person is told once, and nothing is tried. */
async function waitForTelling({ check, evidence, patienceMs }: Waiting): Promise<string | null> {
  const heal = await evidence.until(patienceMs, ({ heals }) => heals.find((each) => each.check === check));
  if (heal === null) return "nobody was told";
  return heal.outcome === "escalated" ? null : `it was not left to a person: ${heal.outcome}`;
}

async function waitForHeal(
  { check, evidence, patienceMs }: Waiting,
  measured: Measured,
): Promise<string | null> {
  const until = performance.now() + patienceMs;
  let last = `it was not healed within ${patienceMs / 1000} s`;
  for (;;) {
    const heal = await evidence.until(until - performance.now(), ({ heals }) =>
      heals.find((each) => each.check === check),
    );
    if (heal === null) return last;
    if (heal.outcome === "escalated") return `it was not healed, and a person was told: ${heal.errorClass}`;
    measured.attempts += 1;
    if (heal.outcome === "healed") return heal.after === "pass" ? null : "it was healed, and does not pass";
    last = `the heal failed: ${heal.errorClass ?? heal.outcome}`;
  }
}

function describe(result: ObservationResult | undefined): string {
  if (result === undefined) return "it was never looked at";
  const { verdict, reason, observed } = result;
  const why = reason === null ? "" : `, ${reason}`;
  return `${verdict}${why}${observed === null ? "" : ` (${JSON.stringify(observed)})`}`;
}

/** The files and units that steps change. */
export function subjectsOf(steps: readonly Step[]): Subjects {
  const pathsOf = (kind: StepKind): readonly string[] =>
    steps.flatMap((step) => (stepKind(step) === kind ? (stepPath(step) ?? []) : []));
  return {
    files: pathsOf("file"),
    modes: pathsOf("mode"),
    units: steps.flatMap(({ service }) => service?.unit ?? []),
  };
}

/** The paths among them. */
export function pathsOf({ files, modes }: Subjects): readonly string[] {
  return [...files, ...modes];
}
