import {
  type ReadRequestSignature,
  readRequestSignature,
  requestSignatureItem,
  type SignatureEngine,
  splitTarget,
} from "@compline/core";
import type { FastifyRequest } from "fastify";
import type { Clock } from "../../clock.ts";
import type { Enrolment, Enrolments } from "../../reconcile/enrolments.ts";
import { type Allowance, callerOf } from "../allowance.ts";
import type { Problem } from "../problem.ts";
import { ServerNonces } from "./server-nonces.ts";
import { UsedNonces } from "./used-nonces.ts";

/** Why a signed request is not obeyed. */
export interface RequestRefusal extends Problem {
  readonly status: 401 | 429;
  /** Sign it again with this nonce, and it is. */
  readonly nonce?: string;
  readonly retryAfterS?: number;
}

/** Who made a request, or why that is not believed. */
export type VerifiedRequest = { readonly enrolment: Enrolment } | { readonly refusal: RequestRefusal };

/** What a verifier needs. */
export interface VerifierPorts {
  /** Throws NOT_READY before a first tree was accepted. */
  readonly enrolments: () => Enrolments;
  /** Whether a partner's authority revoked the key, wherever in its chain. */
  readonly isRevoked: (keyid: string) => boolean;
  readonly engine: SignatureEngine;
  readonly clock: Clock;
  /** Signatures that did not hold, by address. */
  readonly failures: Allowance;
}

const largestSkewMs = 300_000;

/**
 * Tells which appliance signed a request (RFC 9421). Everything in it is attacker-controlled until the signature was
 * verified with the key that a reviewed file enrols now; only then is its time judged. One with a wrong clock is given a
 * nonce to sign, so that no clock locks a box out.
 */
export class RequestVerifier {
  readonly #ports: VerifierPorts;
  readonly #given: ServerNonces;
  readonly #used: UsedNonces;
  readonly #startedAt: number;

  constructor(ports: VerifierPorts) {
    this.#ports = ports;
    this.#given = new ServerNonces(ports.clock);
    this.#used = new UsedNonces(ports.clock);
    this.#startedAt = ports.clock();
  }

  /** Judges a request by its head. A body is judged later, by the digest that the signature covers. */
  async verify(request: FastifyRequest): Promise<VerifiedRequest> {
    const { failures } = this.#ports;
    const caller = callerOf(request.ip);
    if (!failures.has(caller)) {
      return refused(429, "TOO_MANY_REQUESTS", { retryAfterS: failures.retryAfterS(caller) });
    }
    const read = readHeaders(request);
    if (read === null || read.coversBody !== hasBody(request)) {
      failures.spend(caller);
      return refused(401, "SIGNATURE_FORM");
    }
    const enrolment = byKey(this.#ports.enrolments()).get(read.keyid);
    if (enrolment === undefined || this.#ports.isRevoked(read.keyid)) return refused(401, "UNKNOWN_KEY");
    if (!(await this.#holds(request, read, enrolment))) {
      failures.spend(caller);
      return refused(401, "BAD_SIGNATURE");
    }
    const refusal = this.#judgeTime(read, isHarmless(request));
    return refusal ?? { enrolment };
  }

  async #holds(request: FastifyRequest, read: ReadRequestSignature, enrolment: Enrolment): Promise<boolean> {
    const parts = {
      method: request.method,
      authority: authorityOf(request),
      ...splitTarget(request.raw.url ?? ""),
      contentDigest: read.coversBody ? String(request.headers["content-digest"]) : null,
    };
    const [good] = await this.#ports.engine.verify([requestSignatureItem(parts, read, enrolment.publicKey)]);
    return good ?? false;
  }

  /** `harmless`: doing it twice does nothing. Then no nonce is remembered. */
  #judgeTime({ keyid, nonce, created }: ReadRequestSignature, harmless: boolean): VerifiedRequest | null {
    const again = (): string => this.#given.give(keyid);
    if (!this.#given.isOurs(nonce, keyid) && !this.#isTimely(created * 1000, harmless)) {
      return refused(401, "CLOCK_SKEW", { nonce: again() });
    }
    const use = harmless ? "new" : this.#used.use(keyid, nonce);
    if (use === "used") return refused(401, "NONCE_USED", { nonce: again() });
    return use === "full" ? refused(429, "TOO_MANY_REQUESTS", { retryAfterS: 60 }) : null;
  }

  /** What was made before this process started may have been done by the one before, which remembered it. */
  #isTimely(createdMs: number, harmless: boolean): boolean {
    if (!harmless && createdMs < this.#startedAt) return false;
    return Math.abs(this.#ports.clock() - createdMs) <= largestSkewMs;
  }
}

const messages = {
  SIGNATURE_FORM: "The signature is not of the one form that is taken.",
  UNKNOWN_KEY: "No reviewed file enrols this key.",
  BAD_SIGNATURE: "The signature does not hold.",
  CLOCK_SKEW:
    "The time of the request is not near this server's; sign it again with the nonce in compline-nonce.",
  NONCE_USED: "The request was made before; sign it again with the nonce in compline-nonce.",
  TOO_MANY_REQUESTS: "Too many; try again later.",
} as const;

function refused(
  status: RequestRefusal["status"],
  code: keyof typeof messages,
  more: Pick<RequestRefusal, "nonce" | "retryAfterS"> = {},
): { readonly refusal: RequestRefusal } {
  return { refusal: { status, code, message: messages[code], ...more } };
}

function readHeaders({ headers }: FastifyRequest): ReadRequestSignature | null {
  const { "signature-input": input, signature } = headers;
  // Node joins headers that come twice with a comma, which the one form does not have.
  return readRequestSignature({ "signature-input": String(input), signature: String(signature) });
}

function isHarmless({ method }: FastifyRequest): boolean {
  return method === "GET";
}

/** GET has no body that is looked at; everything else must cover one, be it empty. */
function hasBody(request: FastifyRequest): boolean {
  return !isHarmless(request);
}

function authorityOf({ headers, protocol }: FastifyRequest): string {
  const ownPort = protocol === "https" ? /:443$/ : /:80$/;
  return (headers.host ?? "").toLowerCase().replace(ownPort, "");
}

const indexes = new WeakMap<Enrolments, ReadonlyMap<string, Enrolment>>();

/** Enrolments by key; one key enrols one appliance, which is judged where trees are accepted. */
function byKey(enrolments: Enrolments): ReadonlyMap<string, Enrolment> {
  const known = indexes.get(enrolments);
  if (known !== undefined) return known;
  const index = new Map([...enrolments.values()].map((enrolment) => [enrolment.keyid, enrolment]));
  indexes.set(enrolments, index);
  return index;
}
