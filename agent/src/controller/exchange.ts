import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestPlain,
} from "node:http";
import { request as requestSecure } from "node:https";
import { AgentError } from "../errors.ts";
import { PinnedAgent } from "./pinned-agent.ts";

/** One request to the controller. */
export interface ExchangeRequest {
  readonly method: "GET" | "POST";
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly signal: AbortSignal;
  /** For the whole exchange. */
  readonly limitMs: number;
  /** Of the answer's body. */
  readonly maxBytes: number;
}

/** An answer, whole. */
export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/**
 * Sends one request and reads its answer. A redirect is an answer like any other: nothing is followed.
 * Throws AgentError CONTROLLER_UNREACHABLE, CONTROLLER_ANSWER (too long) or CONTROLLER_IDENTITY (another key than the
 * pinned one; nothing was sent).
 */
export type Exchange = (request: ExchangeRequest) => Promise<ExchangeAnswer>;

/**
 * Exchanges with one controller over connections that are kept. `certificate` (PEM) pins an https controller by its
 * public key; over plain http there is none to pin.
 */
export function createExchange(controller: string, certificate: string | undefined): Exchange {
  const open = opener(controller, certificate);
  return async (request) => {
    const { signal, limitMs, maxBytes, body } = request;
    const ending = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    try {
      return await answerTo(open(request, ending), body, maxBytes);
    } catch (error) {
      if (error instanceof AgentError) throw error;
      throw new AgentError("CONTROLLER_UNREACHABLE", `no answer from ${controller}`, { cause: error });
    }
  };
}

type Open = (request: ExchangeRequest, signal: AbortSignal) => ClientRequest;

function opener(controller: string, certificate: string | undefined): Open {
  const isSecure = controller.startsWith("https:");
  if (isSecure && certificate === undefined) throw new Error("unreachable: https needs a pinned certificate");
  const agent = certificate === undefined ? new HttpAgent({ keepAlive: true }) : new PinnedAgent(certificate);
  const request = isSecure ? requestSecure : requestPlain;
  return ({ method, target, headers }, signal) =>
    request(new URL(controller), { agent, method, path: target, headers, signal });
}

function answerTo(
  request: ClientRequest,
  body: Uint8Array | null,
  maxBytes: number,
): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => {
      readBounded(response, maxBytes).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, headers: headersOf(response), bytes }),
        (error: unknown) => {
          request.destroy();
          reject(error);
        },
      );
    });
    request.end(body ?? undefined);
  });
}

async function readBounded(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = chunk as Buffer; // no encoding is set
    length += bytes.length;
    if (length > maxBytes) throw new AgentError("CONTROLLER_ANSWER", `expected at most ${maxBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
