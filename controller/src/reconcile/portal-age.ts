import type { Store } from "../store/contract.ts";
import { type BuildStamp, readBuilds } from "./portal-builds.ts";

/** What the newest portal shows, and whether that is still the state. */
export interface PortalAge {
  /** Null while there is no complete build. */
  readonly shown: BuildStamp | null;
  /** Since when there is something it does not show: an accepted revision or a bundle. Null when it shows all. */
  readonly behindSince: string | null;
  /** The state whose build failed, when the newest attempt did; its reason is in the controller's log. */
  readonly failed: BuildStamp | null;
}

/** Reads it from the folder of the builds. Throws STORE_IO. */
export async function portalAge(
  folder: string,
  { store, revision }: { readonly store: Store; readonly revision: string | null },
): Promise<PortalAge> {
  const { shown, failed } = await readBuilds(folder);
  if (shown === null) return { shown, behindSince: null, failed };
  const [next] = await store.bundlesSince(shown.position, 1);
  const since = [next?.receivedAt, await acceptedAt(store, revision, shown)];
  return { shown, behindSince: since.flatMap((at) => at ?? []).toSorted()[0] ?? null, failed };
}

async function acceptedAt(
  store: Store,
  revision: string | null,
  shown: BuildStamp,
): Promise<string | undefined> {
  if (revision === null || revision === shown.revision) return undefined;
  return (await store.acceptances()).findLast((one) => one.revision === revision)?.acceptedAt;
}
