import { compileCel } from "../judge/expression.ts";
import type { WantedType } from "../judge/type-fault.ts";
import { type Diagnostic, errorAt } from "../manifest/diagnostic.ts";
import type { AnyDocument, ManifestDocument } from "../manifest/document.ts";
import { quote } from "../manifest/form.ts";
import { joinPointer } from "../manifest/yaml.ts";
import type { RecordField } from "@compline/schemas";
import type { ByKind } from "./by-kind.ts";

interface Expression {
  readonly pointer: string;
  readonly source: string | undefined;
  readonly wanted: WantedType;
}

/** Every expression that does not compile, or is sure to give another type than its place takes. */
export function expressionFindings(byKind: ByKind): Diagnostic[] {
  return [
    ...byKind.Check.flatMap((check) => findings(check, expressionsOfCheck(check))),
    ...byKind.Rule.flatMap((rule) => findings(rule, [condition("/spec/when", rule.spec.when)])),
  ];
}

function condition(pointer: string, source: string | undefined): Expression {
  return { pointer, source, wanted: "boolean" };
}

const recorded: Readonly<Record<RecordField["type"], WantedType>> = {
  boolean: "boolean or null",
  integer: "integer or null",
  enum: "text or null",
};

function expressionsOfCheck({ spec }: ManifestDocument<"Check">): Expression[] {
  const fields = Object.entries(spec.record).map(([name, { type, value }]): Expression => {
    return {
      pointer: `${joinPointer("/spec/record", name)}/value`,
      source: value,
      wanted: recorded[type],
    };
  });
  return [condition("/spec/applicable", spec.applicable), condition("/spec/assert", spec.assert), ...fields];
}

/** The place is that of the fault within the expression. */
function findings(document: AnyDocument, expressions: readonly Expression[]): Diagnostic[] {
  return expressions.flatMap(({ pointer, source, wanted }) => {
    if (source === undefined) return [];
    const compiled = compileCel(source, wanted);
    if (compiled.ok) return [];
    const hint = `at character ${compiled.offset + 1}: ${compiled.message}`;
    const [file, at] = [document.path, document.locate(pointer, "value", compiled.offset)];
    const expected = `an expression that compiles and gives ${wanted}`;
    return [errorAt({ file, at, pointer, code: "REF_CEL", expected, found: quote(source), hint })];
  });
}
