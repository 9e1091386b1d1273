import type { AnyDocument } from "../manifest/document.ts";
import { parseDocument } from "../manifest/parse-document.ts";
import type { ByKind } from "../graph/by-kind.ts";
import { groupByKind } from "../graph/by-kind.ts";

/** A file of a change: its text before and after; null where there is no such file. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The documents of a change. */
export interface Change {
  readonly paths: readonly string[];
  readonly before: ByKind;
  readonly after: ByKind;
  readonly removed: readonly AnyDocument[];
}

/** Reads both sides of a change; null when any text of either side is not a document. */
export function readChange(files: readonly ChangedFile[]): Change | null {
  const before = documentsOf(files.map(({ path, before }) => ({ path, text: before })));
  const after = documentsOf(files.map(({ path, after }) => ({ path, text: after })));
  if (before === null || after === null) return null;
  const kept = new Set(after.map(({ path }) => path));
  return {
    paths: files.map(({ path }) => path),
    before: groupByKind(before),
    after: groupByKind(after),
    removed: before.filter(({ path }) => !kept.has(path)),
  };
}

function documentsOf(
  files: readonly { readonly path: string; readonly text: string | null }[],
): readonly AnyDocument[] | null {
  const parsed = files.flatMap(({ path, text }) => (text === null ? [] : [parseDocument({ path, text })]));
  const documents = parsed.flatMap(({ document }) => document ?? []);
  return documents.length === parsed.length ? documents : null;
}
