import type { Observed } from "@compline/core";

/** One recorded value in words. */
export interface ObservedValue {
  readonly name: string;
  readonly value: string;
}

/** One recorded value before and after a heal. */
export interface ObservedChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What a check recorded, in words; nothing observed is an empty list. */
export function observedValues(observed: Observed | null): readonly ObservedValue[] {
  return Object.entries(observed ?? {}).map(([name, value]) => ({
    name: nameWords(name),
    value: valueWords(value),
  }));
}

/** The recorded values that a heal changed. */
export function observedChanges(before: Observed | null, after: Observed | null): readonly ObservedChange[] {
  if (before === null || after === null) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      name: nameWords(name),
      before: valueWords(before[name]),
      after: valueWords(after[name]),
    }));
}

/** The checks of a library record few names, thousands of times. */
const words = new Map<string, string>();

/** `permit_root_login` and `permitRootLogin` read "permit root login". */
function nameWords(name: string): string {
  const known = words.get(name);
  if (known !== undefined) return known;
  const made = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase();
  words.set(name, made);
  return made;
}

function valueWords(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return "not set";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
