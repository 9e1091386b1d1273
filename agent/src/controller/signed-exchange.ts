import { randomBytes } from "node:crypto";
import { contentDigest, keyidOf, type Sign, signRequest, splitTarget } from "@compline/core/appliance";
import { nodeSha256 } from "../sha256.ts";
import type { Exchange, ExchangeRequest } from "./exchange.ts";

/** Who signs, and by which clock. */
export interface RequestSigner {
  /** 32 bytes in hex. */
  readonly publicKey: string;
  readonly sign: Sign;
  /** Milliseconds since 1970; may be wrong by years. */
  readonly now: () => number;
}

/**
 * Signs each request (RFC 9421) with the appliance's key. A controller that does not believe its time, or has seen its
 * nonce, answers with a nonce of its own; the request is then signed again with that, once. The controller's time is
 * never taken over: it would enter evidence.
 */
export function signedExchange(controller: string, signer: RequestSigner, exchange: Exchange): Exchange {
  const authority = new URL(controller).host;
  const send = async (request: ExchangeRequest, nonce: string) => {
    // Of the moment: the key may have been rotated since.
    const keyid = keyidOf(Buffer.from(signer.publicKey, "hex"));
    const digest = request.body === null ? null : contentDigest(request.body, nodeSha256);
    const signature = await signRequest(
      { method: request.method, authority, ...splitTarget(request.target), contentDigest: digest },
      { created: Math.max(0, Math.floor(signer.now() / 1000)), keyid, nonce },
      signer.sign,
    );
    const headers = {
      ...request.headers,
      ...(digest === null ? {} : { "content-digest": digest }),
      ...signature,
    };
    return await exchange({ ...request, headers });
  };
  return async (request) => {
    const answer = await send(request, randomBytes(16).toString("base64url"));
    const given = answer.headers["compline-nonce"];
    return answer.status === 401 && isNonce(given) ? await send(request, given) : answer;
  };
}

function isNonce(text: string | undefined): text is string {
  return text !== undefined && /^[A-Za-z0-9_-]{22,128}$/.test(text);
}
