import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  bringsNothing,
  type ChangedFile,
  type FindFaults,
  isDecisionPath,
  structureOf,
  type Survey,
  surveyChange,
} from "@compline/core/change";
import { ObjectReader } from "../../source/object-reader.ts";
import type { SourceFile } from "../../source/entry.ts";
import { readFolderFile } from "../../source/folder.ts";
import { type ChangedPath, filesHolding } from "../../source/folder-changes.ts";
import { runGit } from "../../source/git-process.ts";
import { CliError } from "../failure.ts";
import { existingPaths } from "./existing-paths.ts";

/** What `changesSince` answers for a commit. */
export interface ChangesSince {
  readonly ref: string;
  readonly changed: Promise<readonly ChangedPath[] | null>;
}

/** With more files than this it is quicker to read all. */
const mostFiles = 500;

/**
 * Judges what differs between a commit and the folder, from as few files as that takes: how many were read, when the
 * change brings no finding, provided that the commit has no error; null when it may bring one, so that all files are to
 * be read. Throws `CliError` (usage) when there is no such commit to compare with, GIT_FAILED.
 */
export async function judgeChangeSince(repo: string, since: ChangesSince): Promise<number | null> {
  const changed = await since.changed.catch(async (error: unknown) => {
    throw (await whyUnknown(repo, since.ref)) ?? error;
  });
  if (changed === null || changed.length > mostFiles) return null;
  if (changed.some(({ path }) => bearsOnDecisions(repo, path))) return null;
  const files = await readSides(repo, changed);
  const survey = files === null ? null : surveyChange(files);
  if (files === null || survey === null) return null;
  const neighbours = await readNeighbours(repo, survey);
  if (neighbours === null || !bringsNothing(survey, neighbours, await faultFinder(survey))) return null;
  return new Set([...files, ...neighbours].map(({ path }) => path)).size;
}

/** A decision, or the key by which a partner's decisions are judged. */
function bearsOnDecisions(repo: string, path: string): boolean {
  if (isDecisionPath(path)) return true;
  const folder = /^(sites\/[^/]+\/)partner\.yaml$/.exec(path)?.[1];
  return folder !== undefined && existsSync(join(repo, folder, "decisions"));
}

/** What the user can do about a commit that is not here; null when it is here. */
async function whyUnknown(repo: string, ref: string): Promise<CliError | null> {
  const answer = async (...args: string[]) =>
    (await runGit(repo, ["rev-parse", ...args]).catch(() => "")).trim();
  if ((await answer("--is-inside-work-tree")) !== "true") {
    return new CliError(
      "usage",
      `${repo} is in no git repository, so --changed-since has nothing to compare with`,
    );
  }
  if ((await answer("--quiet", "--verify", "--end-of-options", `${ref}^{commit}`)) !== "") return null;
  const isShallow = (await answer("--is-shallow-repository")) === "true";
  const advice = isShallow
    ? "this clone is shallow: fetch more of its history (in GitHub Actions: fetch-depth: 0)"
    : "fetch it first";
  return new CliError(
    "usage",
    `--changed-since ${JSON.stringify(ref)} names no commit that is here; ${advice}`,
  );
}

/** Null when one of them is no text. */
async function readSides(
  repo: string,
  changed: readonly ChangedPath[],
): Promise<readonly ChangedFile[] | null> {
  const befores = await readBlobs(repo, changed);
  const files = changed.map(({ path, before, exists }, index) => {
    const after = exists ? readFolderFile(repo, path) : { text: null };
    return "text" in after
      ? [{ path, before: before === null ? null : (befores[index] ?? ""), after: after.text }]
      : [];
  });
  return files.every((file) => file.length === 1) ? files.flat() : null;
}

/** What is no text is none before the change: then it reads as a document that is broken. */
async function readBlobs(repo: string, changed: readonly ChangedPath[]): Promise<readonly string[]> {
  const objects = new ObjectReader(repo);
  try {
    return await Promise.all(
      changed.map(async ({ before }) =>
        before === null ? "" : (await objects.read(before)).toString("utf8"),
      ),
    );
  } finally {
    objects.close();
  }
}

async function readNeighbours(
  repo: string,
  { targets, searches }: Survey,
): Promise<readonly SourceFile[] | null> {
  const found = await Promise.all(
    searches.map(({ below, texts }) => filesHolding(repo, below, [...texts, "\\"])),
  );
  const paths = [...new Set([...existingPaths(repo, targets), ...found.flat()])];
  if (paths.length > mostFiles) return null;
  const files = paths.map((path) => readFolderFile(repo, path));
  const texts = files.flatMap((file) => ("text" in file ? [file] : []));
  return texts.length === files.length ? texts : null;
}

/** The expression language is loaded only for an expression that is new. */
async function faultFinder({ hasNewExpressions }: Survey): Promise<FindFaults> {
  return hasNewExpressions ? (await import("@compline/core")).buildGraph : structureOf;
}
