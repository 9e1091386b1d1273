import type { AgentStore, BundleCommit } from "../store/agent-store.ts";
import type { Envelope } from "../store/outbox.ts";
import { markAt } from "./time-mark.ts";

/** Puts envelopes behind the last of the chain and moves its head, with nothing else that a bundle changes but `more`. */
export function commitEnvelopes(
  store: AgentStore,
  envelopes: readonly Envelope[],
  more: Partial<BundleCommit> = {},
): void {
  const head = store.head();
  const after = { ...head, seq: head.seq + envelopes.length };
  store.commitBundle({
    envelopes,
    assignment: "a".repeat(64),
    head: after,
    map: null,
    time: markAt(1),
    attempts: [],
    attachments: [],
    event: null,
    ...more,
  });
}
