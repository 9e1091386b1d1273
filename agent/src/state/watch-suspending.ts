import { type FSWatcher, watch } from "node:fs";
import type { Logger } from "pino";
import { NEXT_KEY_FILE } from "./next-key.ts";
import { OVERRIDE_FILE } from "./override.ts";
import { type Decision, readDecision, SUSPENSION_FILE } from "./suspension.ts";

/** The files by which a person decides something on this box. */
const DECIDED: ReadonlySet<string> = new Set([SUSPENSION_FILE, NEXT_KEY_FILE, OVERRIDE_FILE]);

/** What a person decided about healing on this box, as of now. */
export interface Suspending {
  now(): Decision | null;
}

/**
 * Follows the decision in a folder until `signal` fires. It is read anew each time it is asked for; `onChange` only
 * tells when to ask, so where the system has no watch left it is obeyed later, never overlooked.
 */
export function watchSuspending(
  folder: string,
  { log, onChange }: { readonly log: Logger; readonly onChange: () => void },
  signal: AbortSignal,
): Suspending {
  const lost = (error: unknown): void =>
    log.warn(
      { detail: String(error) },
      "state folder cannot be watched; a suspension is noticed within 30 s",
    );
  try {
    const watcher: FSWatcher = watch(folder, { signal });
    watcher.on("change", (_event, name) => {
      if (typeof name === "string" && DECIDED.has(name)) onChange();
    });
    watcher.on("error", lost);
  } catch (error) {
    lost(error);
  }
  return { now: () => readDecision(folder) };
}
