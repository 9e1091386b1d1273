import type { FastifyInstance, FastifyReply } from "fastify";
import { type Address, namesOf, originOf } from "./address.ts";
import type { ApiPorts } from "./ports.ts";
import { sendNotFound, sendProblem } from "./problem.ts";

/** What pages of the portal may load: only what this server serves; no inline script or style, no frame. */
export const pagePolicy: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const always: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Sets the security headers of every answer; data is not cached, and nothing in it may run. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook("onSend", async (_request, reply) => {
    reply.headers(always);
    if (!reply.hasHeader("content-security-policy")) reply.header("content-security-policy", dataPolicy);
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
}

/** Answers 404 where no hook runs. */
export function sendNowhere(reply: FastifyReply): void {
  reply.headers({ ...always, "content-security-policy": dataPolicy, "cache-control": "no-store" });
  void sendNotFound(reply);
}

/**
 * Refuses requests for another host name: a page of another site can point its own name at this one, and the
 * browser would let it read the answers. `address` is asked at each request: its port is known once the server listens.
 */
export function addHostCheck(
  app: FastifyInstance,
  { address, metrics }: Pick<ApiPorts, "address" | "metrics">,
): void {
  const names = rememberNames();
  app.addHook("onRequest", async (request, reply) => {
    if (names(address()).includes(request.headers.host ?? "")) return undefined;
    metrics.requestsRefused.inc({ reason: "wrong_host" });
    return await sendProblem(reply, 421, {
      code: "WRONG_HOST",
      message: `This server answers as ${originOf(address())} only.`,
    });
  });
}

/** Only its port changes, once. */
function rememberNames(): (address: Address) => readonly string[] {
  let known: { readonly port: number; readonly names: readonly string[] } | null = null;
  return (address) => {
    if (known?.port !== address.port) known = { port: address.port, names: namesOf(address) };
    return known.names;
  };
}
