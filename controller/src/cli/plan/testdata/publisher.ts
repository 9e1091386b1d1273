import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Assignment } from "@compline/schemas";
import { loadAssignmentKey } from "../../../config/assignment-key.ts";
import { statePaths } from "../../../config/config.ts";
import type { Log } from "../../../log.ts";
import { Loader } from "../../../reconcile/load.ts";
import { Publications } from "../../../reconcile/publications.ts";
import { Reconciler } from "../../../reconcile/reconciler.ts";
import { Mirror } from "../../../source/mirror.ts";
import { openSqliteStore } from "../../../store/sqlite-store.ts";
import { reconcilerPorts } from "../../../testdata/reconciler.ts";

/** What a controller did in one pass. */
export interface Pass {
  /** The actions in words, as it logs them. */
  readonly applied: readonly string[];
  /** What is in force afterwards, by the appliance's ULID. */
  readonly inForce: ReadonlyMap<string, Assignment>;
}

/** A real controller's reconciler in a state folder laid out as `compline start` does it, without HTTP and portal. */
export interface Publisher {
  /** What `--state` names. */
  readonly state: string;
  pass(nowMs: number): Promise<Pass>;
  /** Ends it; the state folder stays. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** Opens one that follows the branch `main` of these repositories; nothing is accepted yet. */
export async function openPublisher(...repositories: readonly string[]): Promise<Publisher> {
  const state = await mkdtemp(join(tmpdir(), "compline-plan-"));
  const controller = join(state, "controller");
  const paths = statePaths(controller);
  await mkdir(controller);
  const addresses = repositories.map((repository, at) => ({ name: `source-${at}`, repository, branch: "main" }));
  const config = { schemaVersion: "1", state: controller, host: "127.0.0.1", port: 0, sources: addresses };
  await writeFile(join(controller, "config.json"), JSON.stringify(config));
  const mirrors = await Promise.all(
    addresses.map((address) => Mirror.open(address, join(paths.mirrors, `${address.name}.git`))),
  );
  const store = openSqliteStore(paths.store, "write");
  const publications = new Publications();
  let [nowMs, applied]: [number, readonly string[]] = [0, []];
  const reconciler = new Reconciler(
    reconcilerPorts({
      sources: mirrors.map((mirror) => ({ mirror, loader: new Loader(mirror) })),
      store,
      key: await loadAssignmentKey(paths.assignmentKey),
      publications,
      clock: () => nowMs,
      log: logOf((plan) => {
        applied = plan;
      }),
    }),
  );
  const stop = async (): Promise<void> => {
    for (const mirror of mirrors) mirror.close();
    await store.close().catch(() => undefined);
  };
  return {
    state,
    pass: async (at) => {
      [nowMs, applied] = [at, []];
      await reconciler.pass();
      const appliances = [...(reconciler.world()?.enrolments.keys() ?? [])];
      const latest = appliances.flatMap((id) => publications.latest(id) ?? []);
      const all = await Promise.all(latest.map(({ digest }) => store.assignment(digest)));
      const inForce = all.flatMap((stored) => {
        return stored === null ? [] : [[stored.appliance, JSON.parse(Buffer.from(stored.bytes).toString("utf8")) as Assignment] as const];
      });
      return { applied, inForce: new Map(inForce) };
    },
    stop,
    remove: async () => {
      await stop();
      await rm(state, { recursive: true });
    },
  };
}

/** A log that hands on the plan which the reconciler says it applied. */
function logOf(applied: (plan: readonly string[]) => void): Log {
  const info = (said: { readonly plan?: readonly string[] }): void => {
    if (said.plan !== undefined) applied(said.plan);
  };
  return { info, warn: () => undefined } as unknown as Log; // all that a reconciler calls
}
