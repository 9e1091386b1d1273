import type { ReadAssignment } from "./assignment.ts";
import type { Bundle, ChainContext } from "./chain.ts";
import { judgeHeals } from "./heals.ts";
import { joinParts, type PartsSoFar, type WholeObservation } from "./parts.ts";
import { createPolicyWalk } from "./policy.ts";
import { createReplay, pairKey } from "./state.ts";
import type { Digest, Observation } from "./statement.ts";

/**
 * How a bundle joins what came before it: `linked` to its predecessor, at the beginning of an `epoch` (empty map),
 * or `broken` off by something missing or contradictory.
 */
export type Arrival = "linked" | "epoch" | "broken";

/** Follows the content of one chain. */
export interface ContentWalk {
  arrive(arrival: Arrival): void;
  take(bundle: Bundle): void;
  end(): void;
}

/** A walk that replays verdicts, and judges results, coverage and heals where it knows the state. */
export function createContentWalk(context: ChainContext): ContentWalk {
  const policy = createPolicyWalk(context);
  const replay = createReplay(context.sha256);
  let stateKnown = false;
  let suspended = false;
  let needsSnapshot = false;
  let assignmentBefore: Digest | null = null;
  let mapAssignment: Digest | null = null;
  let parts: PartsSoFar | null = null;
  let lastPath: string | null = null;

  function forget(): void {
    stateKnown = false;
    parts = null;
    assignmentBefore = null;
    needsSnapshot = false;
    suspended = false;
  }

  function endParts(file: string | null): void {
    if (parts !== null)
      context.findings.add(
        "PARTS_INCOMPLETE",
        file,
        `ends after part ${parts.part} of ${parts.last.parts?.of}`,
      );
    parts = null;
  }

  function judgeKind(bundle: Bundle, observation: Observation): void {
    const { assignment } = observation.policy;
    const isNew = needsSnapshot || (assignmentBefore !== null && assignmentBefore !== assignment);
    if (isNew && observation.kind !== "snapshot") {
      context.findings.add(
        "ASSIGNMENT_WITHOUT_SNAPSHOT",
        bundle.path,
        "the first observation under an assignment or in an epoch is a snapshot",
      );
      stateKnown = false;
    }
    needsSnapshot = false;
    assignmentBefore = assignment;
  }

  function takeObservation(
    bundle: Bundle,
    observation: Observation,
    assignment: ReadAssignment | null,
    broken: boolean,
  ): void {
    noteUnchecked(observation, context);
    judgeKind(bundle, observation);
    const step = joinParts(parts, observation);
    parts = step.kind === "more" ? step.soFar : null;
    if (step.kind === "misfit") {
      // Right after a break the parts before are missing for a reason already reported.
      if (!broken) context.findings.add("PARTS_INCOMPLETE", bundle.path, step.message);
      stateKnown = false;
    }
    if (step.kind === "whole") judgeWhole(bundle, step.whole, assignment);
  }

  function judgeWhole(bundle: Bundle, whole: WholeObservation, assignment: ReadAssignment | null): void {
    const { last, results, heals } = whole;
    const tell: Tell = (code, message) => context.findings.add(code, bundle.path, message);
    const before = new Map(
      heals.map(({ host, check }) => [
        pairKey(host, check),
        stateKnown ? replay.verdictOf(host, check) : undefined,
      ]),
    );
    const mapHolds = stateKnown && mapAssignment === last.policy.assignment;
    judgePairs(whole, assignment?.pairKeys ?? (mapHolds ? new Set(replay.keys()) : null), tell);
    mapAssignment = last.policy.assignment;
    if (stateKnown || last.kind === "snapshot") {
      replay.apply(results, last.kind);
      stateKnown = matchesClaim(last, tell);
    } else {
      context.findings.add(
        "STATE_NOT_REPLAYED",
        null,
        `chain ${last.chain.id}: before a snapshot the state cannot be recomputed`,
      );
    }
    judgeCoverage(last, assignment?.pairKeys.size ?? null, stateKnown ? replay.fresh() : null, tell);
    context.counts.heals += heals.length;
    const after = (host: string, check: string) => (stateKnown ? replay.verdictOf(host, check) : undefined);
    judgeHeals(
      heals,
      {
        assignment: assignment?.assignment ?? null,
        suspended,
        before: (host, check) => before.get(pairKey(host, check)),
        after,
      },
      tell,
    );
  }

  function matchesClaim(last: Observation, tell: Tell): boolean {
    context.counts.states += 1;
    const { count, digest } = replay.claim();
    if (count === last.state.count && digest === last.state.digest) return true;
    tell(
      "STATE_MISMATCH",
      `the results give ${count} pairs ${digest}, stated are ${last.state.count} pairs ${last.state.digest}`,
    );
    return false;
  }

  let broken = false;
  return {
    arrive(arrival) {
      broken = arrival === "broken";
      // Of some files out of a chain, the rest of the parts may just not have been given.
      if (arrival === "epoch" && context.mode === "kit") endParts(lastPath);
      if (arrival !== "linked") forget();
      if (arrival === "epoch") needsSnapshot = true;
    },
    take(bundle) {
      lastPath = bundle.path;
      const { predicate } = bundle;
      if (predicate.kind === "authority") return;
      const assignment = policy.take(bundle, predicate);
      if (predicate.kind !== "event") return takeObservation(bundle, predicate, assignment, broken);
      endParts(bundle.path);
      if (predicate.event.type === "suspend") suspended = true;
      if (predicate.event.type === "resume") suspended = false;
    },
    end() {
      if (context.mode === "kit") endParts(lastPath);
    },
  };
}

type Tell = (
  code: "PAIR_ABSENT" | "PAIR_NOT_ASSIGNED" | "COVERAGE" | "STATE_MISMATCH" | HealCode,
  message: string,
) => void;
type HealCode = Parameters<Parameters<typeof judgeHeals>[2]>[0];

function judgePairs(whole: WholeObservation, allowed: ReadonlySet<string> | null, tell: Tell): void {
  if (allowed === null) return;
  const found = new Set(whole.results.map(({ host, check }) => pairKey(host, check)));
  const healed = whole.heals.map(({ host, check }) => pairKey(host, check));
  for (const key of new Set([...found, ...healed])) {
    if (!allowed.has(key)) tell("PAIR_NOT_ASSIGNED", `${key} is not assigned`);
  }
  if (whole.last.kind !== "snapshot") return;
  for (const key of allowed) if (!found.has(key)) tell("PAIR_ABSENT", `${key} is assigned and absent`);
}

function judgeCoverage(last: Observation, assigned: number | null, fresh: number | null, tell: Tell): void {
  const { coverage, state } = last;
  const expected = assigned ?? state.count;
  if (coverage.expected !== expected || coverage.expected !== state.count) {
    tell(
      "COVERAGE",
      `expected is ${coverage.expected}, assigned are ${expected} and the state counts ${state.count}`,
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

function noteUnchecked(observation: Observation, { findings }: ChainContext): void {
  if (observation.attachments.length > 0)
    findings.add("ATTACHMENTS_NOT_GIVEN", null, "the attached files that bundles name were not checked");
  if (observation.results.some(({ exception }) => exception !== null)) {
    findings.add(
      "EXCEPTIONS_NOT_CHECKED",
      null,
      "results name exceptions, and who approved them was not checked",
    );
  }
}
