/** Test support: the evidence that the running product keeps, as it comes. */
import { join } from "node:path";
import type { Observation } from "@compline/core";
import { nextBundle } from "../store/next-bundle.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";

/** What was looked for, and the position of the bundle that has it. */
export interface FoundEvidence<T> {
  readonly found: T;
  readonly position: number;
}

/** All that is kept, whoever signed it. */
export interface SignedEvidence {
  /** Of the last bundle. */
  position(): Promise<number>;
  /** Waits for the first bundle after a position in which `find` finds something; rejects after two minutes. */
  next<T>(after: number, find: (observation: Observation) => T | undefined): Promise<FoundEvidence<T>>;
  close(): Promise<void>;
}

const PATIENCE_MS = 110_000;

/** Opens the evidence below a state folder. */
export async function readEvidence(state: string): Promise<SignedEvidence> {
  const store = openSqliteStore(join(state, "controller/compline.db"), "read");
  return {
    position: () => store.position(),
    close: () => store.close(),
    next: async (after, find) => {
      const next = await nextBundle(store, { after, patienceMs: PATIENCE_MS }, (observation) =>
        observation === null ? undefined : find(observation),
      );
      if (next === null) throw new Error(`nothing of the kind came in ${PATIENCE_MS / 1000} s`);
      return { found: next.found, position: next.bundle.position };
    },
  };
}
