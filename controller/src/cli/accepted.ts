import { existsSync } from "node:fs";
import { join } from "node:path";
import { readConfig, statePaths } from "../config/config.ts";
import { readTree, type SourceFiles } from "../source/tree.ts";
import { layoutOf } from "../start/layout.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";

/** The revision that the controller accepted last, and its files. */
export interface AcceptedTree {
  readonly revision: string;
  readonly tree: SourceFiles;
}

/** Reads what the controller of a state folder accepted last; null when nothing was accepted, or nothing ran yet. */
export async function readAccepted(repo: string, state: string | undefined): Promise<AcceptedTree | null> {
  const layout = layoutOf(repo, state);
  const paths = statePaths(layout.controller);
  if (!existsSync(layout.controllerConfig) || !existsSync(paths.store)) return null;
  const revision = await newestRevision(paths.store);
  const [source] = (await readConfig(layout.controllerConfig)).sources;
  if (revision === null || source === undefined) return null;
  return { revision, tree: await readTree(join(paths.mirrors, `${source.name}.git`), revision) };
}

async function newestRevision(path: string): Promise<string | null> {
  const store = openSqliteStore(path, "read");
  try {
    return (await store.acceptances()).at(-1)?.revision ?? null;
  } finally {
    await store.close();
  }
}
