import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AgentError } from "../errors.ts";
import { errnoOf } from "../transports/host-files.ts";
import { writeDurably } from "./durable-file.ts";
import { isFull, isInstant, isReason } from "./suspension.ts";

/** The file that says what a person let be tried again on this box. */
export const OVERRIDE_FILE = "override.json";

/** What a person allowed, as of when, until when at the latest, and why. */
export interface OverrideDecision {
  readonly since: string;
  readonly until: string;
  readonly reason: string;
}

/** What was last allowed in this folder; null when nothing was, and for a file that is none: a doubt allows nothing. */
export function readOverride(folder: string): OverrideDecision | null {
  try {
    const { since, until, reason } = JSON.parse(
      readFileSync(join(folder, OVERRIDE_FILE), "utf8"),
    ) as Readonly<Record<string, unknown>>; // judged below
    const good = isInstant(since) && isInstant(until) && typeof reason === "string" && isReason(reason);
    return good ? { since, until, reason } : null;
  } catch {
    return null;
  }
}

/** Writes it down; durable when it returns. @throws AgentError STATE_FULL: then nothing changed */
export function writeOverride(folder: string, decision: OverrideDecision): void {
  const path = join(folder, OVERRIDE_FILE);
  try {
    writeDurably(path, Buffer.from(`${JSON.stringify(decision, null, 2)}\n`));
  } catch (error) {
    if (!isFull(errnoOf(error))) throw error;
    throw new AgentError(
      "STATE_FULL",
      `${path}: the disk is full, so nothing was allowed; make room and say it again`,
      {
        cause: error,
      },
    );
  }
}
