import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Suspension } from "@compline/core/appliance";
import { AgentError } from "../errors.ts";
import { errnoOf } from "../transports/host-files.ts";
import { writeDurably } from "./durable-file.ts";

/** The file that says whether a person stopped healing on this box. */
export const SUSPENSION_FILE = "suspension.json";

/** No space, or none left of what the user may have. */
const FULL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);
/** True for the code of an error that says so. */
export function isFull(errno: string): boolean {
  return FULL.has(errno);
}

const REASON = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** What a person last decided, and why. */
export interface Decision extends Suspension {
  readonly suspended: boolean;
}

/** True for an instant as evidence has it. */
export function isInstant(value: unknown): value is string {
  return typeof value === "string" && INSTANT.test(value);
}

/** True for what may stand as a reason: one line of at most 200 characters. */
export function isReason(text: string): boolean {
  return REASON.test(text) && text.trim() !== "";
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
  const path = join(folder, SUSPENSION_FILE);
  try {
    writeDurably(path, Buffer.from(`${JSON.stringify(decision, null, 2)}\n`));
  } catch (error) {
    if (!isFull(errnoOf(error))) throw error;
    const message = `${path}: the disk is full, so this was not decided and changes nothing; make room and say it again`;
    throw new AgentError("STATE_FULL", message, { cause: error });
  }
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
    if (typeof suspended !== "boolean" || typeof since !== "string" || typeof reason !== "string")
      return null;
    return INSTANT.test(since) && isReason(reason) ? { suspended, since, reason } : null;
  } catch {
    return null; // no JSON: the caller says what that means
  }
}
