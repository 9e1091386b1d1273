import type { Logger } from "pino";
import type { AgentStore } from "../store/agent-store.ts";
import type { ControllerClient } from "./client.ts";

/** What giving back is wired to. */
export interface GiveBackPorts {
  readonly store: Pick<AgentStore, "assignmentsToSend" | "assignmentOf">;
  readonly client: Pick<ControllerClient, "hasAssignment" | "giveAssignment">;
  readonly log: Logger;
}

/**
 * Gives the controller assignments back that it signed and does not have any more, because it was set back to an old
 * copy: those that the bundles name which it is sent next, for no verifier knows them unless its trust file does. What
 * the controller does not take holds nothing up. Throws AgentError CONTROLLER_*.
 */
export async function giveBackAssignments(
  { store, client, log }: GiveBackPorts,
  signal: AbortSignal,
): Promise<void> {
  for (const digest of store.assignmentsToSend()) {
    if (await client.hasAssignment(digest, signal)) continue;
    const assignment = store.assignmentOf(digest);
    if (assignment === null) continue;
    const code = await client.giveAssignment(assignment, signal);
    if (code === null)
      log.warn({ digest }, "controller lacked an assignment that it had signed; it has it again");
    else log.error({ digest, code }, "controller lacks an assignment, and does not take it back");
  }
}
