import type { DiagnosticCode } from "../errors.ts";

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
  const { file, at, pointer = "", code, expected = null, found = null, hint = null } = finding;
  const message = finding.message ?? `expected ${expected ?? "something else"}; found ${found ?? "nothing"}`;
  return {
    file,
    line: at.line,
    column: at.column,
    pointer,
    code,
    severity: "error",
    message,
    expected,
    found,
    hint,
  };
}

/** A diagnostic as text: two lines, the first of which editors and terminals can jump to. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, severity, code, pointer, message, hint } = diagnostic;
  const where = pointer === "" ? "" : ` at ${pointer}`;
  const tail = hint === null ? "" : ` (${hint})`;
  return `${file}:${line}:${column} ${severity} ${code}${where}\n  ${message}${tail}`;
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
