import {
  type ControlView,
  type FindSharedEvidence,
  type FrameworkView,
  sharedEvidence,
} from "@compline/core";
import type { Link } from "./results.ts";
import { libraryControlUrl } from "./urls.ts";

/** Controls of one framework that share evidence with a control. */
export interface SharingFramework {
  readonly title: string;
  readonly controls: readonly Link[];
}

/** What shares evidence with a control, by framework. It says nothing about whether they ask for the same. */
export function sharingOf(
  frameworks: readonly FrameworkView[],
  framework: FrameworkView,
  control: ControlView,
): readonly SharingFramework[] {
  const byFramework = Map.groupBy(finderFor(frameworks)(framework.id, control), (one) => one.framework);
  return frameworks.flatMap((other) => {
    const shared = byFramework.get(other.id) ?? [];
    if (shared.length === 0) return [];
    const controls = shared.map(({ control: { id } }) => ({ text: id, url: libraryControlUrl(other, id) }));
    return [{ title: other.title, controls }];
  });
}

/** With how many controls a control shares evidence: counted once, however many sites' pages say it. */
export function sharingCount(
  frameworks: readonly FrameworkView[],
  framework: FrameworkView,
  control: ControlView,
): number {
  const known = counts.get(control) ?? finderFor(frameworks)(framework.id, control).length;
  counts.set(control, known);
  return known;
}

/** A control is of one snapshot, and so of one list of frameworks. */
const counts = new WeakMap<ControlView, number>();
const finders = new WeakMap<readonly FrameworkView[], FindSharedEvidence>();

function finderFor(frameworks: readonly FrameworkView[]): FindSharedEvidence {
  const finder = finders.get(frameworks) ?? sharedEvidence(frameworks);
  finders.set(frameworks, finder);
  return finder;
}
