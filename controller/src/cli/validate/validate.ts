import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { desiredFolders } from "../../source/entry.ts";
import type { ReportFormat } from "../diagnostics/formats.ts";
import { type DiagnosticReport, summarize } from "../diagnostics/report.ts";
import { ExitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";

/** The flags of `compline validate`. */
export interface ValidateOptions {
  readonly repo: string;
  readonly output: ReportFormat;
  readonly changedSince?: string;
}

/**
 * Checks the folder's files as they lie there, committed or not, and prints what is wrong. With `changedSince`, only
 * what the change since that commit can have affected: when that brings no finding, none is printed, else all are. So
 * the exit code is that of a full run whenever the commit has no error, but for signed decisions of that commit that are
 * changed or gone: those only a comparison finds.
 */
export async function validate(options: ValidateOptions): Promise<ExitCode> {
  const repo = resolve(options.repo);
  if (!desiredFolders.some((name) => existsSync(join(repo, name)))) {
    throw new CliError(
      "usage",
      `${repo} has none of ${desiredFolders.map((name) => `${name}/`).join(", ")}; pass the repository with --repo`,
    );
  }
  const report = await diagnose(repo, options.changedSince);
  const { printReport } = await import("../diagnostics/formats.ts");
  const text = printReport(report, options.output);
  if (text !== "") process.stdout.write(`${text}\n`);
  return summarize(report).errors === 0 ? ExitCode.clean : ExitCode.findings;
}

/** What decisions are compared with: those that came to the other branch since then are not gone from this one. */
async function branchedFrom(repo: string, ref: string): Promise<string> {
  const { runGit } = await import("../../source/git-process.ts");
  const base = await runGit(repo, ["merge-base", "--end-of-options", `${ref}^{commit}`, "HEAD"], [0, 1, 128]);
  return base.trim() === "" ? `${ref}^{commit}` : base.trim();
}

/** What either way needs is loaded only then, and while git works: loading is most of what the quick way takes. */
async function diagnose(repo: string, changedSince: string | undefined): Promise<DiagnosticReport> {
  if (changedSince !== undefined) {
    const { changesSince } = await import("../../source/folder-changes.ts");
    const changed = changesSince(repo, changedSince);
    changed.catch(() => undefined); // it is awaited below
    const { judgeChangeSince } = await import("./judge-change-since.ts");
    const files = await judgeChangeSince(repo, { ref: changedSince, changed });
    if (files !== null) return { files, diagnostics: [] };
  }
  const { diagnoseFolder } = await import("./diagnose-folder.ts");
  return await diagnoseFolder(
    repo,
    changedSince === undefined ? null : await branchedFrom(repo, changedSince),
  );
}
