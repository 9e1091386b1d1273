import { isObservation, type Observation, readEnvelope } from "@compline/core";
import { nodeSha256 } from "../crypto.ts";
import type { EvidenceStore, StoredBundle } from "./contract.ts";

const LOOK_EVERY_MS = 100;
const PAGE = 100;

/** What was looked for, and the bundle that has it. */
export interface FoundBundle<T> {
  readonly found: T;
  readonly bundle: StoredBundle;
}

/**
 * Waits for the first bundle after a position in which `find` finds something; null when none came in time. `find` is
 * given each bundle's observation once, in the order in which they were kept, and null for an event.
 */
export async function nextBundle<T>(
  store: Pick<EvidenceStore, "bundlesSince">,
  { after, patienceMs }: { readonly after: number; readonly patienceMs: number },
  find: (observation: Observation | null, bundle: StoredBundle) => T | undefined,
): Promise<FoundBundle<T> | null> {
  const until = performance.now() + patienceMs;
  let position = after;
  for (;;) {
    for (const bundle of await store.bundlesSince(position, PAGE)) {
      position = bundle.position;
      const found = find(observationOf(bundle), bundle);
      if (found !== undefined) return { found, bundle };
    }
    if (performance.now() >= until) return null;
    // The store is another process's: nothing tells that it grew.
    await new Promise((next) => setTimeout(next, LOOK_EVERY_MS));
  }
}

function observationOf({ bytes }: StoredBundle): Observation | null {
  const read = readEnvelope(bytes, nodeSha256);
  if (!read.ok) throw new Error(`unreachable: the store keeps a bundle that cannot be read (${read.code})`);
  const { predicate } = read.statement;
  return isObservation(predicate) ? predicate : null;
}
