import type { AnyDocument } from "../manifest/document.ts";
import type { Diagnostic } from "../manifest/diagnostic.ts";
import { parseDocument, type SourceFile } from "../manifest/parse-document.ts";
import type { Survey } from "./survey.ts";

/** Finds what is wrong in documents: `structureOf` when the change has no new expression, else `buildGraph`. */
export type FindFaults = (
  documents: readonly AnyDocument[],
  broken: readonly string[],
) => { readonly diagnostics: readonly Diagnostic[] };

/**
 * Whether a change brings no finding at all, given the files its survey asks for. False when it may bring one: then
 * all files are to be read.
 */
export function bringsNothing(
  { change, newlyHealed }: Survey,
  neighbours: readonly SourceFile[],
  findFaults: FindFaults,
): boolean {
  const own = new Set(change.paths);
  const parsed = neighbours.filter(({ path }) => !own.has(path)).map((file) => parseDocument(file));
  if (parsed.some(({ document }) => document === null)) return false;
  const documents = [
    ...Object.values(change.after).flat(),
    ...parsed.flatMap(({ document }) => document ?? []),
  ];
  const drilled = new Set(documents.flatMap((one) => (one.kind === "Drill" ? [one.spec.check] : [])));
  if (newlyHealed.some((check) => !drilled.has(check))) return false;
  // Neighbours were without fault before, and lack neighbours of their own here. Two that contend are reported both.
  const { diagnostics } = findFaults(documents, []);
  return !diagnostics.some(({ file, code }) => own.has(file) && !isCoverage(code));
}

/** Whether a check is used and drilled, and a framework exercised, is not decided by a few documents; the survey has seen to that. */
function isCoverage(code: Diagnostic["code"]): boolean {
  return code === "REF_UNUSED" || code === "REF_UNDRILLED" || code === "REF_UNEXERCISED";
}
