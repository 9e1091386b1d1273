import { type DecisionFile, type DecisionTree, isDecisionPath } from "@compline/core";
import { type SourceFiles, treeLimits } from "./entry.ts";
import { runGit } from "./git-process.ts";
import { ObjectReader } from "./object-reader.ts";

/** What decisions are judged by, of files that were read. */
export function decisionTreeOf(
  { files }: Pick<SourceFiles, "files">,
  decisions: readonly DecisionFile[],
): DecisionTree {
  const partners = files.flatMap(({ path, text }): [string, string][] => {
    const name = partnerAt(path);
    return name === null ? [] : [[name, text]];
  });
  return { files: decisions, partners: new Map(partners) };
}

interface Listed {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
  readonly size: number;
}

/**
 * The same of a commit, below the folder; without partners when there are no decisions. An object that is too large is
 * not read: it reads as one byte too many.
 * Throws GIT_FAILED, GIT_OBJECT.
 */
export async function decisionsAt(folder: string, commit: string): Promise<DecisionTree> {
  const listed = listedIn(await runGit(folder, ["ls-tree", "-r", "-l", "-z", commit, "--", "sites"]));
  const decisions = listed.filter(({ path }) => isDecisionPath(path));
  if (decisions.length === 0) return { files: [], partners: new Map() };
  const objects = new ObjectReader(folder);
  try {
    const files = decisions.map(async (entry) => ({
      path: entry.path,
      bytes: await bytesOf(objects, entry),
    }));
    const partners = listed
      .filter(({ path }) => partnerAt(path) !== null)
      .map(async (entry): Promise<[string, string]> => {
        const bytes = (await bytesOf(objects, entry)) ?? new Uint8Array();
        return [partnerAt(entry.path) ?? "", Buffer.from(bytes).toString("utf8")];
      });
    return { files: await Promise.all(files), partners: new Map(await Promise.all(partners)) };
  } finally {
    objects.close();
  }
}

async function bytesOf(objects: ObjectReader, { mode, id, size }: Listed): Promise<Uint8Array | null> {
  if (!mode.startsWith("100")) return null;
  return size > treeLimits.fileBytes ? new Uint8Array(treeLimits.fileBytes + 1) : await objects.read(id);
}

/** `<mode> <type> <id> <size>\t<path>`, each ended by NUL. */
function listedIn(output: string): readonly Listed[] {
  return output
    .split("\0")
    .slice(0, -1)
    .map((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", , id = "", size = ""] = line.slice(0, tab).split(/ +/);
      return { path: line.slice(tab + 1), mode, id, size: Number(size) };
    });
}

function partnerAt(path: string): string | null {
  return /^sites\/([^/]+)\/partner\.yaml$/.exec(path)?.[1] ?? null;
}
