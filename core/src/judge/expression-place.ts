import type { CheckSpec } from "@compline/schemas";

/** A place within an expression of a check: the expression by its JSON pointer, and a character of it, counted from 0. */
export interface ExpressionPlace {
  readonly pointer: string;
  readonly offset: number;
}

/** The expression by which a check is for a host or not. */
export const APPLICABLE = "/spec/applicable";
/** The expression that must hold. */
export const ASSERT = "/spec/assert";

/** The expression that makes a recorded field. */
export function recordPointer(field: string): string {
  return `/spec/record/${field}/value`;
}

/** The pointers of all expressions of a check, in the order in which they are evaluated. */
export function expressionPointers({ record }: Pick<CheckSpec, "record">): readonly string[] {
  return [APPLICABLE, ASSERT, ...Object.keys(record).map(recordPointer)];
}
