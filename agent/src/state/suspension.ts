import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Suspension } from "@compline/core/appliance";
import { errnoOf } from "../transports/host-files.ts";
import { isInstant, isReason, writeDecisionFile } from "./decision-file.ts";

/** The file that says whether a person stopped healing on this box. */
export const SUSPENSION_FILE = "suspension.json";

/** What a person last decided, and why. */
export interface Decision extends Suspension {
  readonly suspended: boolean;
}

/**
 * What was last decided in this folder; null when nothing ever was. A file that cannot be read as what it should be
 * suspends: a stop that is in doubt holds.
 */
export function readDecision(folder: string): Decision | null {
  let text: string;
  try {
    text = readFileSync(join(folder, SUSPENSION_FILE), "utf8");
  } catch (error) {
    return errnoOf(error) === "ENOENT" ? null : DOUBT;
  }
  return parse(text) ?? DOUBT;
}

/** Writes down what a person decided; durable when it returns. @throws AgentError STATE_FULL: then nothing changed */
export function writeDecision(folder: string, decision: Decision): void {
  writeDecisionFile(join(folder, SUSPENSION_FILE), decision);
}

const DOUBT: Decision = {
  suspended: true,
  since: "1970-01-01T00:00:00.000Z",
  reason: `${SUSPENSION_FILE} cannot be read; suspend or resume writes it anew`,
};

function parse(text: string): Decision | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    const { suspended, since, reason } = value as Readonly<Record<string, unknown>>; // judged below
    const good = typeof suspended === "boolean" && isInstant(since) && isReason(reason);
    return good ? { suspended, since, reason } : null;
  } catch {
    return null; // no JSON: the caller says what that means
  }
}
