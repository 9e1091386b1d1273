import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ParsedFile } from "@compline/core";
import { type Config, readConfig, statePaths } from "../../config/config.ts";
import { heldPartners, knownRevisions, type LivePartner } from "../../reconcile/accept.ts";
import type { Before } from "../../reconcile/foresee.ts";
import { Loader } from "../../reconcile/load.ts";
import type { Published } from "../../reconcile/publish.ts";
import { publishedReader } from "../../reconcile/read-published.ts";
import { Mirror } from "../../source/mirror.ts";
import type { SourceFile } from "../../source/entry.ts";
import { layoutOf } from "../../start/layout.ts";
import type { Store } from "../../store/contract.ts";
import { openSqliteStore } from "../../store/sqlite-store.ts";
import { CliError } from "../failure.ts";

/** What the controller of a state folder has in force and has published. */
export interface PublishedState {
  readonly before: Before;
  /** The place of the source that the repository is. */
  readonly at: number;
  readonly source: string;
  /** The newest accepted revision of that source. */
  readonly revision: string;
  /** True for what `compline start` made: then identities are born here and not in the repository's files. */
  readonly demo: boolean;
}

/** What is read of a state folder, and for which repository. */
export interface PublishedQuery {
  readonly repo: string;
  readonly state: string | undefined;
  readonly parse: (file: SourceFile) => ParsedFile;
}

/**
 * Reads what is published, beside a running controller or without one; null when nothing was accepted yet. Writes
 * nothing and asks no source. Throws CONFIG_INVALID, STORE_VERSION, STORE_IO, GIT_FAILED, `CliError` (usage).
 */
export async function readPublished({ repo, state, parse }: PublishedQuery): Promise<PublishedState | null> {
  const layout = layoutOf(repo, state);
  const paths = statePaths(layout.controller);
  if (!existsSync(layout.controllerConfig) || !existsSync(paths.store)) return null;
  const { sources } = await readConfig(layout.controllerConfig);
  const at = placeOf(sources, [repo, layout.desired], layout.state);
  const source = sources[at];
  if (source === undefined) throw new Error("unreachable: a source was just found");
  const store = openSqliteStore(paths.store, "glance");
  try {
    const revision = knownRevisions(await store.acceptances(), source.name).library;
    if (revision === null) return null;
    const before = await readBefore(sources, { mirrors: paths.mirrors, store, parse });
    return { before, at, source: source.name, revision, demo: source.repository === layout.desired };
  } finally {
    await store.close();
  }
}

function placeOf(sources: Config["sources"], repositories: readonly string[], state: string): number {
  const at = sources.findIndex(({ repository }) => repositories.includes(repository));
  if (at >= 0) return at;
  if (sources.length === 1) return 0;
  throw new CliError(
    "usage",
    `${state} follows ${sources.length} sources and this folder is none of them; name what to compare with by --base`,
  );
}

interface Reading {
  readonly mirrors: string;
  readonly store: Store;
  readonly parse: (file: SourceFile) => ParsedFile;
}

async function readBefore(sources: Config["sources"], { mirrors, store, parse }: Reading): Promise<Before> {
  const acceptances = await store.acceptances();
  const live: LivePartner[][] = [];
  for (const address of sources) {
    const mirror = Mirror.attach(address, join(mirrors, `${address.name}.git`));
    try {
      const loader = new Loader(mirror, parse);
      live.push([...(await heldPartners({ mirror, loader }, knownRevisions(acceptances, address.name)))]);
    } finally {
      mirror.close();
    }
  }
  const published = await readAssignments(store);
  return { sources: live, published, owners: await store.owners() };
}

/** All are compared: each is read at once, so that its bytes are not kept. */
async function readAssignments(store: Store): Promise<Before["published"]> {
  const published = new Map<string, Published>();
  const read = publishedReader();
  for (const { appliance, digest, generation } of await store.latestAssignments()) {
    const stored = await store.assignment(digest);
    if (stored === null) continue;
    const assignment = read(stored.bytes);
    // Which key signs is not a matter of the plan: a new one is seen by the controller when it starts.
    published.set(appliance, { generation, current: true, read: () => assignment });
  }
  return published;
}
