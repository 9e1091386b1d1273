// Judging by expressions, for the worker of an appliance: `@compline/core/judge`.
export type { Observed, Verdict } from "../evidence/statement.ts";
export type { Facts } from "../facts/raw-file.ts";
export { evaluateCheck, ruleApplies } from "./evaluate.ts";
export { type ExpressionPlace, expressionPointers } from "./expression-place.ts";
