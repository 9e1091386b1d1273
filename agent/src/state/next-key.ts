import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { CrashPoint } from "../crash-point.ts";
import { syncDirectory, writeDurably } from "./durable-file.ts";
import { createKey, type Identity, type KeyPair, readKey } from "./identity.ts";

/** The key that is to take the place of the appliance's. */
export const NEXT_KEY_FILE = "appliance.next.key";

/** The next key; null when none was born. @throws AgentError IDENTITY_LOST when the file holds no key */
export function readNextKey(folder: string): KeyPair | null {
  return existsSync(join(folder, NEXT_KEY_FILE)) ? readKey(folder, NEXT_KEY_FILE) : null;
}

/** Makes the next key; durable when it returns. */
export function birthNextKey(folder: string): KeyPair {
  createKey(join(folder, NEXT_KEY_FILE));
  return readKey(folder, NEXT_KEY_FILE);
}

/**
 * Puts the next key in the place of the one before, which is gone then. What a crash left half done is done when it is
 * called again with the same key.
 */
export function adoptNextKey(
  folder: string,
  { id, publicKey }: Pick<Identity, "id" | "publicKey">,
  crashPoint: CrashPoint,
): void {
  const next = join(folder, NEXT_KEY_FILE);
  if (existsSync(next)) {
    renameSync(next, join(folder, "appliance.key"));
    syncDirectory(folder);
  }
  crashPoint("after-key-moved");
  writeDurably(join(folder, "identity.json"), Buffer.from(`${JSON.stringify({ id, publicKey })}\n`));
  crashPoint("after-key-named");
}
