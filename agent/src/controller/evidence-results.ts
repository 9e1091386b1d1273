import { AgentError } from "../errors.ts";
import type { ChainPlace, Envelope } from "../store/outbox.ts";

/**
 * What became of a bundle that was sent. `kept`: the API has it now or had it already, beside another one or not.
 * `refused`: it never will. `later`: it may, once a reviewed file enrols this appliance.
 */
export type SendResult =
  | { readonly kind: "kept" | "later" }
  | { readonly kind: "refused"; readonly code: string };

/** Reads the answer to a batch. @throws AgentError CONTROLLER_ANSWER when it is not one for exactly these bundles */
export function readResults(bytes: Uint8Array, sent: readonly Envelope[]): readonly SendResult[] {
  const rows = rowsIn(bytes);
  if (rows.length !== sent.length) throw noAnswer(`${sent.length} results`);
  return sent.map(({ digest }, index) => resultOf(rows[index], digest));
}

/** Reads a place in the chain. @throws AgentError CONTROLLER_ANSWER */
export function readPlace(bytes: Uint8Array): ChainPlace {
  try {
    const { epoch, seq } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Readonly<
      Record<string, unknown>
    >; // judged below
    if (isCount(epoch) && isCount(seq)) return { epoch, seq };
  } catch {
    // no JSON: the same as no place
  }
  throw new AgentError("CONTROLLER_ANSWER", "expected a place in the chain");
}

/** Reads the checkpoint in the answer to a report. @throws AgentError CONTROLLER_ANSWER */
export function readToldNote(bytes: Uint8Array): string | null {
  try {
    const { checkpoint } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Readonly<
      Record<string, unknown>
    >; // judged below
    if (typeof checkpoint === "string" || checkpoint === null) return checkpoint;
  } catch {
    // no JSON: the same as no answer
  }
  throw new AgentError("CONTROLLER_ANSWER", "expected a checkpoint or null for the report");
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function rowsIn(bytes: Uint8Array): readonly unknown[] {
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (typeof body === "object" && body !== null && "results" in body && Array.isArray(body.results))
      return body.results;
  } catch {
    // no JSON: the same as no results
  }
  throw noAnswer("results");
}

function resultOf(row: unknown, digest: string): SendResult {
  if (typeof row !== "object" || row === null || !("digest" in row) || row.digest !== digest)
    throw noAnswer("results in the order of the bundles");
  const status = "status" in row ? row.status : null;
  if (status === "accepted" || status === "duplicate" || status === "fork") return { kind: "kept" };
  if (status !== "refused") throw noAnswer("a known status");
  const code = codeOf("code" in row ? row.code : null);
  return code === "NOT_ENROLLED" ? { kind: "later" } : { kind: "refused", code };
}

/** A code for the log; a constant when there is none of the expected form. */
export function codeOf(code: unknown): string {
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : "REFUSED";
}

function noAnswer(expected: string): AgentError {
  return new AgentError("CONTROLLER_ANSWER", `expected ${expected} for the evidence that was sent`);
}
