import { type ApplianceReport, MAX_ASSIGNMENT_BYTES } from "@compline/core";
import { AgentError } from "../errors.ts";
import type { StoredAssignment } from "../store/agent-store.ts";
import type { ChainPlace, Envelope } from "../store/outbox.ts";
import { readPlace, readResults, type SendResult } from "./evidence-results.ts";

/** How long the controller may hold a request for an assignment, in seconds. */
const LONG_POLL_S = 20;
const REQUEST_LIMIT_MS = 15_000;
const MAX_ANSWER_BYTES: number = 64 * 1024;
const NEWLINE = Buffer.from("\n");

/**
 * The controller, as an appliance sees it. Every call has a timeout and a limit on what it reads, and throws
 * `AgentError` CONTROLLER_UNREACHABLE or CONTROLLER_ANSWER, after which it may be repeated.
 */
export interface ControllerClient {
  /** The assignment, or null when `have` is still the one. Waits for a new one for some seconds. */
  fetchAssignment(have: string | null, signal: AbortSignal): Promise<StoredAssignment | null>;
  /** Sends at most 100 bundles. What became of each is answered in their order. */
  sendEvidence(envelopes: readonly Envelope[], signal: AbortSignal): Promise<readonly SendResult[]>;
  /** The newest place of this appliance's chain that the controller has; null when it has none. */
  fetchHead(signal: AbortSignal): Promise<ChainPlace | null>;
  sendReport(report: ApplianceReport, signal: AbortSignal): Promise<void>;
}

/** Where and as whom to call. `bearer` is read for each request, so that a new one counts at once. */
export interface ClientOptions {
  readonly controller: string;
  readonly appliance: string;
  readonly bearer: () => string;
}

/** A client over HTTP. Redirects are refused: the bearer goes to the pinned address only. */
export function createClient(options: ClientOptions): ControllerClient {
  const base = `/v1/appliances/${options.appliance}`;
  return {
    async fetchAssignment(have, signal) {
      const query = have === null ? `wait=${LONG_POLL_S}` : `have=${have}&wait=${LONG_POLL_S}`;
      const limitMs = REQUEST_LIMIT_MS + LONG_POLL_S * 1000;
      const answer = await call(options, {
        path: `${base}/assignment?${query}`,
        signal,
        limitMs,
        maxBytes: MAX_ASSIGNMENT_BYTES,
      });
      if (answer.status === 204) return null;
      const digest = answer.headers.get("compline-digest");
      const signature = answer.headers.get("compline-signature");
      if (answer.status !== 200 || digest === null || signature === null) throw unexpected(answer.status);
      return { digest, signature, bytes: answer.bytes };
    },
    async sendEvidence(envelopes, signal) {
      const bytes = Buffer.concat(envelopes.flatMap((envelope) => [envelope.bytes, NEWLINE]));
      const body = { type: "application/x-ndjson", bytes };
      const { status, bytes: text } = await call(options, { path: "/v1/evidence", signal, body });
      if (status !== 200) throw unexpected(status);
      return readResults(text, envelopes);
    },
    async fetchHead(signal) {
      const { status, bytes } = await call(options, { path: `${base}/head`, signal });
      if (status === 204) return null;
      if (status !== 200) throw unexpected(status);
      return readPlace(bytes);
    },
    async sendReport(report, signal) {
      const body = { type: "application/json", bytes: Buffer.from(JSON.stringify(report)) };
      const { status } = await call(options, { path: `${base}/report`, signal, body });
      if (status !== 204) throw unexpected(status);
    },
  };
}

interface Call {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  readonly limitMs?: number;
  readonly maxBytes?: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

async function call({ controller, bearer }: ClientOptions, request: Call): Promise<Answer> {
  const { path, signal, body, limitMs = REQUEST_LIMIT_MS, maxBytes = MAX_ANSWER_BYTES } = request;
  const headers: Record<string, string> = { authorization: `Bearer ${bearer()}` };
  if (body !== undefined) headers["content-type"] = body.type;
  try {
    const response = await fetch(`${controller}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined ? null : Uint8Array.from(body.bytes),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
    return {
      status: response.status,
      headers: response.headers,
      bytes: await readBounded(response, maxBytes),
    };
  } catch (error) {
    if (error instanceof AgentError) throw error;
    throw new AgentError("CONTROLLER_UNREACHABLE", `no answer from ${controller}`, { cause: error });
  }
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw new AgentError("CONTROLLER_ANSWER", `expected at most ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unexpected(status: number): AgentError {
  return new AgentError("CONTROLLER_ANSWER", `unexpected status ${status}`);
}
