import {
  type ControlIndex,
  type ControlState,
  type ControlStatus,
  controlStatuses,
  type ControlView,
  type FamilyView,
  type FrameworkView,
  indexViews,
  type Score,
  type SiteView,
  type Snapshot,
  type Verdict,
} from "@compline/core";
import { NATURES, NO_HOST_FOR_CHECK, REQUIREMENTS, VERDICT_ORDER } from "../content/texts.ts";
import { type CheckEvidence, evidenceOf, type Span, spanOfInstants } from "./evidence.ts";
import { frameworkNamed, siteNamed, statusAt } from "./lookup.ts";
import type { Link } from "./results.ts";
import { countOf } from "./score.ts";
import { sharingCount } from "./sharing.ts";
import { formatSpan } from "./time.ts";
import { controlAnchor, familyAnchor, libraryControlUrl } from "./urls.ts";

/** One control in a framework's working paper. */
export interface ControlRow {
  readonly control: ControlView;
  readonly anchor: string;
  /** Nature and requirement, in words. */
  readonly asks: string;
  readonly state: ControlState;
  readonly score: Score;
  /** How many hosts one of its checks is for. */
  readonly hosts: number;
  /** What each of its checks came to here; empty when none is for a host of the site. */
  readonly evidence: readonly PlacedEvidence[];
  /** With how many controls, of this framework and of others, it shares evidence. */
  readonly sharing: number;
  /** Where the library's page tells of it, and of what shares its evidence. */
  readonly libraryUrl: string;
}

/** The evidence of a check under a control. Once on a page it stands in full: an auditor reads it once. */
export interface PlacedEvidence {
  readonly evidence: CheckEvidence;
  /** The control before this one that has it in full; null when it is this one. */
  readonly at: Link | null;
}

/** A family of controls, in the framework's order. */
export interface FamilyPart {
  readonly title: string;
  readonly anchor: string;
  readonly rows: readonly ControlRow[];
  readonly counts: StateCounts;
}

/** How many controls are in each state. */
export type StateCounts = Readonly<Record<ControlState, number>>;

/** The page of one framework at one site. */
export interface FrameworkPage {
  readonly site: SiteView;
  readonly framework: FrameworkView;
  readonly score: Score;
  readonly counts: StateCounts;
  readonly total: number;
  /** How many controls a check looks at here. */
  readonly looked: number;
  readonly families: readonly FamilyPart[];
  /** When what is listed was last known to be so. */
  readonly window: Span;
}

/** The page of a framework, found by the names in its address. */
export function frameworkPage(
  snapshot: Snapshot,
  names: Readonly<Record<string, string | undefined>>,
): FrameworkPage {
  const site = siteNamed(snapshot, names["site"]);
  const framework = frameworkNamed(snapshot, names["framework"]);
  const statuses = statusesOf(site, framework);
  const evidence = evidenceOf(snapshot, site);
  const places = new Map<string, Link>();
  const placed = (control: ControlView, check: string): readonly PlacedEvidence[] => {
    const of = evidence.get(check);
    if (of === undefined) return [];
    const at = places.get(check) ?? null;
    if (at === null) places.set(check, { text: control.id, url: `#${controlAnchor(framework, control.id)}` });
    return [{ evidence: of, at }];
  };
  const rowOf = (control: ControlView): ControlRow => {
    const status = statuses.get(control.id);
    if (status === undefined) throw new Error(`unreachable: no status of ${control.id}`);
    const { state, score, hosts } = status;
    return {
      control,
      state,
      score,
      hosts,
      anchor: controlAnchor(framework, control.id),
      asks: asksText(control),
      evidence: control.checks.flatMap((check) => placed(control, check)),
      sharing: sharingCount(snapshot.frameworks, framework, control),
      libraryUrl: libraryControlUrl(framework, control.id),
    };
  };
  const families = framework.families.map((family) => familyPart(family, family.controls.map(rowOf)));
  const rows = families.flatMap((family) => family.rows);
  const looked = rows.filter((row) => row.evidence.length > 0);
  return {
    site,
    framework,
    score: statusAt(site, framework).score,
    counts: countStates(rows),
    total: rows.length,
    looked: looked.length,
    families,
    window: spanOfInstants(
      looked.flatMap((row) =>
        row.evidence.flatMap(({ evidence: { groups } }) =>
          groups.flatMap(({ confirmed: { from, to } }) => [from, to]),
        ),
      ),
    ),
  };
}

/** By the control's id. */
function statusesOf(site: SiteView, framework: FrameworkView): ReadonlyMap<string, ControlStatus> {
  const index = indexes.get(framework) ?? indexViews([framework]);
  indexes.set(framework, index);
  return new Map(controlStatuses(index, framework.id, site.results).map((status) => [status.id, status]));
}

/** One for each framework, however many sites use it. */
const indexes = new WeakMap<FrameworkView, ControlIndex>();

function familyPart({ name, title }: FamilyView, rows: readonly ControlRow[]): FamilyPart {
  return { title, anchor: familyAnchor(name), rows, counts: countStates(rows) };
}

function countStates(rows: readonly ControlRow[]): StateCounts {
  const counts = { fail: 0, error: 0, unknown: 0, pass: 0, not_applicable: 0, attested: 0, not_assessed: 0 };
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

/** "Required · Computers", "Required at level 2 · Organisation". */
export function asksText({ nature, requirement, level }: ControlView): string {
  const word = REQUIREMENTS[requirement];
  const asked = level === null ? word : `${word} at level ${level}`;
  return `${asked} · ${NATURES[nature]?.word ?? nature}`;
}

/** For each verdict that a result has: how many have it, and the controls that they count for. */
export function indexByVerdict({ score, families }: FrameworkPage): readonly {
  readonly verdict: Verdict;
  readonly count: number;
  readonly rows: readonly ControlRow[];
}[] {
  const rows = families.flatMap((family) => family.rows);
  return VERDICT_ORDER.map((verdict) => ({
    verdict,
    count: countOf(score, verdict),
    rows: rows.filter((row) => countOf(row.score, verdict) > 0),
  })).filter(({ count }) => count > 0);
}

/** Why no check looks at a control here, in a sentence. */
export function notLookedText({ checks, nature }: ControlView): string {
  return checks.length > 0 ? NO_HOST_FOR_CHECK : (NATURES[nature]?.notAssessed ?? "");
}

/** A span for the header on paper, where no markup goes. */
export function spanText({ from, to }: Span, zone: string): string {
  if (from === null || to === null) return "never";
  return formatSpan(from, to, zone);
}

/** Who has reviewed the mapping, in a sentence: it is on every page of a framework. */
export function reviewText({ review }: FrameworkView): string {
  if (review === "none") return "Nobody outside this project has reviewed the mapping yet.";
  return `Mapping reviewed by ${review.by} on ${review.at}.`;
}
