import type { Logger } from "pino";
import { wait } from "../clock.ts";
import { acceptAssignment, type AcceptedAssignment } from "../assignment/accept.ts";
import type { Wake } from "../wake.ts";
import type { ControllerClient } from "./client.ts";
import type { Connection } from "./connection.ts";
import type { Backoff } from "./retry.ts";

/** The least time between two requests, whatever the controller answers. */
const LEAST_GAP_MS = 500;

/** What the poller is wired to. */
export interface PollerPorts {
  readonly client: ControllerClient;
  readonly connection: Connection;
  readonly backoff: Backoff;
  readonly wake: Wake;
  readonly log: Logger;
  readonly controllerKey: string;
  readonly appliance: string;
  /** The newest assignment that was accepted. */
  readonly current: () => AcceptedAssignment | null;
  readonly onAccepted: (accepted: AcceptedAssignment) => void;
}

/** Asks for the assignment, again and again; what comes is judged before anybody sees it. */
export async function runPoller(ports: PollerPorts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const good = await pollOnce(ports, signal);
      ports.connection.answered();
      if (good) {
        ports.backoff.reset();
        await wait(LEAST_GAP_MS, signal);
        continue;
      }
    } catch (error) {
      if (signal.aborted) return;
      ports.connection.failed(error);
    }
    await ports.backoff.pause(ports.wake, signal);
  }
}

/** False when an assignment came that is not obeyed: asking again at once would bring the same. */
async function pollOnce(ports: PollerPorts, signal: AbortSignal): Promise<boolean> {
  const { appliance, controllerKey, log } = ports;
  const current = ports.current();
  // After repinning even the same assignment is awaited: signed by the key that is pinned now.
  const have = current === null || current.repinned ? null : current.digest;
  const offered = await ports.client.fetchAssignment(have, signal);
  if (offered === null || offered.digest === have) return true;
  const result = await acceptAssignment(offered, { controllerKey, appliance, current });
  if (result.ok) {
    ports.onAccepted(result.accepted);
    return true;
  }
  const { code, detail } = result;
  log.error({ code, detail, digest: offered.digest }, "assignment refused; the last good one stays in force");
  return false;
}
