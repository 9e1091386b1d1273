import { CHECKPOINT_LENGTH, readCheckpoint } from "@compline/core/appliance";
import type { Logger } from "pino";
import { AgentError } from "../errors.ts";
import type { AgentStore, ToldCheckpoint } from "../store/agent-store.ts";

/**
 * Keeps the largest checkpoint of a log that the controller tells of. Every bundle says what it was, so a controller
 * that set its log back, or shows two histories, has signed what contradicts it. Nothing waits for it, and nothing
 * that it says stops anything here.
 */
export function takeCheckpoint(
  note: string,
  { store, log }: { readonly store: Pick<AgentStore, "checkpoint" | "saveCheckpoint">; readonly log: Logger },
): void {
  const read = note.length > CHECKPOINT_LENGTH ? null : readCheckpoint(Buffer.from(note));
  if (read?.ok !== true) return log.warn("the controller told of a checkpoint that is none");
  const { origin, size, root } = read.value;
  const kept = store.checkpoint();
  if (kept !== null && kept.origin === origin) {
    if (kept.note === note) return;
    if (size < kept.size || (size === kept.size && root !== kept.root))
      return log.error({ origin, size, kept: kept.size }, "the controller's log is not what it told before");
    if (size === kept.size) return;
  }
  save(store, { origin, size, root, note });
}

function save(store: Pick<AgentStore, "saveCheckpoint">, told: ToldCheckpoint): void {
  try {
    store.saveCheckpoint(told);
  } catch (error) {
    // A full disk: the one before stays, which is true, too.
    if (!(error instanceof AgentError) || error.code !== "STATE_FULL") throw error;
  }
}
