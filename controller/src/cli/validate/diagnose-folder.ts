import { buildGraph, compareDiagnostics, loadTree } from "@compline/core";
import { readFolder } from "../../source/folder.ts";
import type { DiagnosticReport } from "../diagnostics/report.ts";

/** All that is wrong with the files of a folder as they lie there. Throws TREE_TOO_LARGE. */
export function diagnoseFolder(repo: string): DiagnosticReport {
  const source = readFolder(repo);
  const tree = loadTree(source.files);
  const graph = buildGraph(tree.documents, tree.broken);
  return {
    files: source.files.length,
    diagnostics: [...source.diagnostics, ...tree.diagnostics, ...graph.diagnostics].toSorted(
      compareDiagnostics,
    ),
  };
}
