import { type ByKind, frameworkOfFamily } from "../graph/by-kind.ts";
import type { ManifestDocument } from "../manifest/document.ts";
import { type Change, type ChangedFile, readChange } from "./read-change.ts";
import { searchesFor, type TextSearch } from "./searches.ts";
import { targetsOf } from "./targets.ts";

/** What a change leads to: which other files are needed to judge it. */
export interface Survey {
  readonly change: Change;
  /** Paths of files to read, as far as they exist; `*` stands for one part of a path. */
  readonly targets: readonly string[];
  /** Files to read are also those below a folder that hold one of these texts, or a backslash, which may hide one. */
  readonly searches: readonly TextSearch[];
  /** Checks that a rule heals only since the change: each needs a drill. */
  readonly newlyHealed: readonly string[];
  /** Whether there is an expression that was not there before. */
  readonly hasNewExpressions: boolean;
}

/**
 * Which files besides the changed ones decide whether the change brings a finding, provided that the tree before it had
 * no error. Null when that cannot be told from a few files: something is wrong in a changed file itself, or something
 * goes away that others may need. Then all files are to be read. It is null rather too often than too rarely.
 */
export function surveyChange(files: readonly ChangedFile[]): Survey | null {
  const change = readChange(files);
  if (change === null || takesAway(change) || addsUnused(change)) return null;
  const newlyHealed = without(healed(change.after), healed(change.before));
  return {
    change,
    targets: [...new Set(targetsOf(change))],
    searches: searchesFor(change),
    newlyHealed,
    hasNewExpressions: without(expressions(change.after), expressions(change.before)).length > 0,
  };
}

/** Something that a file which did not change may refer to, or count on. Rules are referred to by nothing. */
function takesAway({ before, after, removed }: Change): boolean {
  return (
    removed.some(({ kind }) => kind !== "Rule") ||
    without(platforms(before), platforms(after)).length > 0 ||
    without(drilled(before), drilled(after)).length > 0 ||
    without(namedChecks(before), namedChecks(after)).length > 0 ||
    without(byHand(after), byHand(before)).length > 0 ||
    without(unexercised(before), unexercised(after)).length > 0 ||
    without(hostControls(after), hostControls(before)).length > 0 ||
    without(showings(before), showings(after)).length > 0
  );
}

/** A new check that none of the changed families names. */
function addsUnused({ before, after }: Change): boolean {
  const added = without(names(after.Check), names(before.Check));
  return without(added, namedChecks(after)).length > 0;
}

function names(documents: readonly ManifestDocument<"Check">[]): string[] {
  return documents.map(({ name }) => name);
}

function platforms({ Check, Runbook }: ByKind): string[] {
  return [
    ...Check.flatMap(({ path, spec }) => spec.platforms.map((platform) => `${path} ${platform}`)),
    ...Runbook.map(({ path, spec }) => `${path} ${spec.platform}`),
  ];
}

function drilled({ Drill }: ByKind): string[] {
  return Drill.map(({ spec }) => spec.check);
}

/** Such a check takes no rule, and the rules that name it are not read. */
function byHand({ Check }: ByKind): string[] {
  return Check.filter(({ spec }) => spec.byHand !== undefined).map(({ name }) => name);
}

function namedChecks({ ControlFamily }: ByKind): string[] {
  return ControlFamily.flatMap(({ spec }) => spec.controls.flatMap(({ checks }) => checks ?? []));
}

/** Frameworks that claim no drills: one that comes to claim them counts on files that did not change. */
function unexercised({ Framework }: ByKind): string[] {
  return Framework.filter(({ spec }) => spec.status !== "exercised").map(({ name }) => name);
}

/** Controls that need a drill, if their framework says it is exercised. */
function hostControls({ ControlFamily }: ByKind): string[] {
  return ControlFamily.flatMap(({ path, spec }) =>
    spec.controls
      .filter(({ nature }) => nature === "host")
      .map(({ id }) => `${frameworkOfFamily(path)} ${id}`),
  );
}

/** Which check looks at which control: one that goes may have been the control's only one with a drill. */
function showings({ ControlFamily }: ByKind): string[] {
  return ControlFamily.flatMap(({ path, spec }) =>
    spec.controls.flatMap(({ id, checks = [] }) =>
      checks.map((check) => `${frameworkOfFamily(path)} ${id} ${check}`),
    ),
  );
}

function healed({ Rule }: ByKind): string[] {
  return Rule.filter(({ spec }) => spec.owner === "agent").map(({ spec }) => spec.check);
}

function expressions({ Check, Rule }: ByKind): string[] {
  const ofChecks = Check.flatMap(({ spec }) => [
    spec.applicable,
    spec.assert,
    ...Object.values(spec.record).map(({ value }) => value),
  ]);
  return [...ofChecks, ...Rule.map(({ spec }) => spec.when)].filter((source) => source !== undefined);
}

/** What is in the first list and not in the second. */
function without(texts: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return texts.filter((text) => !known.has(text));
}
