import type { parse } from "@bufbuild/cel";

type ParsedExpression = ReturnType<typeof parse>;
type Expression = ParsedExpression["expr"];

/** What is wrong with an expression that parses; the offset counts characters from 0. */
export interface ExpressionFault {
  readonly message: string;
  readonly offset: number;
}

const maxNesting = 2;
/** Far above what a person writes, far below what overflows a stack when it is evaluated. */
const maxDepth = 200;

interface Scope {
  readonly names: ReadonlySet<string>;
  /** Comprehensions around this place. */
  readonly nesting: number;
  /** Expressions around this place. */
  readonly depth: number;
}

/** The first unknown variable or function, or comprehension that is nested too deeply; null when there is none. */
export function findFault(parsed: ParsedExpression, functions: ReadonlySet<string>): ExpressionFault | null {
  const fault = walk(parsed.expr, { names: new Set(["facts"]), nesting: 0, depth: 0 }, functions);
  if (fault === null) return null;
  return { message: fault.message, offset: parsed.sourceInfo?.positions[String(fault.expr.id)] ?? 0 };
}

interface Fault {
  readonly message: string;
  readonly expr: Expression;
}

function walk(expr: Expression | undefined, scope: Scope, functions: ReadonlySet<string>): Fault | null {
  if (expr === undefined) return null;
  const fault = faultOf(expr, scope, functions);
  if (fault !== null) return { message: fault, expr };
  for (const [part, inner] of partsOf(expr, { ...scope, depth: scope.depth + 1 })) {
    const found = walk(part, inner, functions);
    if (found !== null) return found;
  }
  return null;
}

function faultOf(expr: Expression, scope: Scope, functions: ReadonlySet<string>): string | null {
  const { exprKind } = expr;
  if (scope.depth > maxDepth) return "nests too deeply";
  if (exprKind.case === "structExpr" && exprKind.value.messageName !== "") {
    return `unknown type "${exprKind.value.messageName}"`;
  }
  if (exprKind.case === "identExpr" && !scope.names.has(exprKind.value.name)) {
    return `unknown variable "${exprKind.value.name}"`;
  }
  if (exprKind.case === "callExpr" && !isKnown(exprKind.value.function, functions)) {
    return `unknown function "${exprKind.value.function}"`;
  }
  if (exprKind.case === "comprehensionExpr" && scope.nesting >= maxNesting) {
    return `comprehensions nest more than ${maxNesting} deep`;
  }
  return null;
}

/** Operators are written `_&&_`, `!_` or `@in`; no name of a function has such characters. */
function isKnown(name: string, functions: ReadonlySet<string>): boolean {
  return functions.has(name) || /[^A-Za-z0-9]_|^_|^@/.test(name);
}

type Part = readonly [Expression | undefined, Scope];

function partsOf(expr: Expression, scope: Scope): readonly Part[] {
  const { exprKind } = expr;
  switch (exprKind.case) {
    case "callExpr":
      return [exprKind.value.target, ...exprKind.value.args].map((part) => [part, scope] as const);
    case "selectExpr":
      return [[exprKind.value.operand, scope]];
    case "listExpr":
      return exprKind.value.elements.map((part) => [part, scope] as const);
    case "structExpr":
      return exprKind.value.entries.flatMap((entry) => {
        const key = entry.keyKind.case === "mapKey" ? entry.keyKind.value : undefined;
        return [key, entry.value].map((part) => [part, scope] as const);
      });
    case "comprehensionExpr":
      return comprehensionParts(exprKind.value, scope);
    case "identExpr":
    case "constExpr":
    case undefined:
    default:
      return [];
  }
}

type Comprehension = Extract<Expression["exprKind"], { readonly case: "comprehensionExpr" }>["value"];

/** What it runs over lies outside of it; only its body runs once for each element. */
function comprehensionParts(loop: Comprehension, scope: Scope): readonly Part[] {
  const names = new Set([...scope.names, loop.iterVar, loop.iterVar2, loop.accuVar]);
  const inner: Scope = { names, nesting: scope.nesting + 1, depth: scope.depth };
  return [
    [loop.iterRange, scope],
    [loop.accuInit, scope],
    [loop.loopCondition, inner],
    [loop.loopStep, inner],
    [loop.result, inner],
  ];
}
