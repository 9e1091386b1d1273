import type { Logger } from "pino";
import { AgentError } from "../errors.ts";
import type { KeyPair } from "../state/identity.ts";
import type { Keys } from "../state/keys.ts";

/** How often it is asked for. */
const EVERY_MS = 30_000;

/** What asking is wired to. */
export interface ReviewPorts {
  readonly keys: Pick<Keys, "pending" | "candidate" | "settle">;
  /** A request by a key of its own. @throws AgentError NOT_ENROLLED when git does not have it */
  readonly askBy: (key: KeyPair, signal: AbortSignal) => Promise<unknown>;
  readonly monotonic: () => number;
  /** Called when git has the key. */
  readonly onSettled: () => void;
  readonly log: Logger;
}

/** Waits for the review of a new key. */
export interface Review {
  /**
   * Asks now and then whether git has it, by a request that it signs. Only once everything by the key before is with the controller, for
   * that takes nothing by it any more from then on. @throws AgentError CONTROLLER_*
   */
  ask(signal: AbortSignal): Promise<void>;
}

/** A new one, which asks at once. */
export function createReview({ keys, askBy, monotonic, onSettled, log }: ReviewPorts): Review {
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    async ask(signal) {
      const pending = keys.pending();
      const key = keys.candidate();
      if (pending === null || key === null || pending.unsent > 0 || monotonic() - askedAt < EVERY_MS) return;
      askedAt = monotonic();
      try {
        await askBy(key, signal);
      } catch (error) {
        if (error instanceof AgentError && error.code === "NOT_ENROLLED") return;
        throw error;
      }
      keys.settle();
      log.warn(
        { publicKey: key.publicKey, epoch: pending.epoch },
        "new key is in force; the one before is deleted",
      );
      onSettled();
    },
  };
}
