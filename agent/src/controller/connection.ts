import type { Logger } from "pino";
import { AgentError } from "../errors.ts";
import type { Wake } from "../wake.ts";

/** Whether the controller answers, as all loops that talk to it see it together. */
export interface Connection {
  /** A call came through: whoever waits for the controller tries again at once. */
  answered(): void;
  /** A call failed. Rethrows what is no fault of the controller or the way to it. */
  failed(error: unknown): void;
}

/** A new one; it logs only when it changes, and calls `onAnswer` whenever a call came through. */
export function createConnection(
  log: Logger,
  waiting: readonly Wake[],
  onAnswer: () => void = () => {},
): Connection {
  let up: boolean | null = null;
  return {
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
      up = false;
    },
  };
}
