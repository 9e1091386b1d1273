import { resolve } from "node:path";
import type { PlanReport } from "@compline/core";
import { ExitCode } from "../exit-code.ts";
import { makePlan } from "./make-plan.ts";
import { printMarkdown } from "./markdown.ts";
import { printText } from "./text.ts";

/** How a plan is printed. */
export type PlanFormat = "text" | "json" | "markdown";

/** The flags of `compline plan`. */
export interface PlanOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly base?: string;
  readonly head?: string;
  readonly observed?: string;
  readonly output: PlanFormat;
  readonly exitCode?: true;
}

/** Prints what publishing would do. Reads only, and only from this machine. */
export async function plan({ output, exitCode, repo, ...request }: PlanOptions): Promise<ExitCode> {
  const { report } = await makePlan({ ...request, repo: resolve(repo) }, Date.now());
  process.stdout.write(`${print(report, output)}\n`);
  if (report.refused.length > 0) return ExitCode.findings;
  return exitCode === true && report.actions.length > 0 ? ExitCode.findings : ExitCode.clean;
}

function print(report: PlanReport, format: PlanFormat): string {
  if (format === "json") return JSON.stringify(report, null, 2);
  return format === "markdown" ? printMarkdown(report) : printText(report);
}
