import type { LabReport } from "@compline/schemas";
import { runGit } from "../source/git-process.ts";
import { ControllerError } from "../errors.ts";
import { labReportPath } from "@compline/core";

/** Which commit a folder stands on, and whether what the lab tries differs from it. */
export async function readRevision(folder: string): Promise<Pick<LabReport, "revision" | "edited">> {
  try {
    const revision = (await runGit(folder, ["rev-parse", "HEAD"])).trim();
    const tried = ["policies", "runbooks", "agent/src", "controller/src", "core/src"];
    const changed = await runGit(folder, ["status", "--porcelain", "--", ...tried, `:!${labReportPath}`]);
    return { revision, edited: changed !== "" };
  } catch (error) {
    if (error instanceof ControllerError) return { revision: null, edited: true };
    throw error;
  }
}
