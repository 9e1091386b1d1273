import { existsSync } from "node:fs";
import { join } from "node:path";
import { AgentError } from "../errors.ts";
import { openIdentity } from "../state/identity.ts";
import { readStatus } from "../state/saved-status.ts";
import { readDecision } from "../state/suspension.ts";
import { pendingIn } from "../state/keys.ts";
import { createStore } from "../store/agent-store.ts";
import { openDatabase } from "../store/database.ts";
import { quotaOf } from "../store/room.ts";
import { readFolder } from "./folder.ts";
import { type BoxStatus, printStatus, type StoredState } from "./status-text.ts";

/** One that is just starting must not be taken for none, nor be kept waiting. */
const PROBE_MS = 200;

/**
 * What this box is doing, as text. While an agent runs it is what that one last wrote down; otherwise what its state
 * holds. `now` is this machine's clock, in milliseconds since 1970.
 * @throws AgentError CONFIG_INVALID, IDENTITY_LOST, STATE_VERSION, STATE_FAILED
 */
export function status(folder: string, now: number): string {
  const config = readFolder(folder);
  const named = existsSync(join(folder, "identity.json"));
  const box: BoxStatus = {
    config,
    id: named ? openIdentity(folder).id : null,
    saved: readStatus(folder),
    decision: readDecision(folder),
    stored: readStored(folder),
    now,
  };
  return printStatus(box);
}

/** Null while an agent has the database. */
function readStored(folder: string): StoredState | null {
  const file = join(folder, "agent.db");
  const quota = quotaOf(folder);
  if (!existsSync(file)) return { ...NOTHING, room: { bytes: 0, quota, dropped: 0 } };
  try {
    const store = createStore(openDatabase(file, PROBE_MS), quota);
    try {
      return {
        head: store.head(),
        ...store.outbox(),
        room: store.usage(),
        assignment: store.assignment()?.digest ?? null,
        lastTime: store.lastTime()?.now ?? 0,
        rotation: pendingIn(store),
      };
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof AgentError && error.code === "STATE_LOCKED") return null;
    throw error;
  }
}

const NOTHING: Omit<StoredState, "room"> = {
  head: null,
  waiting: 0,
  refused: 0,
  assignment: null,
  lastTime: 0,
  rotation: null,
};
