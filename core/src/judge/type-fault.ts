import type { parse } from "@bufbuild/cel";
import type { ExpressionFault } from "./expression-fault.ts";

type ParsedExpression = ReturnType<typeof parse>;
type Expression = NonNullable<ParsedExpression["expr"]>;

/** What a place takes. Null may stand for any recorded value, but decides nothing. */
export type WantedType = "boolean" | "boolean or null" | "integer or null" | "text or null";

type KnownType = "boolean" | "integer" | "text" | "null" | "number" | "bytes" | "list" | "map";

/**
 * Where an expression is sure to give another type than is wanted; null where it gives that one, or one that only the
 * facts decide. The library's own type checker is not for its users yet.
 */
export function findTypeFault(parsed: ParsedExpression, wanted: WantedType): ExpressionFault | null {
  const fault = parsed.expr === undefined ? null : faultIn(parsed.expr, wanted);
  if (fault === null) return null;
  const offset = parsed.sourceInfo?.positions[String(fault.expr.id)] ?? 0;
  return { message: `expected ${fault.wanted}; this gives ${fault.type}`, offset };
}

interface TypeFault {
  readonly expr: Expression;
  readonly wanted: WantedType;
  readonly type: KnownType;
}

/** Operands of a logical operator are to be boolean themselves, and so is what a choice depends on. */
function faultIn(expr: Expression, wanted: WantedType): TypeFault | null {
  const type = typeOf(expr);
  if (type !== null && !wanted.split(" or ").includes(type)) return { expr, wanted, type };
  if (expr.exprKind.case !== "callExpr") return null;
  const { function: name, args } = expr.exprKind.value;
  const wants = name === "_?_:_" ? (["boolean", wanted, wanted] as const) : logical.get(name);
  if (wants === undefined) return null;
  return args.reduce<TypeFault | null>(
    (found, arg, at) => found ?? faultIn(arg, wants[at] ?? "boolean"),
    null,
  );
}

const logical: ReadonlyMap<string, readonly WantedType[]> = new Map([
  ["_&&_", ["boolean", "boolean"]],
  ["_||_", ["boolean", "boolean"]],
  ["!_", ["boolean"]],
]);

/** What an expression gives whenever it gives anything; null when that depends. */
function typeOf({ exprKind }: Expression): KnownType | null {
  switch (exprKind.case) {
    case "constExpr":
      return constants[exprKind.value.constantKind.case ?? ""] ?? null;
    case "callExpr":
      return results.get(exprKind.value.function) ?? null;
    case "selectExpr":
      return exprKind.value.testOnly ? "boolean" : null;
    case "identExpr":
      return exprKind.value.name === "facts" ? "map" : null;
    case "listExpr":
      return "list";
    case "structExpr":
      return "map";
    case "comprehensionExpr":
      return typeOfComprehension(exprKind.value);
    case undefined:
    default:
      return null;
  }
}

type Comprehension = Extract<Expression["exprKind"], { readonly case: "comprehensionExpr" }>["value"];

/** Most give what they gather; `exists_one` compares it. */
function typeOfComprehension({ accuVar, accuInit, result }: Comprehension): KnownType | null {
  const isGathered = result?.exprKind.case === "identExpr" && result.exprKind.value.name === accuVar;
  const given = isGathered ? accuInit : result;
  return given === undefined ? null : typeOf(given);
}

const constants: Readonly<Record<string, KnownType>> = {
  boolValue: "boolean",
  int64Value: "integer",
  uint64Value: "number",
  doubleValue: "number",
  stringValue: "text",
  bytesValue: "bytes",
  nullValue: "null",
};

const results: ReadonlyMap<string, KnownType> = new Map([
  ...named("boolean", ["_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"]),
  ...named("boolean", ["matches", "contains", "startsWith", "endsWith", "bool"]),
  ...named("integer", ["size", "int", "indexOf", "lastIndexOf"]),
  ...named("number", ["double", "uint"]),
  ...named("text", ["string", "lowerAscii", "upperAscii", "trim", "replace", "substring", "join", "charAt"]),
  ...named("list", ["split"]),
]);

function named(type: KnownType, functions: readonly string[]): readonly (readonly [string, KnownType])[] {
  return functions.map((name) => [name, type] as const);
}
