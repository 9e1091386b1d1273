import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ApiPorts } from "./ports.ts";
import { sendProblem } from "./problem.ts";

/**
 * Refuses what a page of elsewhere asks for in somebody's browser, whatever the method: other ports of this machine are
 * the same site to a browser, so that a cookie's SameSite alone does not keep them out. Programs send neither header.
 * Following a link to a page is allowed. Host names are checked before.
 */
export function addOriginCheck(app: FastifyInstance, { metrics }: Pick<ApiPorts, "metrics">): void {
  app.addHook("onRequest", async (request, reply) => {
    if (isOwn(request)) return undefined;
    metrics.requestsRefused.inc({ reason: "cross_origin" });
    return await sendProblem(reply, 403, {
      code: "CROSS_ORIGIN",
      message: "A page of another origin may not ask for this.",
    });
  });
}

function isOwn(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== `${request.protocol}://${host}`) return false;
  const site = request.headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none" || isLink(request);
}

/** A link that was followed, or an address that another page went on to; never one in a frame. */
function isLink({ method, headers }: FastifyRequest): boolean {
  return (
    method === "GET" && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document"
  );
}
