import { type Diagnostic, type DiagnosticCode, diagnosticTexts } from "@compline/core";
import * as fc from "fast-check";

/** Pieces that mean something to a runner, a terminal or a viewer. */
const nasty = ["::", "##[", "]", "%", "%0A", "%25", "\n", "\r", ",", "=", "::error::", "::stop-commands::x", "](", "{0}"];

/** Text as an attacker writes it. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 8 })
  .map((parts) => parts.join(""));

const maybeText = fc.option(anyText, { nil: null });

/** A diagnostic in which everything that a file may decide is arbitrary. */
export const anyDiagnostic: fc.Arbitrary<Diagnostic> = fc.record({
  file: anyText,
  line: fc.integer({ min: 1, max: 9999 }),
  column: fc.integer({ min: 1, max: 9999 }),
  pointer: anyText,
  // The texts are one object literal, so its keys are the codes.
  code: fc.constantFrom(...(Object.keys(diagnosticTexts) as DiagnosticCode[])),
  severity: fc.constantFrom("error" as const, "warning" as const),
  message: anyText,
  expected: maybeText,
  found: maybeText,
  hint: maybeText,
});

/** A plain one, for examples. */
export const example: Diagnostic = {
  file: "policies/checks/linux/a.yaml",
  line: 4,
  column: 13,
  pointer: "/spec/severity",
  code: "SCHEMA_ENUM",
  severity: "error",
  message: 'expected one of low, high; found "hihg"',
  expected: "one of low, high",
  found: '"hihg"',
  hint: "nearest: high",
};
