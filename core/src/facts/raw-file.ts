import type { Program, RawOutput } from "./raw-output.ts";

/** One file, glob or permission entry as the shell collected it. Attacker-controlled from here on. */
export interface RawFile {
  /** Absolute path; for the row that answers a glob, the glob itself. */
  readonly path: string;
  /** Whether it exists; for a glob, whether anything matched. */
  readonly found: boolean;
  /** The text, or null when it was not asked for, does not exist or could not be read. */
  readonly text: string | null;
  /** `st_mode` with the type bits, as `lstat` gives it. */
  readonly mode: number | null;
  readonly uid: number | null;
  readonly gid: number | null;
  /** When the content last changed (`st_mtime`), in milliseconds since 1970; null where that is not known, as on a practice host. */
  readonly modifiedAt: number | null;
  /** A reason code such as `NEEDS_PRIVILEGE` when it could not be read; null otherwise, also when it does not exist. */
  readonly error: string | null;
}

/** Everything that was collected so far. */
export interface RawRows {
  readonly files: readonly RawFile[];
  readonly outputs: readonly RawOutput[];
}

/** What a parser may know of the host besides its rows. */
export interface ObservedHost {
  /** A folder that plays a host: there are files, but nothing runs and there is no kernel. */
  readonly practice: boolean;
  /** When it is looked at, in milliseconds since 1970. */
  readonly at: number;
}

/** What the shell has to collect. Every name and program asked for must come back as a row. */
export interface Needs {
  /** Files to read. */
  readonly paths: readonly string[];
  /** Globs to list, each match to be read as well; `*` and `?` in the last component only. */
  readonly globs: readonly string[];
  /** Files to `lstat`, never to read. */
  readonly modes: readonly string[];
  /** Programs to run. Each only reads: a look changes nothing. */
  readonly programs: readonly Program[];
}

/** What a check's expressions see. */
export type FactValue = boolean | number | string | null | readonly FactValue[] | Facts;

/** Facts by name. */
export interface Facts {
  readonly [name: string]: FactValue;
}

/** Why no facts could be made. A row's own error code passes through as it is, hence the string. */
export type FactsReason =
  | "FACTS_TOO_LARGE"
  | "INCLUDE_TOO_DEEP"
  | "INCLUDE_UNSUPPORTED"
  | "OUTPUT_EMPTY"
  | "PROGRAM_FAILED"
  | "SYNTAX_INVALID"
  | "SYNTAX_UNSUPPORTED";

/** Facts, or what is still to be collected, or why there are none and never will be on such a host, or what went wrong. */
export type FactsResult =
  | { readonly kind: "facts"; readonly facts: Facts }
  | { readonly kind: "need"; readonly needs: Needs }
  | { readonly kind: "not_applicable"; readonly reason: "PRACTICE_HOST" }
  | { readonly kind: "error"; readonly reason: FactsReason | (string & {}) };

/** A failed result with this reason. */
export function factsError(reason: FactsReason | (string & {})): FactsResult {
  return { kind: "error", reason };
}

/** Settings as a plain object. `Object.fromEntries` defines own properties, so a key such as `__proto__` is only a key. */
export function toFacts(entries: ReadonlyMap<string, FactValue>): Facts {
  return Object.fromEntries(entries);
}

/** Nothing to collect. */
export const noNeeds: Needs = { paths: [], globs: [], modes: [], programs: [] };

/** What a parser says while rows are missing: `Collected` knows which, and that goes before it. */
export const noFactsYet: FactsResult = { kind: "need", needs: noNeeds };
