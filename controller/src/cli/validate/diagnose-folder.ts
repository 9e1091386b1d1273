import {
  buildGraph,
  changedDecisions,
  compareDiagnostics,
  type Diagnostic,
  judgeDecisions,
  loadTree,
} from "@compline/core";
import { nodeEngine, nodeSha256 } from "../../crypto.ts";
import { decisionsAt, decisionTreeOf } from "../../source/decisions.ts";
import { readWholeFolder } from "../../source/folder.ts";
import type { DiagnosticReport } from "../diagnostics/report.ts";

const ports = { engine: nodeEngine(), sha256: nodeSha256 };

/**
 * All that is wrong with the files of a folder as they lie there, and with signed decisions, what of those that a commit
 * has is not there any more. Throws TREE_TOO_LARGE, and with a commit GIT_FAILED, GIT_OBJECT.
 */
export async function diagnoseFolder(repo: string, commit: string | null = null): Promise<DiagnosticReport> {
  const { source, decisions } = readWholeFolder(repo);
  const tree = loadTree(source.files);
  const graph = buildGraph(tree.documents, tree.broken);
  const now = decisionTreeOf(source, decisions);
  const changed = commit === null ? [] : await changedDecisions(await decisionsAt(repo, commit), now, ports);
  const found: readonly Diagnostic[] = [
    ...source.diagnostics,
    ...tree.diagnostics,
    ...graph.diagnostics,
    ...(await judgeDecisions(now, ports)),
    ...changed,
  ];
  return {
    files: source.files.length + decisions.length,
    diagnostics: found.toSorted(compareDiagnostics),
  };
}
