import { compileCel } from "../judge/expression.ts";
import { type Diagnostic, errorAt } from "../manifest/diagnostic.ts";
import type { AnyDocument, ManifestDocument } from "../manifest/document.ts";
import { quote } from "../manifest/form.ts";
import { joinPointer } from "../manifest/yaml.ts";
import type { ByKind } from "./by-kind.ts";

type Expression = readonly [pointer: string, source: string | undefined];

/** Every expression that does not compile. */
export function expressionFindings(byKind: ByKind): Diagnostic[] {
  return [
    ...byKind.Check.flatMap((check) => findings(check, expressionsOfCheck(check))),
    ...byKind.Rule.flatMap((rule) => findings(rule, [["/spec/when", rule.spec.when]])),
  ];
}

function expressionsOfCheck({ spec }: ManifestDocument<"Check">): Expression[] {
  const recorded = Object.entries(spec.record).map(([name, field]): Expression => {
    return [`${joinPointer("/spec/record", name)}/value`, field.value];
  });
  return [["/spec/applicable", spec.applicable], ["/spec/assert", spec.assert], ...recorded];
}

function findings(document: AnyDocument, expressions: readonly Expression[]): Diagnostic[] {
  return expressions.flatMap(([pointer, source]) => {
    if (source === undefined) return [];
    const compiled = compileCel(source);
    if (compiled.ok) return [];
    const hint = `at character ${compiled.offset + 1}: ${compiled.message}`;
    const [file, at] = [document.path, document.locate(pointer)];
    const expected = "an expression that compiles";
    return [errorAt({ file, at, pointer, code: "REF_CEL", expected, found: quote(source), hint })];
  });
}
