import { type Diagnostic, errorAt } from "../manifest/diagnostic.ts";
import type { ManifestDocument } from "../manifest/document.ts";
import type { ByKind } from "./by-kind.ts";

type Rule = ManifestDocument<"Rule">;

/**
 * Rules that answer the same fail on the same platform with the same priority: which goes first would be decided by
 * nobody. Conditions are not compared, for whether two can hold at once cannot be known in general. Both are reported.
 */
export function overlapFindings(byKind: ByKind): Diagnostic[] {
  const groups = Map.groupBy(byKind.Rule, ({ spec }) => `${spec.check}\n${spec.priority}`);
  return [...groups.values()].flatMap((group) => group.flatMap((rule) => overlap(rule, group)));
}

function overlap(rule: Rule, group: readonly Rule[]): Diagnostic[] {
  const platformsWith = (other: Rule) =>
    rule.spec.platforms.filter((platform) => other.spec.platforms.includes(platform));
  const other = group.find((one) => one !== rule && platformsWith(one).length > 0);
  if (other === undefined) return [];
  const pointer = "/spec/priority";
  const { line, column } = other.locate(pointer);
  const expected = `a priority that no other rule of ${rule.spec.check} has on ${platformsWith(other).join(", ")}`;
  const found = `${rule.spec.priority} also at ${other.path}:${line}:${column}`;
  const at = rule.locate(pointer);
  return [errorAt({ file: rule.path, at, pointer, code: "RULE_OVERLAP", expected, found })];
}
