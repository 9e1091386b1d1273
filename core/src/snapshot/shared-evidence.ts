import type { ControlView, FrameworkView } from "./snapshot.ts";

/**
 * A control that shares evidence with another: one check or more looks at part of both. It says nothing about whether
 * the two ask for the same.
 */
export interface SharedEvidence {
  readonly framework: string;
  readonly control: ControlView;
  /** Names of the checks that look at part of both, in the order in which the other control names them. */
  readonly checks: readonly string[];
}

/** Finds what shares evidence with a control of one of the frameworks; nothing does for a control without checks. */
export type FindSharedEvidence = (framework: string, control: ControlView) => readonly SharedEvidence[];

type Place = Omit<SharedEvidence, "checks">;

/**
 * What shares evidence with what, over all controls of some frameworks. The finder answers in the order of the
 * frameworks and of their controls, and never names the control itself.
 */
export function sharedEvidence(
  frameworks: readonly Pick<FrameworkView, "id" | "families">[],
): FindSharedEvidence {
  const places = frameworks.flatMap(placesOf);
  const placesOfCheck = new Map<string, number[]>();
  for (const [at, { control }] of places.entries()) {
    for (const check of control.checks) {
      const known = placesOfCheck.get(check);
      if (known === undefined) placesOfCheck.set(check, [at]);
      else known.push(at);
    }
  }
  return (framework, { id, checks }) => {
    const wanted = new Set(checks);
    const found = new Set(checks.flatMap((check) => placesOfCheck.get(check) ?? []));
    return [...found]
      .toSorted((a, b) => a - b)
      .flatMap((at) => places[at] ?? [])
      .filter((place) => place.framework !== framework || place.control.id !== id)
      .map((place) => ({ ...place, checks: place.control.checks.filter((check) => wanted.has(check)) }));
  };
}

function placesOf({ id, families }: Pick<FrameworkView, "id" | "families">): Place[] {
  return families.flatMap(({ controls }) => controls.map((control) => ({ framework: id, control })));
}
