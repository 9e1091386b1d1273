import { type Approvals, createApprovals, judgeApprovals, takeApproval } from "./approvals.ts";
import type { ReadAssignment } from "./assignment.ts";
import type { Bundle, ChainContext } from "./chain.ts";
import type { ContentCode } from "./codes.ts";
import { judgeExceptions } from "./exceptions.ts";
import { createRanHeals, forgetRan, passMoment, type RanHeals, unapprovedHeals } from "./heal-pauses.ts";
import { type HealReport, judgeHeals } from "./heals.ts";
import { joinParts, type PartsSoFar, type WholeObservation } from "./parts.ts";
import { createPolicyWalk, type PolicyWalk } from "./policy.ts";
import { createReplay, pairKey, type StateReplay } from "./state.ts";
import type { ApplianceEvent, Digest, Observation } from "./statement.ts";

/**
 * How a bundle joins what came before it: `linked` to its predecessor, at the beginning of an `epoch` (empty map),
 * or `broken` off by something missing or contradictory.
 */
export type Arrival = "linked" | "epoch" | "broken";

/** Where the content of one chain stands: the verdict map and what it takes to judge the next bundle by it. */
export interface ContentWalk {
  readonly context: ChainContext;
  readonly policy: PolicyWalk;
  readonly replay: StateReplay<Digest | Promise<Digest>>;
  readonly approvals: Approvals;
  readonly ran: RanHeals;
  arrival: Arrival;
  stateKnown: boolean;
  suspended: boolean;
  /** The next observation begins an epoch. */
  needsSnapshot: boolean;
  /** Assignment of the observation before; null when it is not known. */
  assignmentBefore: Digest | null;
  /** Assignment under which the map was made. */
  mapAssignment: Digest | null;
  parts: PartsSoFar | null;
  lastPath: string | null;
}

/** A walk at the beginning of a chain. */
export function createContentWalk(context: ChainContext): ContentWalk {
  return {
    context,
    policy: createPolicyWalk(context),
    replay: createReplay(context.hashState),
    approvals: createApprovals(),
    ran: createRanHeals(),
    arrival: "epoch",
    stateKnown: false,
    suspended: false,
    needsSnapshot: false,
    assignmentBefore: null,
    mapAssignment: null,
    parts: null,
    lastPath: null,
  };
}

/** Moves the walk to the next place; whatever is not linked is judged anew from there. */
export function arrive(walk: ContentWalk, arrival: Arrival): void {
  walk.arrival = arrival;
  if (arrival === "linked") return;
  // Of some files out of a chain, the rest of the parts may just not have been given.
  if (arrival === "epoch" && walk.context.mode === "kit") endParts(walk);
  forgetRan(walk.ran);
  walk.parts = null;
  walk.stateKnown = false;
  walk.suspended = false;
  walk.assignmentBefore = null;
  walk.needsSnapshot = arrival === "epoch";
}

/** Judges the content of the only bundle at the place the walk arrived at. */
export async function takeContent(walk: ContentWalk, bundle: Bundle): Promise<void> {
  walk.lastPath = bundle.path;
  const { predicate } = bundle;
  if (predicate.kind === "authority") return;
  const assignment = walk.policy.take(bundle, predicate);
  if (predicate.kind === "event") takeEvent(walk, bundle, predicate);
  else await takeObservation(walk, bundle, predicate, assignment);
  passMoment(walk.ran, predicate);
}

function takeEvent(walk: ContentWalk, bundle: Bundle, predicate: ApplianceEvent): void {
  endParts(walk);
  takeApproval(walk.approvals, bundle.digest, predicate);
  if (predicate.event.type === "suspend") walk.suspended = true;
  if (predicate.event.type === "resume") walk.suspended = false;
}

/** Reports parts that nothing follows, at the last bundle of the walk. */
export function endParts(walk: ContentWalk): void {
  const { parts, lastPath, context } = walk;
  if (parts === null) return;
  context.findings.add(
    "PARTS_INCOMPLETE",
    lastPath,
    `ends after part ${parts.part} of ${parts.last.parts?.of}`,
  );
  walk.parts = null;
}

async function takeObservation(
  walk: ContentWalk,
  bundle: Bundle,
  observation: Observation,
  assignment: ReadAssignment | null,
): Promise<void> {
  const { context } = walk;
  context.counts.exceptions += judgeExceptions(observation, context.trust.exceptions, (code, message) =>
    context.findings.add(code, bundle.path, message),
  );
  judgeKind(walk, bundle, observation);
  const step = joinParts(walk.parts, observation);
  walk.parts = step.kind === "more" ? step.soFar : null;
  if (step.kind === "whole") await judgeWhole(walk, bundle, step.whole, assignment);
  if (step.kind !== "misfit") return;
  walk.stateKnown = false;
  // Right after a break the parts before are missing for a reason already reported.
  if (walk.arrival !== "broken") context.findings.add("PARTS_INCOMPLETE", bundle.path, step.message);
}

/** The first observation under an assignment, and of an epoch, is a snapshot. */
function judgeKind(walk: ContentWalk, bundle: Bundle, { kind, policy }: Observation): void {
  const { assignmentBefore, needsSnapshot } = walk;
  const isNew = needsSnapshot || (assignmentBefore !== null && assignmentBefore !== policy.assignment);
  walk.needsSnapshot = false;
  walk.assignmentBefore = policy.assignment;
  if (!isNew || kind === "snapshot") return;
  walk.stateKnown = false;
  const after = needsSnapshot ? "the beginning of an epoch" : `assignment ${assignmentBefore}`;
  walk.context.findings.add(
    "ASSIGNMENT_WITHOUT_SNAPSHOT",
    bundle.path,
    `the first observation after ${after} is a ${kind}`,
  );
}

type Tell = (code: ContentCode, message: string) => void;

async function judgeWhole(
  walk: ContentWalk,
  bundle: Bundle,
  whole: WholeObservation,
  read: ReadAssignment | null,
): Promise<void> {
  const { last, heals } = whole;
  const { context, suspended } = walk;
  const tell: Tell = (code, message) => context.findings.add(code, bundle.path, message);
  judgePairs(whole, read?.pairKeys ?? pairsOfMap(walk, last), tell);
  // The verdicts of the heals' pairs are taken before the map moves on.
  const before = new Map(
    heals.map(({ host, check }) => [pairKey(host, check), verdictOf(walk, host, check)]),
  );
  await replayWhole(walk, whole, tell);
  judgeCoverage(
    last,
    read?.pairKeys.size ?? last.state.count,
    walk.stateKnown ? walk.replay.fresh() : null,
    tell,
  );
  context.counts.heals += heals.length;
  const verdicts = {
    before: (host: string, check: string) => before.get(pairKey(host, check)),
    after: (host: string, check: string) => verdictOf(walk, host, check),
  };
  for (const { heal, why } of unapprovedHeals(walk.ran, heals, {
    signed: last,
    limits: read?.limits ?? null,
  }))
    tell(
      "HEAL_NEEDED_APPROVAL",
      `the heal of ${heal.check} on ${heal.host} at ${heal.startedAt} ${why}, and names no approval`,
    );
  judgeApprovals(heals, walk.approvals, { path: bundle.path, findings: context.findings });
  const report: HealReport = (code, message) =>
    context.findings.add(code, code === "HEAL_LIMITS_NOT_GIVEN" ? null : bundle.path, message);
  judgeHeals(heals, { read, suspended, ...verdicts }, report);
}

function verdictOf(
  { stateKnown, replay }: ContentWalk,
  host: string,
  check: string,
): ReturnType<StateReplay["verdictOf"]> {
  return stateKnown ? replay.verdictOf(host, check) : undefined;
}

/** Under one assignment the pairs stay the same, so the map stands in for an assignment that was not given. */
function pairsOfMap(
  { stateKnown, mapAssignment, replay }: ContentWalk,
  { policy }: Observation,
): ReadonlySet<string> | null {
  return stateKnown && mapAssignment === policy.assignment ? new Set(replay.keys()) : null;
}

async function replayWhole(
  walk: ContentWalk,
  { last, results }: WholeObservation,
  tell: Tell,
): Promise<void> {
  const { context, replay } = walk;
  if (!walk.stateKnown && last.kind === "delta") {
    const message = `chain ${last.chain.id}: before a snapshot the state cannot be recomputed`;
    return context.findings.add("STATE_NOT_REPLAYED", null, message);
  }
  replay.apply(results, last.kind);
  walk.mapAssignment = last.policy.assignment;
  context.counts.states += 1;
  const { count, digest: asked } = replay.claim();
  const digest = await asked;
  walk.stateKnown = count === last.state.count && digest === last.state.digest;
  if (walk.stateKnown) return;
  tell(
    "STATE_MISMATCH",
    `the results give ${count} pairs ${digest}, stated are ${last.state.count} pairs ${last.state.digest}`,
  );
}

function judgePairs(
  { last, results, heals }: WholeObservation,
  allowed: ReadonlySet<string> | null,
  tell: Tell,
): void {
  if (allowed === null) return;
  const found = new Set(results.map(({ host, check }) => pairKey(host, check)));
  const healed = heals.map(({ host, check }) => pairKey(host, check));
  for (const key of new Set([...found, ...healed])) {
    if (!allowed.has(key)) tell("PAIR_NOT_ASSIGNED", `${key} is not assigned`);
  }
  if (last.kind === "delta") return;
  for (const key of allowed) if (!found.has(key)) tell("PAIR_ABSENT", `${key} is assigned and absent`);
}

function judgeCoverage(
  { coverage, state }: Observation,
  assigned: number,
  fresh: number | null,
  tell: Tell,
): void {
  if (coverage.expected !== assigned || coverage.expected !== state.count) {
    tell(
      "COVERAGE",
      `expected is ${coverage.expected}, assigned are ${assigned} and the state counts ${state.count}`,
    );
  } else if (fresh === null ? coverage.fresh > coverage.expected : coverage.fresh !== fresh) {
    tell(
      "COVERAGE",
      `fresh is ${coverage.fresh}, the results give ${fresh ?? `at most ${coverage.expected}`}`,
    );
  } else if ((coverage.oldestAt === null) !== (coverage.fresh === 0)) {
    tell("COVERAGE", "oldestAt is null exactly when nothing is fresh");
  }
}
