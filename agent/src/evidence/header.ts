import type { HeaderInput, Observation } from "@compline/core/appliance";
import type { Provenance } from "../provenance.ts";
import type { Clock } from "../clock.ts";
import type { AgentStore, ChainHead } from "../store/agent-store.ts";

/** Where a bundle of this chain goes: `index` bundles after the first one behind `before`. */
export interface Place {
  readonly before: ChainHead;
  readonly index: number;
  readonly prev: string | null;
}

/** What every bundle is about. */
export interface Subject {
  readonly site: string;
  readonly policy: Observation["policy"];
}

/** What a bundle's header is taken from. */
export interface HeaderPorts {
  readonly identity: { readonly id: string };
  readonly clock: Clock;
  readonly provenance: Provenance;
  readonly store: Pick<AgentStore, "checkpoint">;
}

/** The members that every bundle of an appliance has. */
export function headerOf(
  ports: HeaderPorts,
  { site, policy }: Subject,
  { before, index, prev }: Place,
): HeaderInput {
  return {
    site,
    chain: { id: ports.identity.id, epoch: before.epoch, seq: before.seq + 1 + index, prev },
    software: ports.provenance.software,
    policy,
    clock: {
      // Nothing here asks the kernel whether the clock is disciplined, so nothing is claimed.
      source: "none",
      offsetMs: null,
      uncertaintyMs: null,
      lastSyncAt: null,
      bootId: ports.provenance.bootId,
      monotonicMs: ports.clock.monotonic(),
    },
    seen: { checkpoint: seenOf(ports.store), block: null },
  };
}

function seenOf(store: Pick<AgentStore, "checkpoint">): Observation["seen"]["checkpoint"] {
  const told = store.checkpoint();
  return told === null ? null : { origin: told.origin, size: told.size, root: told.root };
}
