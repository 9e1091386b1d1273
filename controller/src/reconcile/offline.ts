import { join } from "node:path";
import type { LogView, ResultView, Snapshot, StatusView } from "@compline/core";
import type { Clock } from "../clock.ts";
import { type Config, readConfig, statePaths } from "../config/config.ts";
import { Mirror } from "../source/mirror.ts";
import type { Condition, Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { logViewOf } from "../transparency/log-view.ts";
import { heldPartners, knownRevisions, type LivePartner } from "./accept.ts";
import { ChainBook } from "./chain-book.ts";
import { Loader } from "./load.ts";
import { NoticeFile } from "./notices.ts";
import { type PortalAge, portalAge } from "./portal-age.ts";
import { SnapshotMaker } from "./snapshot-maker.ts";

/** What is in force by a controller's folder, read without the controller and beside it. */
export interface InForce {
  readonly config: Config;
  /** Open for reading only. */
  readonly store: Store;
  /** The partners in force at their accepted revisions. */
  readonly partners: readonly LivePartner[];
  close(): Promise<void>;
}

/** What a controller's folder says of all of it. */
export interface OfflineState extends InForce {
  /** As they were when the controller last looked. */
  readonly conditions: readonly Condition[];
  /** Of the first partner by name, which the portal shows; as of now, null while none is in force. */
  readonly status: StatusView | null;
  readonly portal: PortalAge;
  /** Of any partner in force, as of now; null when it is not. Throws STORE_IO. */
  statusOf(partner: string): Promise<StatusView | null>;
  /** The log of any partner in force; null when it has none, or the partner is not. Throws STORE_IO. */
  logOf(partner: string): Promise<LogView | null>;
  /** Of the first partner, with evidence, assignments and trust file. Throws STORE_IO. */
  snapshot(): Promise<Snapshot | null>;
}

/**
 * Opens a controller's folder for reading: nothing in it is written, no source is asked.
 * Throws CONFIG_INVALID, STORE_MISSING, STORE_VERSION, STORE_IO, GIT_FAILED.
 */
export async function openInForce(state: string): Promise<InForce> {
  return await openWith(state, async ({ config, store, paths }) => ({
    config,
    store,
    partners: await readPartners(config, paths.mirrors, store),
    close: () => store.close(),
  }));
}

/**
 * {@link openInForce}, and how everything is now; statuses list the results that are `wanted`, or all. Throws what that
 * does.
 */
export async function openOffline(
  state: string,
  clock: Clock,
  wanted?: (result: ResultView) => boolean,
): Promise<OfflineState> {
  return await openWith(state, async ({ config, store, paths }) => {
    const conditions = await store.conditions();
    const notices = new NoticeFile(paths.notices);
    const world: { partners: readonly LivePartner[] } = { partners: [] };
    const book = new ChainBook(store);
    const maker = new SnapshotMaker({ store, book, notices, clock, world: () => ({ ...world, conditions }) });
    // Evidence is read while git looks for the trees.
    const [partners] = await Promise.all([readPartners(config, paths.mirrors, store), book.update()]);
    world.partners = partners;
    const status = await maker.status(undefined, wanted);
    const portal = await portalAge(paths.portal, { store, revision: status?.revision ?? null });
    return {
      config,
      store,
      partners,
      conditions,
      status,
      portal,
      statusOf: (partner) => maker.status(partner, wanted),
      logOf: async (name) => {
        const partner = partners.find((one) => one.name === name);
        return partner === undefined ? null : await logViewOf(partner, store);
      },
      snapshot: () => maker.make(),
      close: () => store.close(),
    };
  });
}

interface Opened {
  readonly config: Config;
  readonly store: Store;
  readonly paths: ReturnType<typeof statePaths>;
}

/** What is made of an open store; one that nothing can be made of is closed. */
async function openWith<T>(state: string, make: (opened: Opened) => Promise<T>): Promise<T> {
  const config = await readConfig(join(state, "config.json"));
  const paths = statePaths(state);
  const store = openSqliteStore(paths.store, "read");
  try {
    return await make({ config, store, paths });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function readPartners(config: Config, mirrors: string, store: Store): Promise<readonly LivePartner[]> {
  const acceptances = await store.acceptances();
  const bySource = await Promise.all(
    config.sources.map(async (address) => {
      const mirror = Mirror.attach(address, join(mirrors, `${address.name}.git`));
      try {
        return await heldPartners(
          { mirror, loader: new Loader(mirror) },
          knownRevisions(acceptances, address.name),
        );
      } finally {
        mirror.close();
      }
    }),
  );
  return bySource.flat();
}
