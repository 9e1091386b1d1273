import { renewalDueMs } from "@compline/core";
import type { AssignmentEntry } from "../store/contract.ts";

/** An assignment that may be served, and from when on (milliseconds of the epoch) it is to be renewed. */
export interface LatestAssignment extends AssignmentEntry {
  readonly renewalDueMs: number;
}

/** What is kept in memory of an assignment. Every pass asks for every one of them, so no time is read anew. */
export function latestAssignment(entry: AssignmentEntry): LatestAssignment {
  const { digest, keyid, appliance, site, generation, revision, issuedAt, healUntil } = entry;
  const kept = { digest, keyid, appliance, site, generation, revision, issuedAt, healUntil };
  return { ...kept, renewalDueMs: renewalDueMs(entry) };
}

/** The published assignment of each appliance, and a way to wait for the next one. */
export class Publications {
  readonly #latest = new Map<string, AssignmentEntry>();
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Replaces all of them, and wakes whoever waits for an appliance that has another one than before. */
  replace(assignments: readonly AssignmentEntry[]): void {
    const before = new Map(this.#latest);
    this.#latest.clear();
    for (const assignment of assignments) this.#latest.set(assignment.appliance, assignment);
    for (const { appliance, digest } of assignments) {
      if (before.get(appliance)?.digest !== digest) this.#wake(appliance);
    }
  }

  /** The one in force for an appliance (by ULID), or null. */
  latest(appliance: string): AssignmentEntry | null {
    return this.#latest.get(appliance) ?? null;
  }

  /**
   * Waits until the appliance has another assignment than `have`, or until the signal. Answers at once when it has.
   */
  async waitForOther(
    appliance: string,
    have: string | null,
    signal: AbortSignal,
  ): Promise<AssignmentEntry | null> {
    for (;;) {
      const latest = this.latest(appliance);
      if (signal.aborted || (latest !== null && latest.digest !== have)) return latest;
      await this.#next(appliance, signal);
    }
  }

  #next(appliance: string, signal: AbortSignal): Promise<void> {
    const waiting = this.#waiting.get(appliance) ?? new Set();
    this.#waiting.set(appliance, waiting);
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener("abort", done);
        waiting.delete(done);
        resolve();
      };
      signal.addEventListener("abort", done);
      waiting.add(done);
    });
  }

  #wake(appliance: string): void {
    for (const done of this.#waiting.get(appliance) ?? []) done();
  }
}
