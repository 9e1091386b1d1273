import type { Logger } from "pino";
import type { AgentStore } from "../store/agent-store.ts";
import type { Wake } from "../wake.ts";
import type { ControllerClient } from "./client.ts";
import type { Connection } from "./connection.ts";
import type { Backoff } from "./retry.ts";

/** How long an empty outbox is left alone when nobody says that there is a bundle. */
const IDLE_MS = 60_000;

/** What the sender is wired to. */
export interface SenderPorts {
  readonly store: AgentStore;
  readonly client: ControllerClient;
  readonly connection: Connection;
  readonly backoff: Backoff;
  readonly wake: Wake;
  readonly log: Logger;
  /** Called when everything was sent. */
  readonly onEmpty: () => void;
}

/**
 * Sends what is in the outbox in the order of the chain, for ever and as often as it takes. What the API refuses is
 * kept aside and does not hold up the rest.
 */
export async function runSender(ports: SenderPorts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const envelope = ports.store.nextEnvelope();
    if (envelope === null) {
      await ports.wake.sleep(IDLE_MS, signal);
      continue;
    }
    try {
      const result = await ports.client.sendEvidence(envelope, signal);
      if (result.kind === "kept") ports.store.acknowledge(envelope.digest);
      else setAside(ports, envelope.digest, result.code);
      ports.backoff.reset();
      ports.connection.answered();
      if (ports.store.outbox().waiting === 0) ports.onEmpty();
    } catch (error) {
      if (signal.aborted) return;
      ports.connection.failed(error);
      await ports.backoff.pause(ports.wake, signal);
    }
  }
}

function setAside({ store, log }: SenderPorts, digest: string, code: string): void {
  store.setAside(digest, code);
  log.error(
    { digest, code, refused: store.outbox().refused },
    "bundle refused by the evidence API and kept aside",
  );
}
