import type { FactsResult, Needs, RawFile } from "./raw-file.ts";
import { compareText, hasWildcard, matchesGlob } from "./wildcard.ts";

/**
 * The rows collected so far. Asking for one that is not there notes it as needed; asking for one that could not be read
 * notes its reason. A parser reads on in both cases, so that one round finds all that is missing.
 */
export class Collected {
  readonly #rows: ReadonlyMap<string, RawFile>;
  readonly #paths = new Set<string>();
  readonly #globs = new Set<string>();
  #error: string | null = null;

  constructor(files: readonly RawFile[]) {
    this.#rows = new Map(files.map((file) => [file.path, file]));
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

  /** What stands in the way of facts: a reason, or rows that are still missing; null when nothing does. */
  obstacle(): FactsResult | null {
    if (this.#error !== null) return { kind: "error", reason: this.#error };
    if (this.#paths.size + this.#globs.size === 0) return null;
    return { kind: "need", needs: this.#needs() };
  }

  #needs(): Needs {
    return { paths: [...this.#paths], globs: [...this.#globs], modes: [] };
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
