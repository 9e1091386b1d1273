/** Test support: the evidence that the running product keeps, as it comes. */
import { join } from "node:path";
import { isObservation, type Observation, readEnvelope } from "@compline/core";
import { nodeSha256 } from "../crypto.ts";
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
const LOOK_EVERY_MS = 100;

/** Opens the evidence below a state folder. */
export async function readEvidence(state: string): Promise<SignedEvidence> {
  const store = openSqliteStore(join(state, "controller/compline.db"), "read");
  return {
    position: () => store.position(),
    close: () => store.close(),
    next: async (after, find) => {
      const until = performance.now() + PATIENCE_MS;
      for (let position = after; performance.now() < until; ) {
        for (const bundle of await store.bundlesSince(position, 100)) {
          position = bundle.position;
          const found = find(observationOf(bundle.bytes));
          if (found !== undefined) return { found, position };
        }
        await new Promise((next) => setTimeout(next, LOOK_EVERY_MS));
      }
      throw new Error(`nothing of the kind came in ${PATIENCE_MS / 1000} s`);
    },
  };
}

function observationOf(bytes: Uint8Array): Observation {
  const read = readEnvelope(bytes, nodeSha256);
  if (!read.ok) throw new Error(`a bundle that cannot be read is kept: ${read.code}`);
  const { predicate } = read.statement;
  if (!isObservation(predicate)) throw new Error(`a bundle of the kind ${predicate.kind}`);
  return predicate;
}
