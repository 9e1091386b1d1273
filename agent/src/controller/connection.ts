import type { Logger } from "pino";
import { AgentError } from "../errors.ts";
import type { Wake } from "../wake.ts";

/** Whether the controller answers, as all loops that talk to it see it together. */
export interface Connection {
  /** A call came through: whoever waits for the controller tries again at once. */
  answered(): void;
  /** A call failed. Rethrows what is no fault of the controller or the way to it. */
  failed(error: unknown): void;
  /** How often it was lost: whoever comes back may be another state of the controller. */
  losses(): number;
}

/** A new one; it logs only when it changes, and calls `onAnswer` whenever a call came through. */
export function createConnection(
  log: Logger,
  waiting: readonly Wake[],
  onAnswer: () => void = () => {},
): Connection {
  let up: boolean | null = null;
  let losses = 0;
  return {
    losses: () => losses,
    answered() {
      onAnswer();
      if (up === true) return;
      if (up === false) log.info("controller answers again");
      up = true;
      for (const wake of waiting) wake.notify();
    },
    failed(error) {
      if (!(error instanceof AgentError) || !error.code.startsWith("CONTROLLER_")) throw error;
      if (up !== false)
        log.warn(
          { code: error.code, detail: error.message },
          "controller does not answer; going on without it",
        );
      if (up !== false) losses += 1;
      up = false;
    },
  };
}
