import { type Diagnostic, errorAt } from "../manifest/diagnostic.ts";
import type { ByKind } from "./by-kind.ts";
import type { Graph } from "./graph.ts";

/**
 * Rules that heal a check which says why a person acts instead: one of the two is not true. A rule of another owner only
 * reports, and is not meant.
 */
export function byHandFindings({ Rule }: ByKind, { checks }: Graph): Diagnostic[] {
  return Rule.filter(({ spec }) => spec.owner === "agent").flatMap((rule) => {
    const check = checks.get(rule.spec.check);
    if (check?.spec.byHand === undefined) return [];
    const { line, column } = check.locate("/spec/byHand");
    const pointer = "/spec/check";
    const expected = "a check that does not say why a person acts instead";
    const found = `${rule.spec.check}, which says so at ${check.path}:${line}:${column}`;
    const at = rule.locate(pointer);
    return [errorAt({ file: rule.path, at, pointer, code: "RULE_BY_HAND", expected, found })];
  });
}
