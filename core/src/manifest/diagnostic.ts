import type { DiagnosticCode } from "../errors.ts";
import { visible } from "./visible.ts";

/** Only an error keeps a tree from being accepted. */
export type Severity = "error" | "warning";

/** A place in a text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something wrong in the user's YAML: a value, collected in full, never thrown. */
export interface Diagnostic extends Position {
  /** Path in the repository. */
  readonly file: string;
  /** JSON pointer into the document; "" is the whole document. */
  readonly pointer: string;
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence for people, made of `expected` and `found` where there are any. */
  readonly message: string;
  readonly expected: string | null;
  readonly found: string | null;
  readonly hint: string | null;
}

/** What a diagnostic is made of; `message` is written from expected and found unless given. */
export interface Finding {
  readonly file: string;
  readonly at: Position;
  readonly pointer?: string;
  readonly code: DiagnosticCode;
  readonly message?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string | null;
}

/** An error from what was found. */
export function errorAt(finding: Finding): Diagnostic {
  return diagnose(finding, "error");
}

/** A warning from what was found. */
export function warningAt(finding: Finding): Diagnostic {
  return diagnose(finding, "warning");
}

function diagnose(finding: Finding, severity: Severity): Diagnostic {
  const { file, at, pointer = "", code, expected = null, found = null, hint = null } = finding;
  const message = finding.message ?? `expected ${expected ?? "something else"}; found ${found ?? "nothing"}`;
  return {
    file,
    line: at.line,
    column: at.column,
    pointer,
    code,
    severity,
    message,
    expected,
    found,
    hint,
  };
}

/** A diagnostic as text: a line that editors and terminals can jump to, then its details, each on a line of its own. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, severity, code, pointer } = diagnostic;
  const where = pointer === "" ? "" : ` at ${pointer}`;
  const head = visible(`${file}:${line}:${column} ${severity} ${code}${where}`);
  return [head, ...diagnosticDetails(diagnostic).map((detail) => `  ${detail}`)].join("\n");
}

/** What a diagnostic says beside its place, line by line and fit to be printed: expected, found, hint. */
export function diagnosticDetails({ message, expected, found, hint }: Diagnostic): string[] {
  const said = expected === null ? [message] : [`expected ${expected}`, `found ${found ?? "nothing"}`];
  return (hint === null ? said : [...said, hint]).map(visible);
}

/** Order by file, then place, then code. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code);
}

/** Order by UTF-16 code units: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
