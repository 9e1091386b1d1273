import type { ByKind } from "../graph/by-kind.ts";
import { identityUses, keyUses } from "../graph/duplicates.ts";
import type { Change } from "./read-change.ts";

/** Texts to look for in the files below a folder. */
export interface TextSearch {
  readonly below: string;
  readonly texts: readonly string[];
}

/**
 * What only looking through files can tell: whether a new identity, key or log is used elsewhere, and which other rules
 * answer the same check. Each of them is one word, so a file that has it holds it as it is, or holds a backslash.
 */
export function searchesFor({ before, after }: Change): readonly TextSearch[] {
  const searches = [
    { below: "sites", texts: newTexts(identities(before), identities(after)) },
    { below: "policies/rules", texts: newTexts(contests(before), contests(after)).map(checkOf) },
  ];
  return searches.filter(({ texts }) => texts.length > 0);
}

function newTexts(before: readonly string[], after: readonly string[]): string[] {
  const known = new Set(before);
  return [...new Set(after)].filter((text) => !known.has(text));
}

function identities(byKind: ByKind): string[] {
  return [...identityUses(byKind), ...keyUses(byKind)].map(({ value }) => value);
}

/** What two rules may not have in common: check, priority and platform. */
function contests({ Rule }: ByKind): string[] {
  return Rule.flatMap(({ path, spec }) =>
    spec.platforms.map((platform) => `${spec.check} ${spec.priority} ${platform} ${path}`),
  );
}

function checkOf(contest: string): string {
  return contest.split(" ")[0] ?? "";
}
