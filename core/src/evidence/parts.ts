import { pairKey } from "./state.ts";
import type { HealRecord, Observation, ObservationResult } from "./statement.ts";

/** A snapshot or delta put together from its files; judged at the last one. */
export interface WholeObservation {
  readonly last: Observation;
  readonly results: readonly ObservationResult[];
  readonly heals: readonly HealRecord[];
}

/** The parts of one observation met so far. */
export interface PartsSoFar {
  readonly last: Observation;
  readonly results: readonly ObservationResult[];
  readonly heals: readonly HealRecord[];
  readonly part: number;
}

/** What comes of the next observation of a chain. */
export type PartsStep =
  | { readonly kind: "whole"; readonly whole: WholeObservation }
  | { readonly kind: "more"; readonly soFar: PartsSoFar }
  | { readonly kind: "misfit"; readonly message: string };

/** Adds the next observation of a chain to the parts before it. */
export function joinParts(soFar: PartsSoFar | null, next: Observation): PartsStep {
  const misfit = soFar === null ? misfitOfFirst(next) : misfitOf(soFar, next);
  if (misfit !== null) return { kind: "misfit", message: misfit };
  const results = [...(soFar?.results ?? []), ...next.results];
  const heals = [...(soFar?.heals ?? []), ...next.heals];
  const { part, of } = next.parts ?? { part: 1, of: 1 };
  if (part === of) return { kind: "whole", whole: { last: next, results, heals } };
  return { kind: "more", soFar: { last: next, results, heals, part } };
}

function misfitOfFirst(next: Observation): string | null {
  return next.parts === null || next.parts.part === 1
    ? null
    : `part ${next.parts.part} without the parts before it`;
}

function misfitOf(soFar: PartsSoFar, next: Observation): string | null {
  const { last, part } = soFar;
  const sameWindow = next.window.start === last.window.start && next.window.end === last.window.end;
  const continues = next.parts?.part === part + 1 && next.parts.of === last.parts?.of;
  if (!continues || next.kind !== last.kind || !sameWindow)
    return `expected part ${part + 1} of ${last.parts?.of} with one kind and window`;
  if (next.policy.assignment !== last.policy.assignment) return "the parts name different assignments";
  const before = new Set(soFar.results.map(({ host, check }) => pairKey(host, check)));
  const repeated = next.results.find(({ host, check }) => before.has(pairKey(host, check)));
  return repeated === undefined ? null : `${repeated.check} on ${repeated.host} is in two parts`;
}
