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

/** What was known last: nothing, that it answers, that it does not, or that it does not know this appliance. */
type State = "unknown" | "up" | "down" | "waiting";

/** A new one; it logs only when it changes, and calls `onAnswer` whenever a call came through. */
export function createConnection(
  log: Logger,
  waiting: readonly Wake[],
  onAnswer: () => void = () => {},
): Connection {
  let state: State = "unknown";
  let losses = 0;
  return {
    losses: () => losses,
    answered() {
      onAnswer();
      if (state === "up") return;
      if (state === "down") log.info("controller answers again");
      if (state === "waiting") log.info("enrolled");
      state = "up";
      for (const wake of waiting) wake.notify();
    },
    failed(error) {
      const next = stateAfter(error);
      if (next === null) throw error;
      if (next === state) return;
      if (state === "up" || state === "unknown") losses += 1;
      state = next;
      const { code, message: detail } = error as AgentError; // or there were no state after it
      if (next === "waiting") log.info({ code, detail }, "waiting for enrolment");
      else log.warn({ code, detail }, "controller does not answer; going on without it");
    },
  };
}

function stateAfter(error: unknown): "down" | "waiting" | null {
  if (!(error instanceof AgentError)) return null;
  if (error.code === "NOT_ENROLLED") return "waiting";
  return error.code.startsWith("CONTROLLER_") ? "down" : null;
}
