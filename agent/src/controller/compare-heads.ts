import type { Logger } from "pino";
import type { Signing } from "../evidence/signing.ts";
import type { AgentStore } from "../store/agent-store.ts";
import type { ChainPlace } from "../store/outbox.ts";
import type { ControllerClient } from "./client.ts";

/** What comparing is wired to. */
export interface ComparePorts {
  readonly store: Pick<AgentStore, "head" | "resendAfter">;
  readonly client: Pick<ControllerClient, "fetchHead">;
  readonly signing: Signing;
  readonly log: Logger;
}

/**
 * Asks the controller how far it has this chain. When that is further than the box itself, the state folder is an old
 * backup or a copy: signing on would fork the chain, so it stops. When it is less, what it lacks is sent again.
 * @throws AgentError CONTROLLER_*
 */
export async function compareHeads(ports: ComparePorts, signal: AbortSignal): Promise<void> {
  const { store, client, signing, log } = ports;
  const theirs = await client.fetchHead(signal);
  const { epoch, seq } = store.head();
  const isSetBack = theirs !== null && isAfter(theirs, { epoch, seq });
  if (signing.put("CHAIN_SET_BACK", isSetBack)) {
    if (isSetBack) log.error({ epoch, seq, theirs }, "controller has more of this chain; nothing is signed");
    else
      log.warn({ epoch, seq, theirs }, "controller has no more of this chain than this box; signing goes on");
  }
  const again = store.resendAfter(theirs);
  if (again > 0) log.warn({ again, theirs }, "controller lacks evidence that it had; it is sent again");
}

function isAfter(a: ChainPlace, b: ChainPlace): boolean {
  return a.epoch > b.epoch || (a.epoch === b.epoch && a.seq > b.seq);
}
