import type { FactsResult, Needs, RawFile, RawRows } from "./raw-file.ts";
import { type Program, type RawOutput, sameProgram } from "./raw-output.ts";
import { compareText, hasWildcard, matchesGlob } from "./wildcard.ts";

/**
 * The rows collected so far. Asking for one that is not there notes it as needed; asking for one that could not be had
 * notes its reason. A parser reads on in both cases, so that one round finds all that is missing.
 */
export class Collected {
  readonly #rows: ReadonlyMap<string, RawFile>;
  readonly #outputs: readonly RawOutput[];
  readonly #paths = new Set<string>();
  readonly #globs = new Set<string>();
  readonly #modes = new Set<string>();
  readonly #programs: Program[] = [];
  #error: string | null = null;

  constructor({ files, outputs }: RawRows) {
    this.#rows = new Map(files.map((file) => [file.path, file]));
    this.#outputs = outputs;
  }

  /** The files behind a path or glob, in order; those that do not exist are left out. */
  find(pattern: string): readonly RawFile[] {
    const row = this.#rows.get(pattern);
    const glob = hasWildcard(pattern);
    if (row === undefined) {
      (glob ? this.#globs : this.#paths).add(pattern);
      return [];
    }
    if (!this.#readable(row)) return [];
    return glob ? this.#matches(pattern) : [row].filter((file) => file.found);
  }

  /** What `lstat` says about a path, also that there is nothing. */
  stat(path: string): RawFile | null {
    const row = this.#rows.get(path);
    if (row === undefined) this.#modes.add(path);
    return row !== undefined && this.#readable(row) ? row : null;
  }

  /** How a program ended. What its errors and its exit code mean is the caller's business. */
  output(argv: Program): RawOutput | null {
    const row = this.#outputs.find((output) => sameProgram(output.argv, argv));
    const known = row !== undefined || this.#programs.some((program) => sameProgram(program, argv));
    if (!known) this.#programs.push(argv);
    return row ?? null;
  }

  /** What a program printed, when it ended with one of these exit codes and printed anything. */
  textOf(argv: Program, codes: readonly number[] = [0]): string | null {
    const text = this.anyTextOf(argv, codes);
    return text !== null && text.trim() === "" ? this.fail("OUTPUT_EMPTY") : text;
  }

  /** The same, also when it printed nothing. */
  anyTextOf(argv: Program, codes: readonly number[] = [0]): string | null {
    const row = this.output(argv);
    if (row === null) return null;
    if (row.error !== null) return this.fail(row.error);
    return row.code === null || !codes.includes(row.code) ? this.fail("PROGRAM_FAILED") : row.text;
  }

  /** Notes why there can be no facts; the first reason counts. */
  fail(reason: string): null {
    this.#error ??= reason;
    return null;
  }

  /** What stands in the way of facts: a reason, or rows that are still missing; null when nothing does. */
  obstacle(): FactsResult | null {
    if (this.#error !== null) return { kind: "error", reason: this.#error };
    const needs = this.#needs();
    const complete = Object.values(needs).every((list: readonly unknown[]) => list.length === 0);
    return complete ? null : { kind: "need", needs };
  }

  #needs(): Needs {
    return {
      paths: [...this.#paths],
      globs: [...this.#globs],
      modes: [...this.#modes],
      programs: this.#programs,
    };
  }

  #matches(glob: string): readonly RawFile[] {
    const matching = [...this.#rows.values()].filter(
      (file) => matchesGlob(glob, file.path) && file.path !== glob,
    );
    return matching
      .filter((file) => this.#readable(file) && file.found)
      .toSorted((left, right) => compareText(left.path, right.path));
  }

  #readable(file: RawFile): boolean {
    this.#error ??= file.error;
    return file.error === null;
  }
}
