import type { Diagnostic } from "@compline/core";
import { ControllerError } from "../errors.ts";
import { notAFile, notUtf8, tooLarge } from "./tree-diagnostics.ts";

/**
 * One file of the desired state. `id` tells the contents of one path apart: a blob id; the path itself for a folder,
 * which is read once.
 */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly id: string;
}

/** The files the loader takes, sorted by path, and what was wrong with those that could not be read. */
export interface SourceFiles {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The folders that hold desired state. */
export const desiredFolders: readonly string[] = ["frameworks", "policies", "runbooks", "sites"];

/** How much of a tree is read. Attacker-controlled until here: whoever may push decides how large it is. */
export const treeLimits = { files: 20_000, fileBytes: 262_144 } as const;

/** One entry of a listing; `mode` is git's. */
export interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly size: number;
  readonly path: string;
}

/** Entries by path. Throws TREE_TOO_LARGE. */
export function sortedEntries<E extends { readonly path: string }>(entries: readonly E[]): readonly E[] {
  if (entries.length > treeLimits.files) {
    throw new ControllerError(
      "TREE_TOO_LARGE",
      `${entries.length} files; at most ${treeLimits.files} are read`,
    );
  }
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Why the content of an entry is not read; null for a plain file of a bearable size. */
export function entryFault({ path, mode, size }: Omit<Entry, "id">): Diagnostic | null {
  if (!mode.startsWith("100")) return notAFile(path, mode);
  return size > treeLimits.fileBytes ? tooLarge(path, size) : null;
}

// A byte order mark is kept: the file's digest is that of its bytes.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The file of an entry, or that its bytes are no text. */
export function textOf({ path, id }: Pick<Entry, "path" | "id">, bytes: Uint8Array): SourceFile | Diagnostic {
  try {
    return { path, text: utf8.decode(bytes), id };
  } catch {
    return notUtf8(path);
  }
}

/** Files and faults apart. */
export function sourceFiles(results: readonly (SourceFile | Diagnostic)[]): SourceFiles {
  return {
    files: results.flatMap((result) => ("text" in result ? [result] : [])),
    diagnostics: results.flatMap((result) => ("text" in result ? [] : [result])),
  };
}
