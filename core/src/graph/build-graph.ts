import { compareDiagnostics, type Diagnostic } from "../manifest/diagnostic.ts";
import type { AnyDocument } from "../manifest/document.ts";
import { expressionFindings } from "./expressions.ts";
import type { Graph } from "./graph.ts";
import { structureOf } from "./structure.ts";

/**
 * The graph of documents, and every name that resolves nowhere, is used twice or does not fit (REF_*), and rules that
 * contend or should not be (RULE_*). What refers to one of the `broken` paths is not reported: that file's own fault is. A graph with errors holds what resolves.
 */
export function buildGraph(
  documents: readonly AnyDocument[],
  broken: readonly string[] = [],
): { readonly graph: Graph; readonly diagnostics: readonly Diagnostic[] } {
  const { graph, byKind, diagnostics } = structureOf(documents, broken);
  return { graph, diagnostics: [...diagnostics, ...expressionFindings(byKind)].toSorted(compareDiagnostics) };
}
