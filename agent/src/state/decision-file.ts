import { AgentError } from "../errors.ts";
import { errnoOf } from "../transports/host-files.ts";
import { writeDurably } from "./durable-file.ts";

// Files by which a person decides something on this box: who wrote them said when and why.

/** No space, or none left of what the user may have. */
const FULL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);
const REASON = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** True for an instant as evidence has it. */
export function isInstant(value: unknown): value is string {
  return typeof value === "string" && INSTANT.test(value);
}

/** True for what may stand as a reason: one line of at most 200 characters. */
export function isReason(value: unknown): value is string {
  return typeof value === "string" && REASON.test(value) && value.trim() !== "";
}

/** Writes down what a person decided; durable when it returns. @throws AgentError STATE_FULL: then nothing changed */
export function writeDecisionFile(path: string, decision: object): void {
  try {
    writeDurably(path, Buffer.from(`${JSON.stringify(decision, null, 2)}\n`));
  } catch (error) {
    if (!FULL.has(errnoOf(error))) throw error;
    const message = `${path}: the disk is full, so this was not decided and changes nothing; make room and say it again`;
    throw new AgentError("STATE_FULL", message, { cause: error });
  }
}
