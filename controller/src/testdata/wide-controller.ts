import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAssignmentKey } from "../config/assignment-key.ts";
import { statePaths } from "../config/config.ts";
import { Loader } from "../reconcile/load.ts";
import { Publications } from "../reconcile/publications.ts";
import { Reconciler } from "../reconcile/reconciler.ts";
import { Mirror } from "../source/mirror.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { DesiredFiles } from "./desired.ts";
import { type Width, wideTree, writeTree } from "./wide-tree.ts";
import { reconcilerPorts } from "./reconciler.ts";

/** A committed wide tree, and a state folder laid out as `compline start` does it. */
export interface WideState {
  readonly repository: TestRepository;
  /** What `--state` names. */
  readonly state: string;
  /** The controller's own folder in it; its config.json listens on any free port. */
  readonly controller: string;
  readonly remove: () => Promise<void>;
}

/** Makes repository and state folder for a wide tree; nothing is accepted yet. */
export async function makeWideState(width: Width): Promise<WideState> {
  return await makeStateOf(await wideTree(width));
}

/** Makes repository and state folder for these files; nothing is accepted yet. */
export async function makeStateOf(files: DesiredFiles): Promise<WideState> {
  const repository = await makeRepository();
  writeTree(repository.folder, files);
  await repository.commit({});
  const state = await mkdtemp(join(tmpdir(), "compline-bench-"));
  const controller = join(state, "controller");
  await mkdir(controller);
  const sources = [{ name: "main", repository: repository.folder, branch: "main" }];
  const config = { schemaVersion: "1", state: controller, host: "127.0.0.1", port: 0, sources };
  await writeFile(join(controller, "config.json"), JSON.stringify(config));
  const remove = async (): Promise<void> => {
    await repository.remove();
    await rm(state, { recursive: true });
  };
  return { repository, state, controller, remove };
}

/** The part of a controller that goes from a commit to signed assignments, without HTTP and portal. */
export interface WideReconciler {
  readonly reconciler: Reconciler;
  readonly publications: Publications;
  readonly close: () => Promise<void>;
}

/** Opens it on a wide state; nothing was looked at yet. */
export async function openReconciler({ repository, controller }: WideState): Promise<WideReconciler> {
  const paths = statePaths(controller);
  const address = { name: "main", repository: repository.folder, branch: "main" };
  const mirror = await Mirror.open(address, join(paths.mirrors, "main.git"));
  const store = openSqliteStore(paths.store, "write");
  const publications = new Publications();
  const reconciler = new Reconciler(
    reconcilerPorts({
      sources: [{ mirror, loader: new Loader(mirror) }],
      store,
      key: await loadAssignmentKey(paths.assignmentKey),
      publications,
      clock: Date.now,
    }),
  );
  const close = async (): Promise<void> => {
    mirror.close();
    await store.close();
  };
  return { reconciler, publications, close };
}
