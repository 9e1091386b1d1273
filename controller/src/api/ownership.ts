import type { FastifyRequest } from "fastify";

/**
 * Whether the caller may have what belongs to an appliance: the operator everything, an appliance its own. An attempt
 * at another's is logged; the caller is answered as if there were nothing.
 */
export function mayHave(request: FastifyRequest, appliance: string): boolean {
  const { principal } = request;
  if (principal === null) return false;
  if (principal.kind === "operator" || principal.id === appliance) return true;
  const attempt = { code: "FOREIGN", by: principal.id, at: appliance, route: request.routeOptions.url };
  request.log.warn(attempt, "an appliance asked for another's");
  return false;
}
