import { AgentError } from "../errors.ts";
import { isReason } from "../state/decision-file.ts";
import { type Decision, readDecision, writeDecision } from "../state/suspension.ts";
import { readFolder } from "./folder.ts";

/** What a person decides, and why. */
export interface SuspendOptions {
  readonly suspended: boolean;
  readonly reason: string;
  /** Now, UTC. */
  readonly at: string;
}

/**
 * Stops healing on the box, or lets it go on. Durable when it returns, whether an agent runs or not; a running one
 * notices at once. What was decided before stays as it is when it is the same.
 * @throws AgentError CONFIG_INVALID when the folder is no appliance's or the reason is not one line of text
 */
export function decide(folder: string, { suspended, reason, at }: SuspendOptions): string {
  const { name } = readFolder(folder);
  if (!isReason(reason)) {
    throw new AgentError("CONFIG_INVALID", "--reason: expected one line of 1 to 200 printable characters");
  }
  const before = readDecision(folder);
  if (before !== null && before.suspended === suspended) return `${name} ${already(before)}`;
  if (before === null && !suspended) return `${name} is not suspended`;
  writeDecision(folder, { suspended, since: at, reason });
  return suspended ? `${name} ${SUSPENDED}` : `${name} ${RESUMED}`;
}

const SUSPENDED = `is suspended from now on: it looks, signs and reports, and heals nothing.
A heal that has begun is brought to its end. The agent signs the event when it next runs, or at once.`;

const RESUMED =
  "goes on: it heals again within its limits. The agent signs the event first: at once, or when it next runs.";

function already({ suspended, since, reason }: Decision): string {
  return `${suspended ? "is suspended already" : "was resumed already"}, since ${since}: ${reason}`;
}
