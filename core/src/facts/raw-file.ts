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
  /** A reason code such as `NEEDS_PRIVILEGE` when it could not be read; null otherwise, also when it does not exist. */
  readonly error: string | null;
}

/** What the shell has to collect. Every name asked for must come back as a row with that path. */
export interface Needs {
  /** Files to read. */
  readonly paths: readonly string[];
  /** Globs to list, each match to be read as well; `*` and `?` in the last component only. */
  readonly globs: readonly string[];
  /** Files to `lstat`, never to read. */
  readonly modes: readonly string[];
}

/** What a check's expressions see. */
export type FactValue = boolean | number | string | null | readonly FactValue[] | Facts;

/** Facts by name. */
export interface Facts {
  readonly [name: string]: FactValue;
}

/** Why no facts could be made. A row's own error code passes through as it is, hence the string. */
export type FactsReason =
  | "COLLECTOR_UNSUPPORTED"
  | "FACTS_TOO_LARGE"
  | "INCLUDE_TOO_DEEP"
  | "INCLUDE_UNSUPPORTED"
  | "SYNTAX_INVALID"
  | "SYNTAX_UNSUPPORTED";

/** Facts, or what is still to be collected, or why there are none. */
export type FactsResult =
  | { readonly kind: "facts"; readonly facts: Facts }
  | { readonly kind: "need"; readonly needs: Needs }
  | { readonly kind: "error"; readonly reason: FactsReason | (string & {}) };

/** A failed result with this reason. */
export function factsError(reason: FactsReason | (string & {})): FactsResult {
  return { kind: "error", reason };
}

/** Settings as a plain object. `Object.fromEntries` defines own properties, so a key such as `__proto__` is only a key. */
export function toFacts(entries: ReadonlyMap<string, FactValue>): Facts {
  return Object.fromEntries(entries);
}
