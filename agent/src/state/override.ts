import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isInstant, isReason, writeDecisionFile } from "./decision-file.ts";

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
    const good = isInstant(since) && isInstant(until) && isReason(reason);
    return good ? { since, until, reason } : null;
  } catch {
    return null;
  }
}

/** Writes it down; durable when it returns. @throws AgentError STATE_FULL: then nothing changed */
export function writeOverride(folder: string, decision: OverrideDecision): void {
  writeDecisionFile(join(folder, OVERRIDE_FILE), decision);
}
