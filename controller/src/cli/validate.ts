import { type Diagnostic, buildGraph, compareDiagnostics, formatDiagnostic, loadTree } from "@compline/core";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readFolder } from "../source/folder.ts";
import { desiredFolders } from "../source/tree.ts";
import { count } from "./count.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";

/** The flags of `compline validate`. */
export interface ValidateOptions {
  readonly repo: string;
  readonly output: "text" | "json";
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
  const { files, diagnostics } = await diagnoseFolder(repo);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const summary = { files, errors, warnings: diagnostics.length - errors };
  const print = options.output === "json" ? printJson : printText;
  process.stdout.write(`${print(diagnostics, summary)}\n`);
  return errors === 0 ? ExitCode.clean : ExitCode.findings;
}

async function diagnoseFolder(repo: string): Promise<{ files: number; diagnostics: readonly Diagnostic[] }> {
  const source = await readFolder(repo);
  const tree = loadTree(source.files);
  const graph = buildGraph(tree.documents, tree.broken);
  return {
    files: source.files.length,
    diagnostics: [...source.diagnostics, ...tree.diagnostics, ...graph.diagnostics].toSorted(
      compareDiagnostics,
    ),
  };
}

interface Summary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

function printJson(diagnostics: readonly Diagnostic[], summary: Summary): string {
  return JSON.stringify({ schemaVersion: "1", summary, diagnostics }, null, 2);
}

function printText(diagnostics: readonly Diagnostic[], { files, errors, warnings }: Summary): string {
  return [
    ...diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)),
    `${count(files, "file")}, ${count(errors, "error")}, ${count(warnings, "warning")}`,
  ].join("\n");
}
