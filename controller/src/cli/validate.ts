import { buildGraph, compareDiagnostics, loadTree } from "@compline/core";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readFolder } from "../source/folder.ts";
import { desiredFolders } from "../source/tree.ts";
import { printReport, type ReportFormat } from "./diagnostics/formats.ts";
import { type DiagnosticReport, summarize } from "./diagnostics/report.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";

/** The flags of `compline validate`. */
export interface ValidateOptions {
  readonly repo: string;
  readonly output: ReportFormat;
}

/** Checks every file of the folder as it lies there, committed or not, and prints what is wrong. */
export async function validate(options: ValidateOptions): Promise<ExitCode> {
  const repo = resolve(options.repo);
  if (!desiredFolders.some((name) => existsSync(join(repo, name)))) {
    throw new CliError(
      "usage",
      `${repo} has none of ${desiredFolders.map((name) => `${name}/`).join(", ")}; pass the repository with --repo`,
    );
  }
  const report = await diagnoseFolder(repo);
  const text = printReport(report, options.output);
  if (text !== "") process.stdout.write(`${text}\n`);
  return summarize(report).errors === 0 ? ExitCode.clean : ExitCode.findings;
}

async function diagnoseFolder(repo: string): Promise<DiagnosticReport> {
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
