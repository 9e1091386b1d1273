import {
  type ControlStatus,
  controlStatuses,
  type ControlView,
  type FrameworkView,
  indexViews,
  type Score,
  type SiteView,
  type Snapshot,
  type Verdict,
} from "@compline/core";
import { NATURES, NO_HOST_FOR_CHECK, REQUIREMENTS } from "../content/texts.ts";
import { type HealRow, healRows } from "./heals.ts";
import { frameworkNamed, siteNamed, statusAt } from "./lookup.ts";
import { type Link, type ResultRow, resultRows } from "./results.ts";
import { coverageText } from "./score.ts";
import { checkUrl, controlSlugs, controlUrl, frameworkUrl } from "./urls.ts";

/** One control in the list of a framework. */
export interface ControlRow {
  readonly control: ControlView;
  readonly url: string;
  readonly nature: string;
  readonly requirement: string;
  readonly looked: boolean;
  readonly score: Score;
  /** The worst verdict of what is looked at, or null when nothing is. */
  readonly worst: Verdict | null;
  /** Why this product says nothing about it; null when it does. */
  readonly notAssessed: string | null;
}

/** Controls that nothing looks at, for one reason. */
export interface NotAssessed {
  readonly nature: string;
  readonly reason: string;
  readonly controls: readonly ControlRow[];
}

/** A family of controls: those that are looked at, and the others by who can show them. */
export interface FamilyPart {
  readonly name: string;
  readonly title: string;
  readonly count: number;
  readonly looked: readonly ControlRow[];
  readonly notAssessed: readonly NotAssessed[];
}

/** The page of one framework at one site. */
export interface FrameworkPage {
  readonly site: SiteView;
  readonly framework: FrameworkView;
  readonly coverage: string;
  readonly score: Score;
  readonly review: string;
  readonly families: readonly FamilyPart[];
  /** What the score counts. */
  readonly rows: readonly ResultRow[];
}

/** The page of one control at one site. */
export interface ControlPage {
  readonly site: SiteView;
  readonly framework: FrameworkView;
  readonly family: string;
  readonly row: ControlRow;
  readonly checks: readonly { readonly link: Link; readonly looksAt: string; readonly expected: string }[];
  readonly rows: readonly ResultRow[];
  readonly heals: readonly HealRow[];
  readonly frameworkUrl: string;
}

/** The page of a framework, found by the names in its address. */
export function frameworkPage(
  snapshot: Snapshot,
  names: Readonly<Record<string, string | undefined>>,
): FrameworkPage {
  const site = siteNamed(snapshot, names["site"]);
  const framework = frameworkNamed(snapshot, names["framework"]);
  const rows = controlRows(site, framework);
  const families = framework.families.map(({ name, title, controls }) =>
    familyPart(
      { name, title },
      controls.flatMap(({ id }) => rows.get(id) ?? []),
    ),
  );
  const checks = new Set(
    framework.families.flatMap(({ controls }) => controls.flatMap((control) => control.checks)),
  );
  return {
    site,
    framework,
    coverage: coverageText(statusAt(site, framework).controls, framework.title),
    score: statusAt(site, framework).score,
    review: reviewText(framework),
    families,
    rows: resultRows(snapshot, site, ({ check }) => checks.has(check)),
  };
}

/** The page of a control, found by the names in its address. */
export function controlPage(
  snapshot: Snapshot,
  names: Readonly<Record<string, string | undefined>>,
): ControlPage {
  const site = siteNamed(snapshot, names["site"]);
  const framework = frameworkNamed(snapshot, names["framework"]);
  const slugs = controlSlugs(framework);
  const rows = controlRows(site, framework);
  for (const family of framework.families) {
    const control = family.controls.find(({ id }) => slugs.get(id) === names["control"]);
    const row = control === undefined ? undefined : rows.get(control.id);
    if (control === undefined || row === undefined) continue;
    return {
      site,
      framework,
      family: family.title,
      row,
      checks: checksOf(snapshot, control),
      rows: resultRows(snapshot, site, ({ check }) => control.checks.includes(check)),
      heals: healRows(snapshot, site, ({ check }) => control.checks.includes(check)),
      frameworkUrl: frameworkUrl(site.name, framework.id),
    };
  }
  throw new Error(`unreachable: no control ${names["control"]} in ${framework.id}`);
}

function familyPart(family: Pick<FamilyPart, "name" | "title">, rows: readonly ControlRow[]): FamilyPart {
  const others = Map.groupBy(
    rows.filter((row) => !row.looked),
    (row) => `${row.nature} ${row.notAssessed}`,
  );
  return {
    ...family,
    count: rows.length,
    looked: rows.filter((row) => row.looked),
    notAssessed: [...others.values()].flatMap((controls) => {
      const [first] = controls;
      return first === undefined ? [] : [{ nature: first.nature, reason: first.notAssessed ?? "", controls }];
    }),
  };
}

/** By the control's id. */
function controlRows(site: SiteView, framework: FrameworkView): ReadonlyMap<string, ControlRow> {
  const controls = framework.families.flatMap((family) => family.controls);
  const statuses = controlStatuses(indexViews([framework]), framework.id, site.results);
  return new Map(
    controls.flatMap((control, at) => {
      const status = statuses[at];
      return status === undefined ? [] : [[control.id, controlRow(site, framework, { control, status })]];
    }),
  );
}

function controlRow(
  site: SiteView,
  framework: FrameworkView,
  { control, status }: { readonly control: ControlView; readonly status: ControlStatus },
): ControlRow {
  const { state, reason, score } = status;
  const nature = NATURES[control.nature];
  const worst = state === "attested" || state === "not_assessed" ? null : state;
  return {
    control,
    url: controlUrl(site.name, framework, control.id),
    nature: nature?.word ?? control.nature,
    requirement: requirementText(control),
    looked: worst !== null,
    score,
    worst,
    notAssessed:
      worst !== null ? null : reason === "NO_HOST" ? NO_HOST_FOR_CHECK : (nature?.notAssessed ?? null),
  };
}

function requirementText({ requirement, level }: ControlView): string {
  const word = REQUIREMENTS[requirement];
  return level === null ? word : `${word} at level ${level}`;
}

function checksOf(snapshot: Snapshot, control: ControlView): ControlPage["checks"] {
  return snapshot.checks
    .filter(({ name }) => control.checks.includes(name))
    .map(({ name, title, looksAt, expected }) => ({
      link: { text: title, url: checkUrl(name) },
      looksAt,
      expected,
    }));
}

function reviewText(framework: FrameworkView): string {
  if (framework.review === "none") return "Nobody outside this project has reviewed the mapping yet.";
  return `Mapping reviewed by ${framework.review.by} on ${framework.review.at}.`;
}
