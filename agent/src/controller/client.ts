import { type ApplianceReport, MAX_ASSIGNMENT_BYTES } from "@compline/core/appliance";
import { AgentError } from "../errors.ts";
import type { StoredAssignment } from "../store/assignments.ts";
import type { WaitingAttachment } from "../store/attachments.ts";
import type { ChainPlace, Envelope } from "../store/outbox.ts";
import { codeOf, readPlace, readResults, readToldNote, type SendResult } from "./evidence-results.ts";
import { createExchange, type ExchangeAnswer, type ExchangeRequest } from "./exchange.ts";
import { type RequestSigner, signedExchange } from "./signed-exchange.ts";

/** How long the controller may hold a request for an assignment, in seconds. */
const LONG_POLL_S = 20;
const REQUEST_LIMIT_MS = 15_000;
const MAX_ANSWER_BYTES: number = 64 * 1024;
/** What says that a file will not be taken: no such bundle, too large, or not what the bundle names. */
const NEVER: ReadonlySet<number> = new Set([404, 413, 422]);
const NEWLINE = Buffer.from("\n");

/** What became of an attached file. */
export type AttachmentResult =
  | { readonly kind: "kept" }
  | { readonly kind: "refused"; readonly code: string };

/**
 * The controller, as an appliance sees it. Every call has a timeout and a limit on what it reads, and throws
 * `AgentError` CONTROLLER_UNREACHABLE, CONTROLLER_IDENTITY, CONTROLLER_ANSWER, or NOT_ENROLLED when no reviewed file
 * enrols this appliance's key; after each of them it may be repeated.
 */
export interface ControllerClient {
  /** The assignment, or null when `have` is still the one. Waits for a new one for some seconds. */
  fetchAssignment(have: string | null, signal: AbortSignal): Promise<StoredAssignment | null>;
  /** Whether the controller has an assignment of this appliance. */
  hasAssignment(digest: string, signal: AbortSignal): Promise<boolean>;
  /** Gives one back that the controller signed. Answers why it does not take it; null when it has it now. */
  giveAssignment(assignment: StoredAssignment, signal: AbortSignal): Promise<string | null>;
  /** Sends at most 100 bundles. What became of each is answered in their order. */
  sendEvidence(envelopes: readonly Envelope[], signal: AbortSignal): Promise<readonly SendResult[]>;
  /** Sends a file that a bundle names, once the API has the bundle. */
  sendAttachment(attachment: WaitingAttachment, signal: AbortSignal): Promise<AttachmentResult>;
  /** The newest place of this appliance's chain that the controller has; null when it has none. */
  fetchHead(signal: AbortSignal): Promise<ChainPlace | null>;
  /** Answers the newest checkpoint of the log, as the controller tells it; null when there is none. */
  sendReport(report: ApplianceReport, signal: AbortSignal): Promise<string | null>;
}

/** Where and as whom to call. */
export interface ClientOptions {
  readonly controller: string;
  /** PEM; undefined for plain http on this machine. */
  readonly certificate: string | undefined;
  readonly appliance: string;
  readonly signer: RequestSigner;
}

/** A client over HTTP. What asks for something is signed; evidence needs nothing beside its own signature. */
export function createClient({
  controller,
  certificate,
  appliance,
  signer,
}: ClientOptions): ControllerClient {
  const base = `/v1/appliances/${appliance}`;
  const exchange = createExchange(controller, certificate);
  const signed = signedExchange(controller, signer, exchange);
  return {
    async fetchAssignment(have, signal) {
      const query = have === null ? `wait=${LONG_POLL_S}` : `have=${have}&wait=${LONG_POLL_S}`;
      const limitMs = REQUEST_LIMIT_MS + LONG_POLL_S * 1000;
      const target = `${base}/assignment?${query}`;
      const answer = await signed({ ...get(target, signal), limitMs, maxBytes: MAX_ASSIGNMENT_BYTES });
      if (answer.status === 204) return null;
      const { "compline-digest": digest, "compline-signature": signature } = answer.headers;
      if (answer.status !== 200 || digest === undefined || signature === undefined) throw unexpected(answer);
      return { digest, signature, bytes: answer.bytes };
    },
    async hasAssignment(digest, signal) {
      const answer = await signed(get(`/v1/assignments/${digest}/signature`, signal));
      if (answer.status !== 200 && answer.status !== 404) throw unexpected(answer);
      return answer.status === 200;
    },
    async giveAssignment({ bytes, signature }, signal) {
      const request = post(`${base}/assignment`, { type: "application/json", bytes }, signal);
      const headers = { ...request.headers, "compline-signature": signature };
      const answer = await signed({ ...request, headers });
      if (answer.status === 422) return codeIn(answer.bytes);
      if (answer.status !== 200) throw unexpected(answer);
      return null;
    },
    async sendEvidence(envelopes, signal) {
      const bytes = Buffer.concat(envelopes.flatMap((envelope) => [envelope.bytes, NEWLINE]));
      const answer = await exchange(post("/v1/evidence", { type: "application/x-ndjson", bytes }, signal));
      if (answer.status !== 200) throw unexpected(answer);
      return readResults(answer.bytes, envelopes);
    },
    async sendAttachment({ bundle, bytes }, signal) {
      const target = `/v1/evidence/${bundle}/attachments`;
      const answer = await signed(post(target, { type: "application/json", bytes }, signal));
      if (answer.status === 204) return { kind: "kept" };
      if (NEVER.has(answer.status)) return { kind: "refused", code: codeIn(answer.bytes) };
      throw unexpected(answer);
    },
    async fetchHead(signal) {
      const answer = await signed(get(`${base}/head`, signal));
      if (answer.status === 204) return null;
      if (answer.status !== 200) throw unexpected(answer);
      return readPlace(answer.bytes);
    },
    async sendReport(report, signal) {
      const bytes = Buffer.from(JSON.stringify(report));
      const answer = await signed(post(`${base}/report`, { type: "application/json", bytes }, signal));
      if (answer.status !== 200) throw unexpected(answer);
      return readToldNote(answer.bytes);
    },
  };
}

function get(target: string, signal: AbortSignal): ExchangeRequest {
  const limits = { limitMs: REQUEST_LIMIT_MS, maxBytes: MAX_ANSWER_BYTES };
  return { method: "GET", target, headers: {}, body: null, signal, ...limits };
}

interface Body {
  readonly type: string;
  readonly bytes: Uint8Array;
}

function post(target: string, { type, bytes }: Body, signal: AbortSignal): ExchangeRequest {
  const headers = { "content-type": type, "content-length": String(bytes.length) };
  return { ...get(target, signal), method: "POST", headers, body: bytes };
}

function unexpected({ status, bytes }: ExchangeAnswer): AgentError {
  const code = codeIn(bytes);
  if (status === 401 && code === "UNKNOWN_KEY")
    return new AgentError("NOT_ENROLLED", "no reviewed file enrols this appliance's key");
  return new AgentError("CONTROLLER_ANSWER", `unexpected status ${status} (${code})`);
}

/** The code of a refusal; a constant when there is none of the expected form. */
function codeIn(bytes: Uint8Array): string {
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return codeOf(typeof body === "object" && body !== null && "code" in body ? body.code : null);
  } catch {
    return "REFUSED"; // the answer's text does not matter: the status said it
  }
}
